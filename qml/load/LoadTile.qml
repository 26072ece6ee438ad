// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

/// A big figure that changes while one looks at it, and smaller ones below.
Rectangle {
    id: tile

    required property string name
    required property string value
    property string unit
    property string detail
    property color ink: Theme.text

    implicitWidth: Theme.px(136)
    implicitHeight: Theme.px(76)
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.StaticText
    Accessible.name: [tile.name, tile.value, tile.unit, tile.detail].filter(text => text !== "").join(" ")

    Caption {
        x: Theme.space12
        y: Theme.space8
        width: parent.width - 2 * Theme.space12
        text: tile.name
        wrapMode: Text.NoWrap
        elide: Text.ElideRight
    }

    Row {
        x: Theme.space12
        y: Theme.px(25)
        spacing: Theme.space4

        Text {
            id: figure

            // Digits of one width, and a place of its own, so that nothing jumps.
            text: tile.value === "" ? "–" : tile.value
            font: Qt.font({
                family: Theme.family,
                pixelSize: Theme.px(tile.value.length > 7 ? 18 : 21),
                weight: Font.DemiBold,
                features: {
                    "tnum": 1
                }
            })
            color: tile.ink
            height: Theme.px(28)
            verticalAlignment: Text.AlignVCenter
        }

        Text {
            height: Theme.px(28)
            bottomPadding: Theme.px(3)
            visible: tile.unit !== ""
            text: tile.unit
            font: Theme.metric
            color: Theme.textMuted
            verticalAlignment: Text.AlignBottom
        }
    }

    Text {
        x: Theme.space12
        y: Theme.px(54)
        width: parent.width - Theme.space16
        text: tile.detail
        font: Theme.number
        color: Theme.textSecondary
        elide: Text.ElideRight
    }
}
