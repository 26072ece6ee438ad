// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What a test found: figures, models and adapters, or exactly why it failed and what would help.
Rectangle {
    id: card

    required property EndpointEditor editor

    readonly property bool failed: card.editor.testState === EndpointEditor.Failed
    readonly property bool passed: card.editor.testState === EndpointEditor.Passed

    implicitHeight: column.implicitHeight + 2 * Theme.space16
    radius: Theme.radiusCard
    color: card.failed ? Theme.dangerTint : card.passed ? Theme.successTint : Theme.sunken
    border.width: 1
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.Grouping
    Accessible.name: card.editor.testSentence

    ColumnLayout {
        id: column

        x: Theme.space16
        y: Theme.space16
        width: card.width - 2 * Theme.space16
        spacing: Theme.space8

        BodyText {
            Layout.fillWidth: true
            font: Theme.bodyStrong
            text: card.editor.testSentence
            color: card.failed ? Theme.danger : card.passed ? Theme.success : Theme.textSecondary
        }

        Text {
            Layout.fillWidth: true
            visible: text !== ""
            text: card.editor.testServerMessage
            textFormat: Text.PlainText
            font: Theme.code
            color: Theme.textSecondary
            wrapMode: Text.Wrap
            maximumLineCount: 6
            elide: Text.ElideRight
        }

        GridLayout {
            Layout.fillWidth: true
            visible: card.editor.facts.length > 0
            columns: 2
            columnSpacing: Theme.space16
            rowSpacing: Theme.space4

            Repeater {
                model: card.editor.facts

                BodyText {
                    required property int index
                    required property fact modelData

                    Layout.row: index
                    Layout.column: 0
                    Layout.alignment: Qt.AlignTop
                    text: modelData.label
                    color: Theme.textMuted
                }
            }

            Repeater {
                model: card.editor.facts

                BodyText {
                    required property int index
                    required property fact modelData

                    Layout.row: index
                    Layout.column: 1
                    Layout.fillWidth: true
                    text: modelData.value
                    textFormat: Text.PlainText
                }
            }
        }

        Flow {
            Layout.fillWidth: true
            visible: card.editor.models.length > 0
            spacing: Theme.space4

            Repeater {
                model: card.editor.models.slice(0, 12)

                Chip {
                    required property string modelData

                    text: modelData
                }
            }

            Chip {
                visible: card.editor.models.length > 12
                text: qsTr("and %n more", "models", card.editor.models.length - 12)
            }
        }

        Repeater {
            model: card.editor.notes

            Caption {
                required property string modelData

                Layout.fillWidth: true
                font: Theme.role(12, Font.Normal)
                color: Theme.textSecondary
                text: modelData
            }
        }

        AppButton {
            objectName: "fixButton"
            visible: card.editor.fix !== ""
            kind: AppButton.Primary
            text: card.editor.fix
            onClicked: card.editor.applyFix()
        }
    }
}
