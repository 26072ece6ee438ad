// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// Who answered, with what, when.
Item {
    id: root

    required property TimelineRow row

    implicitHeight: Theme.px(24)
    Accessible.role: Accessible.StaticText
    Accessible.name: root.row.facts === "" ? root.row.name : qsTr("%1, %2", "name, model and endpoint").arg(root.row.name).arg(root.row.facts)

    Rectangle {
        id: dot

        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(10)
        height: width
        radius: width / 2
        color: root.row.laneColor
    }

    Text {
        id: name

        anchors.left: dot.right
        anchors.leftMargin: Theme.space8
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, root.width - time.width - Theme.px(40))
        text: root.row.name
        textFormat: Text.PlainText
        font: Theme.button
        color: Theme.text
        elide: Text.ElideRight
    }

    Text {
        anchors.left: name.right
        anchors.leftMargin: Theme.space8
        anchors.right: time.left
        anchors.rightMargin: Theme.space8
        anchors.baseline: name.baseline
        text: root.row.facts
        textFormat: Text.PlainText
        font: Theme.metric
        color: Theme.textMuted
        elide: Text.ElideRight
    }

    Text {
        id: time

        anchors.right: parent.right
        anchors.baseline: name.baseline
        text: root.row.time
        font: Theme.metric
        color: Theme.textMuted

        HoverHandler {
            id: hover
        }

        RowToolTip {
            text: root.row.exactTime
            visible: hover.hovered
        }
    }
}
