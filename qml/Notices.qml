// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet.App

/// What is told at the bottom of the window: something went wrong, or can be undone.
Column {
    id: notices

    required property Workbench workbench

    spacing: Theme.space8

    ActionBar {
        objectName: "noticeBar"
        width: parent.width
        visible: notices.workbench.notice !== ""
        danger: true
        text: notices.workbench.notice
        onDismissed: notices.workbench.dismissNotice()
    }

    ActionBar {
        objectName: "endpointFilesBar"
        width: parent.width
        visible: notices.workbench.files.message !== ""
        danger: notices.workbench.files.failed
        lifetime: danger ? 0 : 8000
        text: notices.workbench.files.message
        onDismissed: notices.workbench.files.dismissMessage()
    }

    ActionBar {
        objectName: "sessionUndoBar"
        width: parent.width
        visible: notices.workbench.sessions.removedTitle !== ""
        lifetime: 8000
        text: qsTr("“%1” was deleted.").arg(notices.workbench.sessions.removedTitle)
        action: qsTr("Undo")
        onTriggered: notices.workbench.sessions.undoRemove()
        onDismissed: notices.workbench.sessions.forgetRemoved()
    }

    ActionBar {
        objectName: "templateUndoBar"
        width: parent.width
        visible: notices.workbench.prompts.removedName !== ""
        lifetime: 8000
        text: qsTr("The prompt “%1” was deleted.").arg(notices.workbench.prompts.removedName)
        action: qsTr("Undo")
        onTriggered: notices.workbench.prompts.undoRemove()
        onDismissed: notices.workbench.prompts.forgetRemoved()
    }

    ActionBar {
        objectName: "comparisonUndoBar"
        width: parent.width
        visible: notices.workbench.compare.comparisons.removedTitle !== ""
        lifetime: 8000
        text: qsTr("“%1” was deleted.").arg(notices.workbench.compare.comparisons.removedTitle)
        action: qsTr("Undo")
        onTriggered: notices.workbench.compare.comparisons.undoRemove()
        onDismissed: notices.workbench.compare.comparisons.forgetRemoved()
    }

    ActionBar {
        readonly property LoadPresets presets: notices.workbench.load.presets

        objectName: "presetUndoBar"
        width: parent.width
        visible: presets.undoName !== ""
        lifetime: 8000
        text: presets.undoReplaced ? qsTr("The preset “%1” was replaced.").arg(presets.undoName) : qsTr("The preset “%1” was removed.").arg(presets.undoName)
        action: qsTr("Undo")
        onTriggered: presets.undo()
        onDismissed: presets.forgetUndo()
    }

    ActionBar {
        id: laneBar

        objectName: "laneUndoBar"
        width: parent.width
        visible: false
        lifetime: 8000
        text: qsTr("The lane was closed.")
        action: qsTr("Undo")
        onTriggered: {
            visible = false;
            notices.workbench.compare.undoClose();
        }
        onDismissed: visible = false

        Connections {
            target: notices.workbench.compare

            function onLaneClosed() {
                laneBar.visible = true;
            }

            function onSessionChanged() {
                laneBar.visible = false;
            }
        }
    }

    ActionBar {
        objectName: "endpointUndoBar"
        width: parent.width
        visible: notices.workbench.endpoints.removedName !== ""
        lifetime: 8000
        text: qsTr("The endpoint “%1” was removed.").arg(notices.workbench.endpoints.removedName)
        action: qsTr("Undo")
        onTriggered: notices.workbench.endpoints.undoRemove()
        onDismissed: notices.workbench.endpoints.forgetRemoved()
    }

    ActionBar {
        id: messageBar

        objectName: "messageUndoBar"
        width: parent.width
        visible: false
        lifetime: 8000
        text: qsTr("The message and what followed it was deleted.")
        action: qsTr("Undo")
        onTriggered: {
            visible = false;
            notices.workbench.chat.undoDelete();
        }
        onDismissed: visible = false

        Connections {
            target: notices.workbench.chat

            function onMessageDeleted() {
                messageBar.visible = true;
            }

            function onUndoChanged() {
                messageBar.visible = messageBar.visible && notices.workbench.chat.canUndo;
            }

            function onSessionChanged() {
                messageBar.visible = false;
            }
        }
    }
}
