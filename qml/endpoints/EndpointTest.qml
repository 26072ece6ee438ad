// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What a test found: figures, models and adapters, or exactly why it failed and what would help.
Rectangle {
    id: card

    required property EndpointTrial trial
    property bool mnemonicShown: false

    signal fixWanted
    signal trustWanted

    readonly property bool failed: card.trial.state === EndpointTrial.Failed
    readonly property bool passed: card.trial.state === EndpointTrial.Passed

    implicitHeight: column.implicitHeight + 2 * Theme.space16
    radius: Theme.radiusCard
    color: card.failed ? Theme.dangerTint : card.passed ? Theme.successTint : Theme.sunken
    border.width: 1
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.Grouping
    Accessible.name: card.trial.sentence

    ColumnLayout {
        id: column

        x: Theme.space16
        y: Theme.space16
        width: card.width - 2 * Theme.space16
        spacing: Theme.space8

        BodyText {
            Layout.fillWidth: true
            font: Theme.bodyStrong
            text: card.trial.sentence
            color: card.failed ? Theme.danger : card.passed ? Theme.success : Theme.textSecondary
        }

        Text {
            Layout.fillWidth: true
            visible: text !== ""
            text: card.trial.serverMessage
            textFormat: Text.PlainText
            font: Theme.code
            color: Theme.textSecondary
            wrapMode: Text.Wrap
            maximumLineCount: 6
            elide: Text.ElideRight
        }

        FactGrid {
            Layout.fillWidth: true
            facts: card.trial.facts
        }

        FactGrid {
            objectName: "certificateFacts"
            Layout.fillWidth: true
            facts: card.trial.certificateFacts
        }

        BodyText {
            Layout.fillWidth: true
            visible: card.trial.trustable
            color: Theme.textSecondary
            text: qsTr("Compare the fingerprint with the server’s own before you trust it: whoever shows this certificate will be sent your key.")
        }

        Flow {
            Layout.fillWidth: true
            visible: card.trial.models.length > 0
            spacing: Theme.space4

            Repeater {
                model: card.trial.models.slice(0, 12)

                Chip {
                    required property string modelData

                    text: modelData
                }
            }

            Chip {
                visible: card.trial.models.length > 12
                text: qsTr("and %n more", "models", card.trial.models.length - 12)
            }
        }

        Flow {
            objectName: "capabilities"
            Layout.fillWidth: true
            visible: card.trial.capabilities.length > 0
            spacing: Theme.space4

            Repeater {
                model: card.trial.capabilities

                FactChip {}
            }
        }

        Caption {
            Layout.topMargin: Theme.space4
            visible: card.trial.access.length > 0
            text: qsTr("Who may use what")
        }

        Flow {
            objectName: "routeAccess"
            Layout.fillWidth: true
            visible: card.trial.access.length > 0
            spacing: Theme.space4

            Repeater {
                model: card.trial.access

                FactChip {
                    separator: qsTr(": ")
                }
            }
        }

        Repeater {
            model: card.trial.notes

            Caption {
                required property string modelData

                Layout.fillWidth: true
                font: Theme.role(12, Font.Normal)
                color: Theme.textSecondary
                text: modelData
            }
        }

        AppButton {
            objectName: "trustButton"
            visible: card.trial.trustable
            kind: AppButton.Danger
            text: qsTr("Trust this certificate")
            onClicked: card.trustWanted()
        }

        AppButton {
            objectName: "fixButton"
            visible: card.trial.fix !== ""
            kind: AppButton.Primary
            text: card.trial.fix
            mnemonic: "U"
            mnemonicShown: card.mnemonicShown
            onClicked: card.fixWanted()
        }
    }
}
