// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// Below a message: an answer's metrics, and what can be done with it. The actions are always
/// there; those of earlier messages are dimmed.
Item {
    id: root

    required property TimelineRow row

    implicitHeight: (root.row.answer && document.textHeight > 1 && root.row.hasMetrics ? document.textHeight + Theme.space4 : 0) + actions.height

    BlockDocument {
        id: document

        anchors.fill: edit
        row: root.row
        edit: edit
        content: BlockDocument.Metrics
    }

    RowText {
        id: edit

        width: root.width
        visible: root.row.hasMetrics
        row: root.row
        Accessible.role: Accessible.StaticText
        Accessible.name: root.row.metricsText

        HoverHandler {
            id: pointer

            readonly property string definition: pointer.hovered ? document.definitionAt(pointer.point.position.x, pointer.point.position.y) : ""
        }

        RowToolTip {
            x: pointer.point.position.x
            y: edit.height
            text: pointer.definition
            visible: pointer.definition !== ""
        }
    }

    Row {
        id: actions

        x: -Theme.px(3)
        y: root.height - height
        height: Theme.px(28)
        spacing: Theme.px(2)
        opacity: root.row.last || hover.hovered || actions.focused ? 1 : 0.6

        property bool focused: copy.visualFocus || regenerate.visualFocus || change.visualFocus || fork.visualFocus || request.visualFocus || remove.visualFocus || previous.visualFocus || next.visualFocus

        CopyButton {
            id: copy

            name: root.row.answer ? qsTr("Copy answer") : qsTr("Copy prompt")
            onClicked: root.row.copyMessage()
        }

        RowButton {
            id: regenerate

            visible: root.row.answer
            name: qsTr("Regenerate")
            icon.name: "view-refresh"
            onClicked: root.row.request(TimelineRow.Regenerate)
        }

        RowButton {
            id: change

            visible: !root.row.answer
            name: qsTr("Edit")
            icon.name: "document-edit"
            onClicked: root.row.request(TimelineRow.Edit)
        }

        RowButton {
            id: fork

            visible: root.row.answer
            name: qsTr("Fork from here")
            icon.name: "vcs-branch"
            onClicked: root.row.request(TimelineRow.Fork)
        }

        RowButton {
            id: request

            visible: root.row.answer
            name: qsTr("Show request")
            icon.name: "code-context"
            onClicked: root.row.request(TimelineRow.ShowRequest)
        }

        RowButton {
            id: remove

            name: qsTr("Delete")
            icon.name: "edit-delete"
            onClicked: root.row.request(TimelineRow.Delete)
        }

        TextAction {
            visible: root.row.canContinue
            text: qsTr("Continue")
            onClicked: root.row.request(TimelineRow.Continue)
        }

        Item {
            visible: root.row.versions > 1
            width: Theme.space12
            height: 1
        }

        RowButton {
            id: previous

            visible: root.row.versions > 1
            enabled: root.row.version > 1
            name: qsTr("Previous version")
            icon.name: "go-previous"
            onClicked: root.row.request(TimelineRow.PreviousVersion)
        }

        Text {
            visible: root.row.versions > 1
            height: parent.height
            text: qsTr("%1 / %2", "version of versions").arg(root.row.version).arg(root.row.versions)
            font: Theme.number
            color: Theme.textSecondary
            verticalAlignment: Text.AlignVCenter
        }

        RowButton {
            id: next

            visible: root.row.versions > 1
            enabled: root.row.version < root.row.versions
            name: qsTr("Next version")
            icon.name: "go-next"
            onClicked: root.row.request(TimelineRow.NextVersion)
        }
    }

    HoverHandler {
        id: hover
    }
}
