// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// A function that the model calls and nobody has answered yet: what it wants, the command that
/// would answer it, and a place for an answer by hand. Of calls that were left it offers to go on.
Rectangle {
    id: panel

    required property CallDesk desk

    function submit() {
        panel.desk.answer(box.text);
    }

    objectName: "callPanel"
    visible: panel.desk.count > 0 || panel.desk.left !== ""
    implicitHeight: (column.visible ? column.implicitHeight : leftRow.implicitHeight) + 2 * Theme.space12
    radius: Theme.radiusLarge
    color: Theme.surface
    border.width: 1
    border.color: column.visible ? Theme.accent : Theme.borderControl
    Accessible.role: Accessible.AlertMessage
    Accessible.name: column.visible ? qsTr("The model calls %1 and waits for an answer").arg(panel.desk.name) : leftText.text

    RowLayout {
        id: leftRow

        visible: !column.visible
        x: Theme.space16
        y: Theme.space12
        width: panel.width - 2 * Theme.space16
        spacing: Theme.space8

        Caption {
            id: leftText

            Layout.fillWidth: true
            text: qsTr("This answer calls %1 and was given no result.").arg(panel.desk.left)
            elide: Text.ElideRight
        }

        AppButton {
            objectName: "takeUpCallsButton"
            text: qsTr("Answer")
            onClicked: panel.desk.takeUp()
        }
    }

    ColumnLayout {
        id: column

        visible: panel.desk.count > 0
        x: Theme.space16
        y: Theme.space12
        width: panel.width - 2 * Theme.space16
        spacing: Theme.space8

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space8

            Text {
                objectName: "callName"
                text: panel.desk.name
                textFormat: Text.PlainText
                font: Theme.code
                color: Theme.accent
                elide: Text.ElideRight
                Layout.maximumWidth: column.width * 0.5
            }

            Caption {
                Layout.fillWidth: true
                text: panel.desk.count > 1 ? qsTr("is called; %1 calls wait").arg(panel.desk.count) : qsTr("is called, with")
                elide: Text.ElideRight
            }
        }

        AppTextBox {
            objectName: "callArguments"
            Layout.fillWidth: true
            readOnly: true
            mono: true
            minimumLines: 1
            maximumLines: 6
            text: panel.desk.arguments
            name: qsTr("Arguments")
        }

        RowLayout {
            visible: panel.desk.command !== ""
            Layout.fillWidth: true
            spacing: Theme.space8

            Caption {
                text: panel.desk.running ? qsTr("Runs") : qsTr("Command")
            }

            Text {
                objectName: "callCommand"
                Layout.fillWidth: true
                text: panel.desk.command
                textFormat: Text.PlainText
                font: Theme.code
                color: Theme.text
                wrapMode: Text.WrapAnywhere
                maximumLineCount: 4
                elide: Text.ElideRight
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("Command: %1").arg(text)
            }
        }

        BodyText {
            objectName: "callProblem"
            visible: text !== ""
            Layout.fillWidth: true
            text: panel.desk.problem
            color: Theme.danger
            maximumLineCount: 3
            elide: Text.ElideRight
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }

        AppTextBox {
            id: box

            objectName: "callAnswer"
            Layout.fillWidth: true
            mono: true
            minimumLines: 2
            maximumLines: 6
            name: qsTr("Answer of %1").arg(panel.desk.name)
            placeholderText: qsTr("What %1 answers, as JSON or text; Ctrl+Enter gives it").arg(panel.desk.name)
            text: panel.desk.draft
            onEdited: panel.desk.draft = box.text
            Keys.onPressed: event => {
                const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                if (enter && (event.modifiers & Qt.ControlModifier)) {
                    event.accepted = true;
                    panel.submit();
                }
            }
        }

        // From the right, in as many lines as a narrow lane needs; by Tab what is usual comes first.
        Flow {
            Layout.fillWidth: true
            layoutDirection: Qt.RightToLeft
            spacing: Theme.space8

            AppButton {
                objectName: "runCommandButton"
                visible: panel.desk.command !== "" && !panel.desk.running
                kind: AppButton.Primary
                text: qsTr("Run")
                onClicked: panel.desk.run(false)
            }

            AppButton {
                objectName: "stopCommandButton"
                visible: panel.desk.running
                kind: AppButton.Danger
                text: qsTr("Stop the command")
                onClicked: panel.desk.stopCommand()
            }

            AppButton {
                objectName: "answerCallButton"
                kind: panel.desk.command === "" ? AppButton.Primary : AppButton.Plain
                text: qsTr("Answer")
                onClicked: panel.submit()
            }

            AppButton {
                objectName: "refuseCallButton"
                text: qsTr("No answer")
                onClicked: panel.desk.refuse()
            }

            AppButton {
                id: always

                objectName: "runAlwaysButton"
                visible: panel.desk.command !== "" && !panel.desk.running
                kind: AppButton.Flat
                text: qsTr("Run always")
                Accessible.description: alwaysTip.text
                onClicked: panel.desk.run(true)

                RowToolTip {
                    id: alwaysTip

                    visible: always.hovered || always.visualFocus
                    text: qsTr("Runs it, and this very command without a question until the chat is closed")
                }
            }
        }
    }
}
