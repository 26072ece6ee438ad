// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// All there is to say of a template.
ColumnLayout {
    id: form

    required property TemplateEditor editor

    function takeFocus() {
        question.forceActiveFocus(Qt.PopupFocusReason);
    }

    function askForName() {
        name.forceActiveFocus(Qt.PopupFocusReason);
        name.selectAll();
    }

    spacing: Theme.space12

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space12

        FormField {
            label: qsTr("Name")

            AppField {
                id: name

                objectName: "templateName"
                Layout.fillWidth: true
                text: form.editor.name
                placeholderText: qsTr("What you call it by “/”")
                Accessible.name: qsTr("Name")
                onTextEdited: form.editor.name = text
            }
        }

        FormField {
            label: qsTr("What it is for")

            AppField {
                objectName: "templateDescription"
                Layout.fillWidth: true
                text: form.editor.description
                Accessible.name: qsTr("What it is for")
                onTextEdited: form.editor.description = text
            }
        }
    }

    FormField {
        label: qsTr("Prompt")
        note: qsTr("{{ name }} is a variable; {% if %}, {% for %} and filters are as in Jinja.")

        AppTextBox {
            id: question

            objectName: "templateQuestion"
            Layout.fillWidth: true
            name: qsTr("Prompt")
            mono: true
            minimumLines: 4
            maximumLines: 12
            text: form.editor.question
            onEdited: form.editor.question = text
        }
    }

    FormField {
        label: qsTr("System prompt")

        AppTextBox {
            objectName: "templateSystem"
            Layout.fillWidth: true
            name: qsTr("System prompt")
            mono: true
            minimumLines: 2
            maximumLines: 8
            text: form.editor.system
            onEdited: form.editor.system = text
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.space8

        Caption {
            text: qsTr("Examples")
        }

        Caption {
            Layout.fillWidth: true
            font: Theme.role(12, Font.Normal)
            text: qsTr("Turns that are sent before the prompt, to show what is wanted. Variables may stand in them, too.")
        }

        Repeater {
            id: turnRows

            model: form.editor.turns

            TemplateTurnRow {
                Layout.fillWidth: true
                turns: form.editor.turns
            }
        }

        AppButton {
            id: addExample

            objectName: "addExampleButton"
            text: qsTr("Add an example")
            onClicked: form.editor.turns.addPair()
        }

        Connections {
            target: form.editor.turns

            function onWanted(row: int) {
                if (row < 0) {
                    addExample.forceActiveFocus(Qt.TabFocusReason);
                } else {
                    (turnRows.itemAt(row) as TemplateTurnRow)?.takeFocus();
                }
            }
        }
    }

    Caption {
        visible: form.editor.count > 0
        text: qsTr("Variables")
    }

    Repeater {
        model: form.editor

        TemplateVariableRow {
            Layout.fillWidth: true
            onDescribed: text => form.editor.setVariableDescription(index, text)
            onDefaulted: text => form.editor.setVariableDefault(index, text)
        }
    }

    FormField {
        label: qsTr("Parameters that go with it")

        AppTextBox {
            objectName: "templateParameters"
            Layout.fillWidth: true
            name: qsTr("Parameters that go with it")
            placeholderText: "temperature = 0.2"
            mono: true
            minimumLines: 2
            maximumLines: 6
            text: form.editor.parameters
            onEdited: form.editor.parameters = text
        }
    }
}
