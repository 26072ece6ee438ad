// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// Whether answers may call functions, which, and who answers the calls.
ColumnLayout {
    id: section

    required property ToolsEditor tools

    spacing: Theme.space4

    RowLayout {
        Layout.fillWidth: true

        Caption {
            Layout.fillWidth: true
            text: qsTr("Tools")
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        AppSwitch {
            objectName: "toolsSwitch"
            checked: section.tools.on
            Accessible.name: qsTr("Give the model functions to call")
            onToggled: section.tools.on = checked
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: section.tools.on
        spacing: Theme.space4

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space8

            BodyText {
                objectName: "toolNames"
                Layout.fillWidth: true
                text: section.tools.names
                font: Theme.code
                maximumLineCount: 3
                elide: Text.ElideRight
            }

            AppButton {
                objectName: "editToolsButton"
                text: qsTr("Edit …")
                Accessible.name: qsTr("Edit the tools")
                onClicked: {
                    section.tools.edit();
                    dialog.open();
                }
            }
        }

        Caption {
            objectName: "toolsProblem"
            Layout.fillWidth: true
            visible: text !== ""
            text: section.tools.problem
            color: Theme.danger
            Accessible.role: Accessible.AlertMessage
        }

        Caption {
            objectName: "toolsNotes"
            Layout.fillWidth: true
            visible: text !== ""
            text: section.tools.notes.join("\n")
            color: Theme.warning
        }

        Caption {
            Layout.fillWidth: true
            text: section.tools.commanded ? qsTr("Calls are answered by commands, each once you let it; the others by the mock or by you.") : section.tools.mocked ? qsTr("Calls are answered by the mock; what it has no answer for, by you.") : qsTr("You answer the calls, above the prompt.")
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space8
            spacing: Theme.space8

            Caption {
                Layout.fillWidth: true
                text: qsTr("Answers with calls, at most")
            }

            AppComboBox {
                objectName: "toolLimitBox"
                implicitWidth: Theme.px(72)
                model: 20
                currentIndex: section.tools.limit - 1
                displayText: String(section.tools.limit)
                delegate: AppMenuItem {
                    required property int index

                    width: ListView.view ? ListView.view.width : implicitWidth
                    text: String(index + 1)
                }
                Accessible.name: qsTr("Answers with calls, at most")
                onActivated: index => section.tools.limit = index + 1
            }
        }
    }

    ToolsDialog {
        id: dialog

        editor: section.tools
        onAccepted: section.tools.useEdited()
    }
}
