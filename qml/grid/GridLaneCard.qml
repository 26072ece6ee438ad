// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// How one lane of a grid did: how many answers keep to all, on a scale with its interval, and the
/// means.
Rectangle {
    id: card

    required property laneFigures lane

    readonly property color ink: Theme.lane(card.lane.place)

    implicitHeight: column.implicitHeight + 2 * Theme.space12
    implicitWidth: Theme.px(220)
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.Grouping
    Accessible.name: [card.lane.name, card.lane.passed, card.lane.interval, card.lane.counts].filter(text => text !== "").join(", ")

    Rectangle {
        width: parent.width
        height: Theme.px(3)
        color: card.ink
    }

    ColumnLayout {
        id: column

        x: Theme.space12
        y: Theme.space12
        width: parent.width - 2 * Theme.space12
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space8

            Text {
                Layout.fillWidth: true
                text: card.lane.name
                textFormat: Text.PlainText
                font: Theme.bodyStrong
                color: card.ink
                elide: Text.ElideRight
            }

            Text {
                objectName: "lanePassed"
                text: card.lane.passed
                font: Theme.bodyStrong
                color: Theme.text
            }

            Text {
                visible: text !== ""
                text: card.lane.interval === "" ? "" : qsTr("(%1)").arg(card.lane.interval)
                font: Theme.number
                color: Theme.textSecondary
            }
        }

        Item {
            Layout.fillWidth: true
            implicitHeight: Theme.px(8)
            visible: card.lane.passed !== ""

            Rectangle {
                y: Theme.px(3)
                width: parent.width
                height: Theme.px(2)
                color: Theme.borderSubtle
            }

            Rectangle {
                x: parent.width * card.lane.low
                y: Theme.px(2)
                width: Math.max(2, parent.width * (card.lane.high - card.lane.low))
                height: Theme.px(4)
                radius: 2
                color: card.ink
                opacity: 0.45
            }

            Rectangle {
                x: parent.width * card.lane.share - width / 2
                width: Theme.px(8)
                height: Theme.px(8)
                radius: width / 2
                color: card.ink
            }
        }

        // A line for each figure, so that none is torn from its interval.
        Repeater {
            model: [card.lane.counts].concat(card.lane.means)

            Caption {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
        }

        Repeater {
            model: card.lane.checks

            Caption {
                required property string modelData

                Layout.fillWidth: true
                font: Theme.role(12, Font.Normal)
                text: modelData
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
        }
    }
}
