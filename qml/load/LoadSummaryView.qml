// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What came of a run, in words and tables.
ColumnLayout {
    id: view

    required property LoadController load

    readonly property LoadResults results: view.load.results
    readonly property bool two: view.width >= Theme.px(980)

    signal tableWanted(filter: int, sorting: int)
    signal presetWanted

    spacing: Theme.space12

    component Card: Rectangle {
        id: card

        default property alias content: inside.data
        property string title

        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        implicitHeight: inside.implicitHeight + 2 * Theme.space12
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: 1
        border.color: Theme.borderSubtle

        ColumnLayout {
            id: inside

            x: Theme.space16
            y: Theme.space12
            width: parent.width - 2 * Theme.space16
            spacing: Theme.space8

            Text {
                visible: card.title !== ""
                text: card.title
                font: Theme.bodyStrong
                color: Theme.text
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: view.load.name !== ""
        spacing: Theme.space4

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space8

            Text {
                objectName: "loadName"
                Layout.maximumWidth: view.width / 2
                text: view.load.name
                textFormat: Text.PlainText
                font: Theme.sessionTitle
                color: Theme.text
                elide: Text.ElideRight
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }

            Repeater {
                model: view.load.tags

                Chip {
                    required property string modelData

                    text: modelData
                    maximumTextWidth: Theme.px(160)
                }
            }

            Item {
                Layout.fillWidth: true
            }
        }

        BodyText {
            Layout.fillWidth: true
            visible: text !== ""
            text: view.load.note
            color: Theme.textSecondary
        }
    }

    LoadVerdictCard {
        Layout.fillWidth: true
        load: view.load
    }

    GridLayout {
        Layout.fillWidth: true
        visible: view.results.whole || view.load.running
        columns: view.two ? 2 : 1
        columnSpacing: Theme.space12
        rowSpacing: Theme.space12

        Card {
            Layout.preferredWidth: 2
            title: qsTr("Times")

            LoadTimesTable {
                Layout.fillWidth: true
                rows: view.results.times
            }
        }

        Card {
            Layout.preferredWidth: 1
            title: qsTr("Counts")

            Repeater {
                model: view.results.facts

                RowLayout {
                    id: fact

                    required property loadFact modelData

                    Layout.fillWidth: true

                    Caption {
                        Layout.fillWidth: true
                        text: fact.modelData.name
                    }

                    Text {
                        text: fact.modelData.value
                        font: Theme.number
                        color: Theme.text
                    }
                }
            }
        }

        Card {
            Layout.preferredWidth: 2
            visible: view.results.choices.length > 0
            title: qsTr("By adapter")

            LoadChoicesTable {
                Layout.fillWidth: true
                rows: view.results.choices
            }
        }

        Card {
            Layout.preferredWidth: 1
            visible: view.results.failures.length > 0
            title: qsTr("Errors")

            Repeater {
                model: view.results.failures

                RowLayout {
                    id: failure

                    required property loadFact modelData

                    Layout.fillWidth: true

                    BodyText {
                        Layout.fillWidth: true
                        text: failure.modelData.name
                        color: Theme.danger
                    }

                    Text {
                        text: failure.modelData.value
                        font: Theme.number
                        color: Theme.text
                    }
                }
            }

            AppButton {
                kind: AppButton.Flat
                implicitHeight: Theme.px(28)
                text: qsTr("Show them")
                onClicked: view.tableWanted(LoadRequests.OnlyFailed, -1)
            }
        }

        Card {
            Layout.preferredWidth: 1
            title: qsTr("Trust")

            BodyText {
                Layout.fillWidth: true
                text: view.results.trust === LoadResults.Good ? qsTr("This computer was fast enough for these figures.") : view.results.trust === LoadResults.NotYet ? qsTr("Too early to say.") : view.results.trustReasons.join(" ")
                color: view.results.trust === LoadResults.Good ? Theme.success : view.results.trust === LoadResults.ClientBound ? Theme.danger : view.results.trust === LoadResults.Doubtful ? Theme.warning : Theme.textSecondary
            }

            Repeater {
                model: view.results.warnings

                BodyText {
                    required property string modelData

                    Layout.fillWidth: true
                    text: modelData
                    color: Theme.warning
                }
            }

            Repeater {
                model: view.load.notes

                Caption {
                    required property string modelData

                    Layout.fillWidth: true
                    text: modelData
                }
            }

            RowLayout {
                spacing: Theme.space8

                AppButton {
                    kind: AppButton.Flat
                    implicitHeight: Theme.px(28)
                    text: qsTr("Slowest requests")
                    onClicked: view.tableWanted(LoadRequests.All, LoadRequests.ByTotal)
                }

                AppButton {
                    objectName: "resultPresetButton"
                    kind: AppButton.Flat
                    implicitHeight: Theme.px(28)
                    visible: view.load.exportable
                    text: qsTr("Save as a preset …")
                    onClicked: view.presetWanted()
                }
            }
        }

        Card {
            Layout.preferredWidth: 2
            visible: view.results.remarks.length > 0
            title: qsTr("Besides")

            Repeater {
                model: view.results.remarks

                BodyText {
                    required property string modelData

                    Layout.fillWidth: true
                    text: modelData
                    color: Theme.textSecondary
                }
            }
        }
    }
}
