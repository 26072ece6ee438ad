// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// A table, with its own sideways scrolling.
Item {
    id: root

    required property TimelineRow row

    implicitHeight: document.textHeight + actions.height
    Accessible.role: Accessible.Table
    Accessible.name: root.row.spoken

    Rectangle {
        id: card

        x: root.row.indent * Theme.px(20)
        width: Math.min(root.width - x, document.textWidth)
        height: document.textHeight
        color: "transparent"

        SideScroller {
            id: scroller

            anchors.fill: parent
            contentWidth: document.textWidth

            RowDocument {
                id: document

                anchors.fill: edit
                row: root.row
                edit: edit
            }

            RowText {
                id: edit

                width: root.width - card.x
                row: root.row
                Accessible.ignored: true
            }
        }

        Rectangle {
            anchors.fill: parent
            color: "transparent"
            radius: Theme.px(2)
            border.color: Theme.borderSubtle
        }
    }

    Row {
        id: actions

        // Its words begin where the table does.
        x: card.x - Theme.space8
        y: card.height
        height: Theme.px(28)

        TextAction {
            id: csv

            text: qsTr("Copy as CSV")
            flatInk: Theme.textMuted
            onClicked: root.row.copyTable(true)
        }

        TextAction {
            id: markdown

            text: qsTr("Copy as Markdown")
            flatInk: Theme.textMuted
            onClicked: root.row.copyTable(false)
        }
    }
}
