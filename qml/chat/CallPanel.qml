// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// A function that the model calls and nobody has answered yet: what it wants, and a place for the
/// answer.
Rectangle {
    id: panel

    required property CallDesk desk

    function submit() {
        panel.desk.answer(box.text);
        box.text = "";
    }

    objectName: "callPanel"
    visible: panel.desk.count > 0
    implicitHeight: column.implicitHeight + 2 * Theme.space12
    radius: Theme.radiusLarge
    color: Theme.surface
    border.width: 1
    border.color: Theme.accent
    Accessible.role: Accessible.AlertMessage
    Accessible.name: qsTr("The model calls %1 and waits for an answer").arg(panel.desk.name)

    ColumnLayout {
        id: column

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

        AppTextBox {
            id: box

            objectName: "callAnswer"
            Layout.fillWidth: true
            mono: true
            minimumLines: 2
            maximumLines: 6
            name: qsTr("Answer of %1").arg(panel.desk.name)
            placeholderText: qsTr("What %1 answers, as JSON or text").arg(panel.desk.name)
            Keys.onPressed: event => {
                const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                if (enter && (event.modifiers & Qt.ControlModifier)) {
                    event.accepted = true;
                    panel.submit();
                }
            }
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space8

            Caption {
                Layout.fillWidth: true
                text: qsTr("Ctrl+Enter answers")
                elide: Text.ElideRight
            }

            AppButton {
                objectName: "refuseCallButton"
                text: qsTr("No answer")
                onClicked: {
                    box.text = "";
                    panel.desk.refuse();
                }
            }

            AppButton {
                objectName: "answerCallButton"
                kind: AppButton.Primary
                text: qsTr("Answer")
                onClicked: panel.submit()
            }
        }
    }
}
