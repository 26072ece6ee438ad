// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What can be done with adapters besides choosing one: see whether it loads, merge several, load
/// and unload them at the server.
ColumnLayout {
    id: actions

    required property AdapterPicker picker
    required property AdapterTools tools
    required property MergeEditor merge

    spacing: Theme.space4

    function editMerge() {
        actions.merge.start();
        mergeDialog.open();
    }

    Flow {
        Layout.fillWidth: true
        // Their words stand below the other fields' edge.
        Layout.leftMargin: -Theme.space8
        spacing: Theme.space4

        AppButton {
            objectName: "mergeButton"
            visible: actions.picker.canMerge
            kind: AppButton.Flat
            implicitHeight: Theme.px(28)
            text: actions.picker.merged ? qsTr("Edit the merge …") : qsTr("Merge several …")
            onClicked: actions.editMerge()
        }

        AppButton {
            objectName: "tryAdapterButton"
            visible: actions.tools.canTry
            kind: AppButton.Flat
            implicitHeight: Theme.px(28)
            text: actions.tools.busy ? qsTr("Stop waiting") : qsTr("Does it load?")
            onClicked: actions.tools.busy ? actions.tools.stop() : actions.tools.tryOut()
        }

        AppButton {
            objectName: "loadAdapterButton"
            visible: actions.tools.canLoad
            enabled: !actions.tools.busy
            kind: AppButton.Flat
            implicitHeight: Theme.px(28)
            text: qsTr("Load one …")
            onClicked: loadDialog.open()
        }

        AppButton {
            objectName: "unloadAdapterButton"
            visible: actions.tools.canUnload
            enabled: !actions.tools.busy
            kind: AppButton.Flat
            implicitHeight: Theme.px(28)
            text: qsTr("Unload it …")
            onClicked: unloadDialog.open()
        }
    }

    Caption {
        objectName: "adapterSentence"
        Layout.fillWidth: true
        visible: text !== ""
        text: actions.tools.sentence
        color: actions.tools.failed ? Theme.danger : actions.tools.busy ? Theme.textSecondary : Theme.success
        Accessible.role: Accessible.AlertMessage
    }

    Text {
        Layout.fillWidth: true
        visible: text !== ""
        text: actions.tools.serverMessage
        textFormat: Text.PlainText
        font: Theme.code
        color: Theme.textSecondary
        wrapMode: Text.Wrap
        maximumLineCount: 6
        elide: Text.ElideRight
    }

    MergeDialog {
        id: mergeDialog

        merge: actions.merge
        picker: actions.picker
    }

    AppDialog {
        id: loadDialog

        objectName: "loadAdapterDialog"
        title: qsTr("Load an adapter into the server")
        acceptText: qsTr("Load")
        acceptable: loadName.text.trim() !== "" && loadPath.text.trim() !== ""
        onAccepted: actions.tools.load(loadName.text, loadPath.text)
        onOpened: loadName.forceActiveFocus(Qt.PopupFocusReason)

        contentItem: ColumnLayout {
            spacing: Theme.space12

            BodyText {
                Layout.fillWidth: true
                color: Theme.textSecondary
                text: qsTr("Everyone who uses this server will find it there.")
            }

            AppField {
                id: loadName

                objectName: "loadAdapterName"
                Layout.fillWidth: true
                mono: true
                placeholderText: qsTr("name to ask for it by")
                Accessible.name: qsTr("Name")
            }

            AppField {
                id: loadPath

                objectName: "loadAdapterPath"
                Layout.fillWidth: true
                mono: true
                placeholderText: qsTr("path at the server, or id of a hub")
                Accessible.name: qsTr("Path")
                onAccepted: if (loadDialog.acceptable) {
                    loadDialog.accept();
                }
            }
        }
    }

    AppDialog {
        id: unloadDialog

        objectName: "unloadAdapterDialog"
        title: qsTr("Unload “%1”?").arg(actions.picker.adapterId)
        acceptText: qsTr("Unload")
        dangerous: true
        onAccepted: actions.tools.unload(actions.picker.adapterId)

        contentItem: BodyText {
            color: Theme.textSecondary
            text: qsTr("The server takes it away from everyone, until it is loaded again.")
        }
    }
}
