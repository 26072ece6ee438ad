// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Dialogs
import QtQuick.Layouts
import Lorikeet.App

/// The prompts there are, and one of them being written.
AppDialog {
    id: dialog

    required property PromptLibrary prompts
    readonly property TemplateEditor editor: dialog.prompts.editor
    readonly property real room: Math.max(Theme.px(280), Math.min(Theme.px(620), (Overlay.overlay?.height ?? 600) - Theme.px(190)))

    objectName: "promptLibrary"
    implicitWidth: Math.min(Theme.px(980), (Overlay.overlay?.width ?? 960) - 2 * Theme.space24)
    title: qsTr("Prompt library")
    acceptText: qsTr("Use this prompt")
    rejectText: qsTr("Close")
    acceptable: dialog.editor.problem === ""
    onAccepted: dialog.prompts.use()
    onOpened: {
        if (dialog.editor.keptName === "" && dialog.editor.question !== "") {
            form.askForName();
        } else if (dialog.prompts.names.length === 0) {
            form.takeFocus();
        } else {
            search.forceActiveFocus(Qt.PopupFocusReason);
        }
    }

    Connections {
        target: dialog.prompts

        function onWanted() {
            dialog.open();
        }
    }

    contentItem: RowLayout {
        spacing: Theme.space16

        ColumnLayout {
            Layout.minimumWidth: Theme.px(230)
            Layout.preferredWidth: Theme.px(230)
            Layout.maximumWidth: Theme.px(230)
            Layout.preferredHeight: dialog.room
            spacing: Theme.space8

            SearchField {
                id: search

                objectName: "librarySearch"
                Layout.fillWidth: true
                placeholderText: qsTr("Search the prompts")
                text: dialog.prompts.listed.query
                onTextEdited: dialog.prompts.listed.query = text
                onTextChanged: list.currentIndex = 0
                onAccepted: dialog.editor.load(dialog.prompts.listed.nameAt(list.currentIndex))
                Keys.onDownPressed: list.incrementCurrentIndex()
                Keys.onUpPressed: list.decrementCurrentIndex()
            }

            ListView {
                id: list

                objectName: "libraryList"
                Layout.fillWidth: true
                Layout.fillHeight: true
                clip: true
                model: dialog.prompts.listed
                boundsBehavior: Flickable.StopAtBounds
                highlightMoveDuration: 0
                activeFocusOnTab: true
                keyNavigationEnabled: true
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Prompts of the library")
                Keys.onReturnPressed: dialog.editor.load(dialog.prompts.listed.nameAt(list.currentIndex))

                ScrollBar.vertical: AppScrollBar {}

                delegate: LibraryRow {
                    width: list.width
                    current: ListView.isCurrentItem && (list.activeFocus || search.activeFocus)
                    chosen: title === dialog.editor.keptName
                    onClicked: {
                        list.currentIndex = index;
                        dialog.editor.load(title);
                    }
                }

                Caption {
                    width: list.width
                    visible: list.count === 0
                    text: dialog.prompts.listed.query === "" ? qsTr("Prompts that you keep will be listed here.") : qsTr("No prompt is called so.")
                }
            }

            RowLayout {
                Layout.fillWidth: true
                Layout.leftMargin: -Theme.space8
                spacing: 0

                AppButton {
                    objectName: "newTemplateButton"
                    kind: AppButton.Flat
                    text: qsTr("New")
                    icon.name: "list-add"
                    implicitHeight: Theme.px(28)
                    onClicked: {
                        dialog.editor.startNew();
                        form.askForName();
                    }
                }

                AppButton {
                    objectName: "importTemplatesButton"
                    kind: AppButton.Flat
                    text: qsTr("Import files …")
                    implicitHeight: Theme.px(28)
                    onClicked: importDialog.open()
                }
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: dialog.room
            spacing: Theme.space8

            RowLayout {
                Layout.fillWidth: true
                visible: dialog.editor.waits
                spacing: Theme.space8

                BodyText {
                    Layout.fillWidth: true
                    text: qsTr("What you changed here is not saved.")
                    color: Theme.warning
                    Accessible.role: Accessible.AlertMessage
                    Accessible.name: text
                }

                AppButton {
                    objectName: "saveWaitingButton"
                    text: qsTr("Save")
                    implicitHeight: Theme.px(28)
                    enabled: dialog.editor.problem === ""
                    onClicked: dialog.editor.save()
                }

                AppButton {
                    objectName: "discardButton"
                    kind: AppButton.Danger
                    text: qsTr("Discard")
                    implicitHeight: Theme.px(28)
                    onClicked: dialog.editor.discard()
                }
            }

            ScrollView {
                id: scroll

                Layout.fillWidth: true
                Layout.fillHeight: true
                clip: true
                contentWidth: availableWidth

                ScrollBar.vertical: AppScrollBar {
                    parent: scroll
                    x: scroll.width - width
                    height: scroll.height
                }

                TemplateEditorForm {
                    id: form

                    width: scroll.availableWidth - Theme.space12
                    editor: dialog.editor
                }
            }

            FocusFollower {
                view: scroll
                content: form
            }

            Caption {
                objectName: "templateEditorProblem"
                Layout.fillWidth: true
                visible: text !== "" && !(dialog.editor.question === "" && dialog.editor.name === "")
                text: dialog.editor.problem
                color: Theme.danger
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }

            Caption {
                Layout.fillWidth: true
                visible: text !== ""
                text: dialog.editor.note
                color: Theme.warning
            }

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space8

                AppButton {
                    objectName: "saveTemplateButton"
                    text: qsTr("Save")
                    enabled: dialog.editor.dirty && dialog.editor.problem === ""
                    onClicked: dialog.editor.save()
                }

                AppComboBox {
                    objectName: "templateVersions"
                    Layout.preferredWidth: Theme.px(270)
                    visible: dialog.editor.versions.length > 1
                    model: dialog.editor.versions
                    currentIndex: dialog.editor.versionIndex
                    Accessible.name: qsTr("Version")
                    onActivated: index => dialog.editor.showVersion(index)
                }

                Item {
                    Layout.fillWidth: true
                }

                AppButton {
                    objectName: "exportTemplateButton"
                    kind: AppButton.Flat
                    text: qsTr("Export …")
                    enabled: dialog.editor.problem === ""
                    onClicked: exportDialog.open()
                }

                AppButton {
                    objectName: "removeTemplateButton"
                    kind: AppButton.Flat
                    flatInk: Theme.danger
                    text: qsTr("Delete")
                    visible: dialog.editor.keptName !== ""
                    onClicked: dialog.prompts.remove(dialog.editor.keptName)
                }
            }

            RowLayout {
                Layout.fillWidth: true
                visible: dialog.prompts.removedName !== ""
                spacing: Theme.space8

                Caption {
                    Layout.fillWidth: true
                    text: qsTr("“%1” was deleted.").arg(dialog.prompts.removedName)
                    Accessible.role: Accessible.AlertMessage
                    Accessible.name: text
                }

                AppButton {
                    objectName: "undoRemoveTemplate"
                    kind: AppButton.Flat
                    text: qsTr("Undo")
                    implicitHeight: Theme.px(28)
                    onClicked: dialog.prompts.undoRemove()
                }
            }

            Caption {
                objectName: "libraryMessage"
                Layout.fillWidth: true
                visible: text !== ""
                text: dialog.prompts.message
                color: dialog.prompts.failedLast ? Theme.danger : Theme.success
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
        }
    }

    FileDialog {
        id: importDialog

        title: qsTr("Import prompts")
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Prompt templates (*.toml *.md *.markdown *.txt)"), qsTr("All files (*)")]
        onAccepted: dialog.prompts.importFiles(selectedFiles)
    }

    FileDialog {
        id: exportDialog

        title: qsTr("Export the prompt")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "toml"
        nameFilters: [qsTr("TOML (*.toml)"), qsTr("Markdown (*.md)")]
        onAccepted: dialog.prompts.exportTo(selectedFile)
    }
}
