// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Shapes

/// A piece of a series' line, in its colour and with its dashes; of single points one of them.
Item {
    id: stroke

    property int look: 0
    property bool points: false

    implicitWidth: Theme.px(22)
    implicitHeight: Theme.px(12)

    ClippedShape {
        anchors.fill: parent
        visible: !stroke.points

        ShapePath {
            strokeColor: Theme.lane(stroke.look)
            strokeWidth: Theme.px(2)
            fillColor: "transparent"
            capStyle: ShapePath.FlatCap
            strokeStyle: stroke.look % 5 === 0 ? ShapePath.SolidLine : ShapePath.DashLine
            dashPattern: stroke.look % 5 === 1 ? [3, 1.5] : stroke.look % 5 === 2 ? [1, 1.5] : stroke.look % 5 === 3 ? [3, 1.5, 1, 1.5] : [3, 1.5, 1, 1.5, 1, 1.5]
            startX: 0
            startY: stroke.height / 2

            PathLine {
                x: stroke.width
                y: stroke.height / 2
            }
        }
    }

    Text {
        anchors.centerIn: parent
        visible: stroke.points
        text: ["●", "×", "▲", "■", "◆", "+"][stroke.look % 6]
        font: Theme.role(11, Font.DemiBold)
        color: Theme.lane(stroke.look)
    }
}
