// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Dialogs
import QtQuick.Layouts
import Lorikeet.App

/// The schemas there are, and one of them being written.
AppDialog {
    id: dialog

    required property SchemaEditor editor
    readonly property real room: Overlay.overlay?.height ?? 600
    readonly property real roomForSchema: Math.max(Theme.px(120), Math.min(Theme.px(380), dialog.room - Theme.px(360)))
    /// The form and not the text.
    property bool showsForm: false

    function showText(place: int) {
        dialog.showsForm = false;
        area.show(place);
    }

    objectName: "schemaDialog"
    implicitWidth: Math.min(Theme.px(940), (Overlay.overlay?.width ?? 960) - 2 * Theme.space24)
    title: qsTr("JSON Schema")
    // A click beside it must not lose what was written.
    closePolicy: Popup.CloseOnEscape
    acceptText: qsTr("Use this schema")
    acceptable: !dialog.editor.checking && dialog.editor.problem === ""

    component Action: AppButton {
        kind: AppButton.Flat
        implicitHeight: Theme.px(28)
    }

    contentItem: RowLayout {
        spacing: Theme.space16

        ColumnLayout {
            Layout.minimumWidth: Theme.px(180)
            Layout.preferredWidth: Theme.px(180)
            Layout.maximumWidth: Theme.px(180)
            Layout.fillHeight: true
            spacing: Theme.space4

            Caption {
                text: qsTr("Library")
            }

            ListView {
                id: list

                objectName: "schemaList"
                Layout.fillWidth: true
                Layout.fillHeight: true
                clip: true
                model: dialog.editor.shelf
                boundsBehavior: Flickable.StopAtBounds
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Library")

                ScrollBar.vertical: AppScrollBar {}

                delegate: ChoiceRow {
                    required property string schemaId
                    required property string name
                    required property bool own

                    width: list.width
                    text: name
                    detail: own ? qsTr("yours") : qsTr("sample")
                    chosen: schemaId === dialog.editor.schemaId
                    onClicked: dialog.editor.take(schemaId)
                }
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.space8

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space8

                AppField {
                    objectName: "schemaName"
                    Layout.fillWidth: true
                    text: dialog.editor.name
                    placeholderText: qsTr("Name of the schema")
                    onTextEdited: dialog.editor.name = text
                }

                AppComboBox {
                    id: components

                    objectName: "schemaComponents"
                    visible: dialog.editor.components.length > 0
                    model: dialog.editor.components
                    Accessible.name: qsTr("Which schema of the file")
                    onActivated: index => dialog.editor.takeComponent(index)
                }

                Segments {
                    objectName: "schemaViews"
                    names: [qsTr("Text"), qsTr("Form")]
                    current: dialog.showsForm ? 1 : 0
                    Accessible.name: qsTr("How the schema is shown")
                    onChosen: index => dialog.showsForm = index === 1
                }
            }

            Flow {
                Layout.fillWidth: true
                // The words begin where the field does.
                Layout.leftMargin: -Theme.space8
                spacing: Theme.space4

                Action {
                    objectName: "importSchemaButton"
                    text: qsTr("Import a file …")
                    onClicked: fileDialog.open()
                }

                Action {
                    objectName: "inferSchemaButton"
                    text: qsTr("From an example …")
                    onClicked: exampleDialog.open()
                }

                Action {
                    objectName: "undoFormButton"
                    visible: dialog.showsForm
                    enabled: dialog.editor.form.canUndo
                    text: qsTr("Take back")
                    onClicked: form.undo()
                }

                Action {
                    visible: !dialog.showsForm
                    text: qsTr("Indent")
                    onClicked: dialog.editor.indent()
                }

                Action {
                    objectName: "keepSchemaButton"
                    text: dialog.editor.own ? qsTr("Save") : qsTr("Keep in the library")
                    onClicked: dialog.editor.keep()
                }

                Action {
                    visible: dialog.editor.own
                    text: qsTr("Take out of the library")
                    onClicked: dialog.editor.discard()
                }
            }

            SchemaText {
                id: area

                objectName: "schemaText"
                Layout.fillWidth: true
                Layout.fillHeight: true
                implicitHeight: dialog.roomForSchema
                visible: !dialog.showsForm
                focus: !dialog.showsForm
                name: qsTr("JSON Schema")
                faultyLine: dialog.editor.problemLine
                onEdited: dialog.editor.text = area.text

                Connections {
                    target: dialog.editor

                    function onTextChanged() {
                        if (area.text !== dialog.editor.text) {
                            area.text = dialog.editor.text;
                        }
                    }
                }
            }

            SchemaFormView {
                id: form

                Layout.fillWidth: true
                Layout.fillHeight: true
                implicitHeight: dialog.roomForSchema
                visible: dialog.showsForm
                focus: dialog.showsForm
                form: dialog.editor.form
            }

            Binding {
                target: dialog.editor.form
                property: "shown"
                value: dialog.visible && dialog.showsForm
            }

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space8

                BodyText {
                    objectName: "schemaVerdict"
                    Layout.fillWidth: true
                    text: dialog.editor.problem === "" ? (dialog.editor.draft === "" ? "" : qsTr("Fit for use, as %1.").arg(dialog.editor.draft)) : dialog.editor.problemLine > 0 ? qsTr("Line %1: %2").arg(dialog.editor.problemLine).arg(dialog.editor.problem) : dialog.editor.problem
                    color: dialog.editor.problem === "" ? Theme.success : Theme.danger
                    maximumLineCount: 3
                    elide: Text.ElideRight
                    Accessible.role: Accessible.AlertMessage
                    Accessible.name: text
                }

                Action {
                    objectName: "showFaultButton"
                    visible: dialog.editor.problemPlace >= 0
                    text: qsTr("Go there")
                    onClicked: dialog.showText(dialog.editor.problemPlace)
                }
            }

            Caption {
                objectName: "schemaNotes"
                Layout.fillWidth: true
                visible: text !== ""
                text: dialog.editor.notes.join("\n")
                color: Theme.warning
                maximumLineCount: 4
                elide: Text.ElideRight
            }

            Caption {
                objectName: "schemaImportProblem"
                Layout.fillWidth: true
                visible: text !== ""
                text: dialog.editor.importProblem
                color: Theme.danger
                Accessible.role: Accessible.AlertMessage
            }
        }
    }

    FileDialog {
        id: fileDialog

        title: qsTr("Import a JSON Schema")
        fileMode: FileDialog.OpenFile
        nameFilters: [qsTr("JSON Schema, OpenAPI (*.json)"), qsTr("All files (*)")]
        onAccepted: dialog.editor.read(selectedFile)
    }

    AppDialog {
        id: exampleDialog

        objectName: "exampleDialog"
        implicitWidth: Theme.px(560)
        title: qsTr("A schema for values like this one")
        acceptText: qsTr("Make the schema")
        acceptable: example.text.trim() !== ""
        onAccepted: dialog.editor.infer(example.text)
        onOpened: example.forceActiveFocus()

        contentItem: AppTextBox {
            id: example

            objectName: "exampleText"
            name: qsTr("An example, as JSON")
            placeholderText: qsTr("An example, as JSON")
            mono: true
            minimumLines: 8
            maximumLines: 14
        }
    }
}
