// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Shapes
import Lorikeet.App

/// The answers that stream, each with its tokens a second and the last ten seconds of them. A click
/// goes to where it is.
ListView {
    id: strip

    required property StreamList streams

    signal chosen(page: string)

    objectName: "streamStrip"
    visible: strip.count > 0
    clip: true
    interactive: strip.contentHeight > strip.height
    spacing: Theme.space4
    model: strip.streams
    header: Text {
        width: strip.width
        bottomPadding: Theme.space4
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("tok/s")
        font: Theme.railLabel
        color: Theme.textMuted
    }
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Answers that stream")

    delegate: AbstractButton {
        id: cell

        required property string letter
        required property int look
        required property string page
        required property string rate
        required property string detail
        required property list<point> curve
        required property bool over

        readonly property color ink: Theme.lane(cell.look)

        width: strip.width
        height: Theme.px(38)
        hoverEnabled: true
        focusPolicy: Qt.StrongFocus
        opacity: cell.over ? 0.7 : 1
        text: cell.detail
        ToolTip.visible: cell.hovered
        ToolTip.delay: 600
        ToolTip.text: cell.detail
        Accessible.name: cell.detail
        onClicked: strip.chosen(cell.page)

        background: Rectangle {
            radius: Theme.radiusControl
            color: cell.hovered ? Theme.hover : "transparent"

            FocusRing {
                around: Theme.radiusControl
                gap: 0
                visible: cell.visualFocus
            }
        }

        contentItem: Item {
            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                y: Theme.px(2)
                spacing: Theme.px(3)

                Text {
                    visible: text !== ""
                    text: cell.letter
                    font: Theme.railLabel
                    color: cell.ink
                }

                Text {
                    text: cell.rate
                    font: Theme.metric
                    color: Theme.text
                }
            }

            ClippedShape {
                id: drawing

                x: Theme.px(6)
                y: Theme.px(20)
                width: parent.width - Theme.px(12)
                height: Theme.px(14)

                ShapePath {
                    strokeColor: cell.ink
                    strokeWidth: Theme.px(1.5)
                    fillColor: "transparent"
                    joinStyle: ShapePath.RoundJoin

                    PathPolyline {
                        path: cell.curve.map(point => Qt.point(point.x * drawing.width, drawing.height * (1 - point.y)))
                    }
                }
            }
        }
    }
}
