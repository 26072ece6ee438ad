// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import Lorikeet
import Lorikeet.App

/// What the model thought: one line, which a click or the Right arrow opens.
Item {
    id: root

    required property TimelineRow row

    implicitHeight: Theme.px(24) + (root.row.expanded ? document.textHeight : 0)

    AbstractButton {
        id: head

        width: Math.min(line.implicitWidth + Theme.px(28), root.width)
        height: Theme.px(24)
        focusPolicy: Qt.TabFocus
        Accessible.role: Accessible.Button
        Accessible.name: root.row.label
        Accessible.description: root.row.expanded ? qsTr("Hides the reasoning") : qsTr("Shows the reasoning")
        onClicked: root.row.expanded = !root.row.expanded
        Keys.onRightPressed: root.row.expanded = true
        Keys.onLeftPressed: root.row.expanded = false

        contentItem: Item {
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.row.expanded ? "arrow-down" : "arrow-right"
                size: 16
                color: line.color
            }

            Text {
                id: line

                x: Theme.px(20)
                width: parent.width - x
                height: parent.height
                text: root.row.label
                font: Theme.metric
                color: head.hovered ? Theme.text : Theme.textMuted
                elide: Text.ElideRight
                verticalAlignment: Text.AlignVCenter
            }
        }

        background: Rectangle {
            color: "transparent"
            radius: Theme.radiusControl
            border.width: head.visualFocus ? 2 : 0
            border.color: Theme.accent
        }
    }

    Rectangle {
        visible: root.row.expanded
        y: Theme.px(24)
        width: Theme.px(2)
        height: document.textHeight
        color: Theme.borderSubtle
    }

    BlockDocument {
        id: document

        anchors.fill: edit
        row: root.row
        edit: edit
        content: BlockDocument.Text
        muted: true
    }

    RowText {
        id: edit

        visible: root.row.expanded
        x: Theme.px(16)
        y: Theme.px(24)
        width: root.width - x
        row: root.row
        color: Theme.textSecondary
    }
}
