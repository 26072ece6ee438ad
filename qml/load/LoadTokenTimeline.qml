// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// When the tokens of an answer came, on the axis of the times above it.
ColumnLayout {
    id: timeline

    required property loadTokenTrack track
    required property color answerColour
    required property color reasoningColour

    readonly property string reads: qsTr("%Ln read(s)", "", timeline.track.count)
    readonly property string stalls: timeline.track.stalls > 0 ? qsTr("%Ln stall(s)", "", timeline.track.stalls) : qsTr("no stall")

    component Entry: RowLayout {
        id: entry

        required property string text
        required property color colour
        /// Where its lines begin: 0 from above, 1 from below, 0.5 a stall's bar.
        required property real from

        spacing: Theme.space4
        Accessible.ignored: true

        Item {
            implicitWidth: Theme.px(14)
            implicitHeight: Theme.px(14)

            Repeater {
                model: entry.from === 0.5 ? [0, 12] : [1, 5, 11]

                Rectangle {
                    required property int modelData

                    x: Theme.px(modelData)
                    y: entry.from === 0.5 ? Theme.px(3) : entry.from * (parent.height - height)
                    width: Theme.px(2)
                    height: entry.from === 0.5 ? Theme.px(8) : Theme.px(9)
                    color: entry.colour
                }
            }

            Rectangle {
                y: Theme.px(6)
                width: parent.width
                height: Theme.px(2)
                visible: entry.from === 0.5
                color: entry.colour
            }
        }

        Caption {
            text: entry.text
        }
    }

    spacing: Theme.space4

    RowLayout {
        Layout.fillWidth: true

        Caption {
            Layout.fillWidth: true
            text: qsTr("Token timeline")
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Caption {
            text: timeline.reads + ", " + timeline.stalls
        }
    }

    Rectangle {
        Layout.fillWidth: true
        implicitHeight: Theme.px(36)
        color: Theme.sunken

        FocusRing {
            gap: 0
            visible: lane.activeFocus
        }

        LoadTokenLane {
            id: lane

            objectName: "tokenLane"
            anchors.fill: parent
            track: timeline.track
            answerColour: timeline.answerColour
            reasoningColour: timeline.reasoningColour
            stallColour: Theme.danger
            Accessible.role: Accessible.Chart
            Accessible.name: qsTr("Token timeline: %1, %2").arg(timeline.reads).arg(timeline.stalls)
            Accessible.description: lane.current < 0 ? "" : lane.currentPiece === "" ? lane.currentText : lane.currentText + ": " + lane.currentPiece
            Accessible.focusable: true

            Rectangle {
                x: Math.round(lane.currentX)
                width: 1
                height: parent.height
                visible: lane.current >= 0
                color: Theme.text
            }
        }
    }

    RowLayout {
        Layout.fillWidth: true

        Caption {
            Layout.fillWidth: true
            text: "0"
        }

        Caption {
            text: timeline.track.spanText
        }
    }

    // As high without a read as with one, so that nothing below moves.
    Item {
        Layout.fillWidth: true
        implicitHeight: 3 * Theme.metricLine

        Caption {
            objectName: "tokenReadout"
            width: parent.width
            maximumLineCount: 3
            elide: Text.ElideRight
            color: lane.current < 0 ? Theme.textMuted : Theme.textSecondary
            text: lane.current < 0 ? qsTr("Point at a read, or step with ← and →; with Ctrl to the next stall.") : lane.currentPiece === "" ? lane.currentText : lane.currentText + "\n“" + lane.currentPiece + "”"
        }
    }

    Flow {
        Layout.fillWidth: true
        spacing: Theme.space12

        Entry {
            visible: timeline.track.reasoned
            text: qsTr("reasoning")
            colour: timeline.reasoningColour
            from: 0
        }

        Entry {
            visible: timeline.track.answered
            text: qsTr("answer; higher: more at once")
            colour: timeline.answerColour
            from: 1
        }

        Entry {
            visible: timeline.track.stalls > 0
            text: qsTr("stall: a gap of more than %1").arg(timeline.track.stallText)
            colour: Theme.danger
            from: 0.5
        }
    }
}
