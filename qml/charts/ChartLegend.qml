// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Lorikeet.App

/// What the lines of a chart are; a click hides one, or shows it again.
Flow {
    id: legend

    required property ChartData source

    spacing: Theme.space4

    Repeater {
        model: legend.source.legend

        T.AbstractButton {
            id: entry

            required property chartLegendEntry modelData
            required property int index

            implicitWidth: row.implicitWidth + Theme.space12
            implicitHeight: Theme.px(28)
            focusPolicy: Qt.StrongFocus
            hoverEnabled: true
            opacity: entry.modelData.shown ? 1 : 0.5
            Accessible.role: Accessible.CheckBox
            Accessible.name: qsTr("%1, %2", "letter, name of a line").arg(entry.modelData.letter).arg(entry.modelData.name)
            Accessible.checked: entry.modelData.shown
            onClicked: legend.source.toggle(entry.index)

            contentItem: Item {
                implicitWidth: row.implicitWidth

                RowLayout {
                    id: row

                    anchors.centerIn: parent
                    spacing: Theme.space4

                    ChartStroke {
                        look: entry.modelData.look
                        points: entry.modelData.points
                    }

                    Text {
                        text: entry.modelData.letter
                        font: Theme.role(12, Font.DemiBold)
                        color: Theme.lane(entry.modelData.look)
                    }

                    Text {
                        text: entry.modelData.name
                        textFormat: Text.PlainText
                        font.family: Theme.metric.family
                        font.pixelSize: Theme.metric.pixelSize
                        font.weight: Theme.metric.weight
                        font.strikeout: !entry.modelData.shown
                        color: Theme.textSecondary
                    }
                }
            }

            background: Rectangle {
                radius: Theme.radiusControl
                color: entry.hovered ? Theme.hover : "transparent"

                FocusRing {
                    gap: -2
                    visible: entry.visualFocus
                }
            }
        }
    }
}
