// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// A formula, as TeX: its source can be copied.
Item {
    id: root

    required property TimelineRow row

    implicitHeight: document.textHeight + 2 * Theme.px(10)
    Accessible.role: Accessible.Equation
    Accessible.name: root.row.spoken

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusCard
        color: Theme.sunken
        border.color: Theme.borderSubtle
    }

    RowDocument {
        id: document

        anchors.fill: edit
        row: root.row
        edit: edit
    }

    RowText {
        id: edit

        x: Theme.px(14)
        y: Theme.px(10)
        width: root.width - 2 * x - Theme.px(48)
        row: root.row
        font: Theme.code
        LayoutMirroring.enabled: false
        Accessible.ignored: true
    }

    Rectangle {
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(10)
        anchors.verticalCenter: parent.verticalCenter
        width: chip.implicitWidth + Theme.space12
        height: Theme.px(20)
        radius: Theme.radiusControl
        color: Theme.surface
        border.color: Theme.borderSubtle

        Text {
            id: chip

            anchors.centerIn: parent
            text: "TeX"
            font: Theme.metric
            color: Theme.textMuted
        }
    }
}
