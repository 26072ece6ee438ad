// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What a load test comes to, before it is begun.
Rectangle {
    id: card

    required property LoadSetup setup

    readonly property loadExpectation expected: card.setup.expectation

    implicitHeight: column.implicitHeight + 2 * Theme.space12
    radius: Theme.radiusCard
    color: Theme.window
    border.width: 1
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("What it comes to")

    component Figure: ColumnLayout {
        id: figure

        required property string name
        required property string value

        visible: figure.value !== ""
        spacing: 0
        Accessible.role: Accessible.StaticText
        Accessible.name: figure.name + " " + figure.value

        Caption {
            text: figure.name
        }

        Text {
            text: figure.value
            font: Theme.role(16, Font.DemiBold)
            color: Theme.text
        }
    }

    ColumnLayout {
        id: column

        x: Theme.space16
        y: Theme.space12
        width: parent.width - 2 * Theme.space16
        spacing: Theme.space8

        Flow {
            Layout.fillWidth: true
            spacing: Theme.space24

            Figure {
                name: qsTr("Takes")
                value: card.expected.duration
            }

            Figure {
                name: qsTr("Requests")
                value: card.expected.requests
            }

            Figure {
                name: qsTr("Tokens in")
                value: card.expected.promptTokens
            }

            Figure {
                name: qsTr("Tokens out")
                value: card.expected.outputTokens
            }

            Figure {
                name: qsTr("Cost")
                value: card.expected.cost
            }

            RowLayout {
                visible: card.setup.assumesAnswers
                spacing: Theme.space8

                Caption {
                    text: qsTr("if an answer takes, s")
                }

                AppField {
                    Layout.preferredWidth: Theme.px(64)
                    implicitHeight: Theme.px(28)
                    mono: true
                    text: card.setup.answerSeconds.text
                    problem: card.setup.answerSeconds.problem !== ""
                    Accessible.name: qsTr("Seconds an answer takes, for the estimate")
                    onTextEdited: card.setup.answerSeconds.text = text
                }
            }
        }

        Repeater {
            model: card.expected.notes

            Caption {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
            }
        }
    }
}
