// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// Whether answers are held to a schema, to which, and what becomes of those that do not keep to
/// it.
ColumnLayout {
    id: section

    required property StructuredEditor structured

    spacing: Theme.space4

    RowLayout {
        Layout.fillWidth: true

        Caption {
            Layout.fillWidth: true
            text: qsTr("Structured output")
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        AppSwitch {
            objectName: "structuredSwitch"
            checked: section.structured.on
            Accessible.name: qsTr("Hold answers to a JSON Schema")
            onToggled: section.structured.on = checked
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: section.structured.on
        spacing: Theme.space4

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space8

            AppComboBox {
                id: schemaBox

                objectName: "schemaBox"
                Layout.fillWidth: true
                model: section.structured.shelf
                textRole: "name"
                valueRole: "schemaId"
                currentIndex: -1
                displayText: section.structured.name === "" ? qsTr("without a name") : section.structured.name
                Accessible.name: qsTr("Schema: %1").arg(schemaBox.displayText)
                onActivated: section.structured.choose(String(schemaBox.currentValue))
            }

            AppButton {
                objectName: "editSchemaButton"
                text: qsTr("Edit …")
                Accessible.name: qsTr("Edit the schema")
                onClicked: {
                    section.structured.edit();
                    dialog.open();
                }
            }
        }

        Caption {
            objectName: "structuredProblem"
            Layout.fillWidth: true
            visible: text !== ""
            text: section.structured.problem
            color: Theme.danger
            Accessible.role: Accessible.AlertMessage
        }

        Caption {
            objectName: "structuredNotes"
            Layout.fillWidth: true
            visible: text !== ""
            text: section.structured.notes.join("\n")
            color: Theme.warning
        }

        Caption {
            Layout.topMargin: Theme.space8
            text: qsTr("How it is sent")
        }

        AppComboBox {
            objectName: "schemaWay"
            Layout.fillWidth: true
            model: section.structured.ways
            currentIndex: section.structured.way
            Accessible.name: qsTr("How the schema is sent")
            onActivated: index => section.structured.way = index
        }

        AppSwitch {
            Layout.fillWidth: true
            visible: section.structured.way === 0
            text: qsTr("Make it narrower where only that is held strictly")
            checked: section.structured.mayNarrow
            onToggled: section.structured.mayNarrow = checked
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space8
            spacing: Theme.space8

            Caption {
                Layout.fillWidth: true
                text: qsTr("Attempts, until one keeps to it")
            }

            AppComboBox {
                objectName: "attemptsBox"
                implicitWidth: Theme.px(72)
                model: 10
                currentIndex: section.structured.attempts - 1
                displayText: String(section.structured.attempts)
                delegate: AppMenuItem {
                    required property int index

                    width: ListView.view ? ListView.view.width : implicitWidth
                    text: String(index + 1)
                }
                Accessible.name: qsTr("Attempts")
                onActivated: index => section.structured.attempts = index + 1
            }
        }

        AppComboBox {
            objectName: "againBox"
            Layout.fillWidth: true
            visible: section.structured.attempts > 1
            model: section.structured.agains
            currentIndex: section.structured.again
            Accessible.name: qsTr("How it is asked again")
            onActivated: index => section.structured.again = index
        }

        AppSwitch {
            objectName: "embeddingSwitch"
            Layout.fillWidth: true
            text: qsTr("Accept words and fences around the JSON")
            checked: section.structured.embeddingFine
            onToggled: section.structured.embeddingFine = checked
        }
    }

    SchemaDialog {
        id: dialog

        editor: section.structured.editor
        onAccepted: section.structured.useEdited()
    }
}
