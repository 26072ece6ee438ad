// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// What a million tokens of each model cost. What is typed counts at once.
AppDialog {
    id: dialog

    required property PriceTable prices

    readonly property real amountWidth: Theme.px(96)
    readonly property real currencyWidth: Theme.px(76)

    title: qsTr("Prices of tokens")
    implicitWidth: Math.min(Theme.px(640), (dialog.parent?.width ?? 640) - 2 * Theme.space24)
    acceptText: qsTr("Done")
    rejectText: ""

    ColumnLayout {
        width: dialog.availableWidth
        spacing: Theme.space8

        BodyText {
            Layout.fillWidth: true
            color: Theme.textSecondary
            text: qsTr("For a million tokens. Without a price, an answer's cost is not shown. Adapters cost what their model does.")
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space8
            spacing: Theme.space8

            Caption {
                Layout.fillWidth: true
                text: qsTr("Model")
            }

            Caption {
                Layout.preferredWidth: dialog.amountWidth
                text: qsTr("read")
            }

            Caption {
                Layout.preferredWidth: dialog.amountWidth
                text: qsTr("written")
            }

            Caption {
                Layout.preferredWidth: dialog.currencyWidth
                text: qsTr("currency")
            }
        }

        ListView {
            id: list

            objectName: "priceList"
            Layout.fillWidth: true
            implicitHeight: Math.min(contentHeight, Theme.px(300))
            clip: true
            spacing: Theme.space8
            boundsBehavior: Flickable.StopAtBounds
            model: dialog.prices

            ScrollBar.vertical: AppScrollBar {}

            delegate: RowLayout {
                id: line

                required property int index
                required property string endpoint
                required property string model
                required property string promptPrice
                required property string outputPrice
                required property string currency

                readonly property string modelName: line.model === "" ? qsTr("all other models") : line.model

                width: list.width
                spacing: Theme.space8

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    Text {
                        Layout.fillWidth: true
                        text: line.modelName
                        textFormat: Text.PlainText
                        font: Theme.bodyStrong
                        color: Theme.text
                        elide: Text.ElideMiddle
                    }

                    Text {
                        Layout.fillWidth: true
                        text: line.endpoint
                        textFormat: Text.PlainText
                        font: Theme.metric
                        color: Theme.textMuted
                        elide: Text.ElideMiddle
                    }
                }

                AppField {
                    id: promptField

                    objectName: "promptPriceField"
                    Layout.preferredWidth: dialog.amountWidth
                    mono: true
                    text: line.promptPrice
                    placeholderText: qsTr("no price")
                    inputMethodHints: Qt.ImhFormattedNumbersOnly
                    Accessible.name: qsTr("Price of a million tokens read by %1 at %2").arg(line.modelName).arg(line.endpoint)
                    onTextEdited: promptField.problem = !dialog.prices.setPrompt(line.index, text)
                }

                AppField {
                    id: outputField

                    objectName: "outputPriceField"
                    Layout.preferredWidth: dialog.amountWidth
                    mono: true
                    text: line.outputPrice
                    placeholderText: qsTr("no price")
                    inputMethodHints: Qt.ImhFormattedNumbersOnly
                    Accessible.name: qsTr("Price of a million tokens written by %1 at %2").arg(line.modelName).arg(line.endpoint)
                    onTextEdited: outputField.problem = !dialog.prices.setOutput(line.index, text)
                }

                AppField {
                    objectName: "currencyField"
                    Layout.preferredWidth: dialog.currencyWidth
                    text: line.currency
                    placeholderText: "€"
                    Accessible.name: qsTr("Currency of the prices of %1 at %2").arg(line.modelName).arg(line.endpoint)
                    onTextEdited: dialog.prices.setCurrency(line.index, text)
                }
            }
        }
    }
}
