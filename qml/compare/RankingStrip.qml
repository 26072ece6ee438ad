// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Lorikeet.App

/// The lanes ranked by the figures of their last answers, the first of each the best.
Rectangle {
    id: strip

    required property CompareController compare

    signal pricesWanted

    readonly property bool shown: strip.compare.ranking.length > 0 && !strip.compare.judging.hidden

    implicitHeight: strip.shown ? scroller.height + Theme.space12 : 0
    visible: strip.shown
    color: Theme.window
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Ranking of the last answers")

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.borderSubtle
    }

    // Many figures of many lanes leave the lanes their room, and are scrolled.
    Flickable {
        id: scroller

        x: Theme.space16
        y: Theme.px(6)
        width: strip.width - 2 * Theme.space16
        height: Math.min(flow.implicitHeight, Theme.px(3 * 26))
        contentHeight: flow.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ScrollBar.vertical: AppScrollBar {}

        Flow {
            id: flow

            width: scroller.width
            spacing: Theme.space4

            Repeater {
                model: strip.compare.ranking

                Row {
                    id: figure

                    required property rankedFigure modelData

                    height: Theme.px(22)
                    spacing: Theme.px(6)
                    rightPadding: Theme.space8

                    Text {
                        height: Theme.px(22)
                        visible: !figure.modelData.cost
                        verticalAlignment: Text.AlignVCenter
                        text: figure.modelData.label
                        font: Theme.metric
                        color: Theme.textMuted

                        HoverHandler {
                            id: hover
                        }

                        RowToolTip {
                            visible: hover.hovered
                            text: figure.modelData.ranked ? qsTr("%1 The best is first.").arg(figure.modelData.definition) : figure.modelData.definition
                        }
                    }

                    Chip {
                        id: cost

                        objectName: "costChip"
                        visible: figure.modelData.cost
                        clickable: true
                        text: figure.modelData.label
                        Accessible.description: figure.modelData.definition
                        onClicked: strip.pricesWanted()

                        RowToolTip {
                            visible: cost.hovered
                            text: qsTr("%1 Click to edit them.").arg(figure.modelData.definition)
                        }
                    }

                    Repeater {
                        model: figure.modelData.lanes

                        Row {
                            id: entry

                            required property int index
                            required property rankedLane modelData

                            height: Theme.px(22)
                            spacing: Theme.space4

                            LaneBadge {
                                anchors.verticalCenter: parent.verticalCenter
                                place: entry.modelData.place
                                letter: entry.modelData.letter
                                filled: figure.modelData.ranked && entry.index === 0
                            }

                            Text {
                                height: Theme.px(22)
                                verticalAlignment: Text.AlignVCenter
                                text: entry.modelData.value
                                font: Theme.number
                                color: figure.modelData.ranked && entry.index === 0 ? Theme.text : Theme.textSecondary
                                Accessible.role: Accessible.StaticText
                                Accessible.name: qsTr("%1: lane %2, %3").arg(figure.modelData.label).arg(entry.modelData.letter).arg(entry.modelData.value)
                            }
                        }
                    }
                }
            }

            Text {
                id: note

                height: Theme.px(22)
                verticalAlignment: Text.AlignVCenter
                visible: strip.compare.fairness !== ""
                text: qsTr("shared server")
                font: Theme.metric
                color: Theme.warning
                Accessible.role: Accessible.StaticText
                Accessible.name: strip.compare.fairness

                HoverHandler {
                    id: noteHover
                }

                RowToolTip {
                    visible: noteHover.hovered
                    text: strip.compare.fairness
                }
            }
        }
    }
}
