// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// How the lanes of a grid did, each with its intervals.
Item {
    id: strip

    required property GridController grid

    implicitHeight: scroller.height + note.implicitHeight + Theme.space12 + Theme.space8

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    Flickable {
        id: scroller

        x: Theme.space16
        y: Theme.space12
        width: parent.width - 2 * Theme.space16
        height: row.implicitHeight + (scroller.contentWidth > scroller.width ? Theme.space12 : 0)
        contentWidth: row.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.HorizontalFlick

        ScrollBar.horizontal: AppScrollBar {}

        RowLayout {
            id: row

            width: Math.max(scroller.width, strip.grid.figures.length * Theme.px(232))
            spacing: Theme.space12

            Repeater {
                model: strip.grid.figures

                GridLaneCard {
                    required property laneFigures modelData

                    Layout.fillWidth: true
                    lane: modelData
                }
            }
        }
    }

    Caption {
        id: note

        x: Theme.space16
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space4
        width: parent.width - 2 * Theme.space16
        font: Theme.role(12, Font.Normal)
        text: qsTr("In brackets: 95 % intervals; of shares by Wilson’s score, of means by bootstrap over rows.")
        maximumLineCount: 1
        elide: Text.ElideRight
    }
}
