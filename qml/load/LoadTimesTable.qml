// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// The times of a run with their percentiles.
ColumnLayout {
    id: table

    required property list<loadTimeRow> rows

    readonly property list<string> names: [qsTr("mean"), qsTr("p50"), qsTr("p90"), qsTr("p95"), qsTr("p99"), qsTr("most")]
    readonly property bool unsure: table.rows.some(row => row.values.some(text => text.startsWith("(")))

    spacing: 0

    RowLayout {
        Layout.fillWidth: true
        spacing: 0

        Item {
            Layout.fillWidth: true
            implicitHeight: Theme.px(26)
        }

        Repeater {
            model: table.names

            Text {
                required property string modelData

                Layout.preferredWidth: Theme.px(76)
                horizontalAlignment: Text.AlignRight
                text: modelData
                font: Theme.role(12, Font.DemiBold)
                color: Theme.textMuted
            }
        }
    }

    Repeater {
        model: table.rows

        Item {
            id: row

            required property loadTimeRow modelData

            Layout.fillWidth: true
            implicitHeight: Theme.px(28)
            activeFocusOnTab: true
            Accessible.role: Accessible.Row
            Accessible.focusable: true
            Accessible.description: row.modelData.meaning
            Accessible.name: row.modelData.name + ": " + row.modelData.values.map((text, i) => table.names[i] + " " + text).join(", ")

            Rectangle {
                width: parent.width
                height: 1
                color: Theme.borderSubtle
            }

            FocusRing {
                gap: -2
                visible: row.activeFocus
            }

            HoverHandler {
                id: hover
            }

            RowToolTip {
                visible: hover.hovered || row.activeFocus
                text: row.modelData.meaning
            }

            RowLayout {
                anchors.fill: parent
                spacing: 0

                BodyText {
                    Layout.fillWidth: true
                    text: row.modelData.name
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }

                Repeater {
                    model: row.modelData.values

                    Text {
                        required property string modelData

                        Layout.preferredWidth: Theme.px(76)
                        horizontalAlignment: Text.AlignRight
                        text: modelData
                        font: Theme.number
                        color: modelData.startsWith("(") ? Theme.textMuted : Theme.text
                    }
                }
            }
        }
    }

    Caption {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space4
        visible: table.unsure
        text: qsTr("In parentheses: too few samples to rely on.")
    }
}
