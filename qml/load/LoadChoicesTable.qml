// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// How those did that were asked, side by side.
ColumnLayout {
    id: table

    required property list<loadChoiceRow> rows

    readonly property list<string> names: [qsTr("answers"), qsTr("failed"), qsTr("tokens"), qsTr("TTFT p50"), qsTr("TTFT p95"), qsTr("E2E p95")]

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

            required property loadChoiceRow modelData
            readonly property list<string> cells: [row.modelData.requests, row.modelData.failed, row.modelData.tokens, row.modelData.firstToken50, row.modelData.firstToken95, row.modelData.total95]

            Layout.fillWidth: true
            implicitHeight: Theme.px(32)
            Accessible.role: Accessible.Row
            Accessible.name: row.modelData.name + ": " + row.cells.map((text, i) => table.names[i] + " " + text).join(", ")

            Rectangle {
                width: parent.width
                height: 1
                color: Theme.borderSubtle
            }

            RowLayout {
                anchors.fill: parent
                spacing: 0

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: Theme.space2

                    Text {
                        Layout.fillWidth: true
                        text: row.modelData.name
                        textFormat: Text.PlainText
                        font: Theme.bodyStrong
                        color: Theme.lane(row.modelData.look)
                        elide: Text.ElideRight
                    }

                    Rectangle {
                        Layout.preferredWidth: Math.max(2, Theme.px(120) * row.modelData.share)
                        implicitHeight: Theme.px(4)
                        radius: height / 2
                        color: Theme.lane(row.modelData.look)
                    }
                }

                Repeater {
                    model: row.cells

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
}
