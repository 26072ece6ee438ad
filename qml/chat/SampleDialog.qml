// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts

/// How often an answer is asked for, to see how many of them keep to the schema.
AppDialog {
    id: dialog

    /// One for each lane, or the one answer it was opened for.
    property bool lanes: false
    readonly property int most: 1000
    readonly property int wantedCount: count.acceptableInput ? Number.fromLocaleString(Qt.locale(), count.text) : 0

    signal wanted(count: int, atOnce: int)

    objectName: "sampleDialog"
    implicitWidth: Theme.px(480)
    title: qsTr("Ask several times")
    acceptText: qsTr("Ask")
    acceptable: dialog.wantedCount > 0
    onAboutToShow: {
        count.selectAll();
        count.forceActiveFocus(Qt.PopupFocusReason);
    }
    onAccepted: dialog.wanted(dialog.wantedCount, atOnce.currentIndex < 0 ? 1 : Number(atOnce.model[atOnce.currentIndex]))

    contentItem: ColumnLayout {
        spacing: Theme.space12

        BodyText {
            Layout.fillWidth: true
            color: Theme.textSecondary
            text: dialog.lanes ? qsTr("The last prompt of each lane that receives is asked again with the settings its answer was asked with. Each answer becomes a version; how many keep to the schema is told below them and in the ranking.") : qsTr("The prompt is asked again with the settings this answer was asked with. Each answer becomes a version of it; how many keep to the schema is told below.")
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space16

            ColumnLayout {
                spacing: Theme.space4

                Caption {
                    text: dialog.lanes ? qsTr("Times, per lane") : qsTr("Times")
                }

                AppField {
                    id: count

                    objectName: "sampleCount"
                    implicitWidth: Theme.px(120)
                    text: "10"
                    inputMethodHints: Qt.ImhDigitsOnly
                    problem: !count.acceptableInput
                    validator: IntValidator {
                        bottom: 1
                        top: dialog.most
                    }
                    Accessible.name: qsTr("How many times, from 1 to %1").arg(dialog.most)
                    onAccepted: if (dialog.acceptable) {
                        dialog.accept();
                    }
                }
            }

            ColumnLayout {
                spacing: Theme.space4

                Caption {
                    text: dialog.lanes ? qsTr("At once, per lane") : qsTr("At once")
                }

                AppComboBox {
                    id: atOnce

                    objectName: "sampleAtOnce"
                    implicitWidth: Theme.px(120)
                    model: ["1", "2", "4", "8", "16"]
                    currentIndex: 0
                    Accessible.name: qsTr("How many requests at once")
                }
            }

            Item {
                Layout.fillWidth: true
            }
        }

        Caption {
            Layout.fillWidth: true
            text: qsTr("Each is asked once, however many attempts there are otherwise; where a seed is set, each has the next one. It ends after three failed requests in a row, and can be stopped like any answer.")
        }
    }
}
