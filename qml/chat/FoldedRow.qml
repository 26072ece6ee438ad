// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import Lorikeet
import Lorikeet.App

/// A line of a message, which a click or the Right arrow opens: below stands the row's text.
Item {
    id: root

    required property TimelineRow row
    /// What a click does, for who cannot see it.
    property string showing
    property string hiding
    /// There is a text.
    property bool openable: true
    /// The line tells of something that went wrong.
    property bool alert: false
    /// The text is written as code.
    property bool mono: false

    implicitHeight: Theme.px(24) + (root.row.expanded ? document.textHeight : 0)

    AbstractButton {
        id: head

        objectName: "foldedHead"
        width: Math.min(line.implicitWidth + Theme.px(28), root.width)
        height: Theme.px(24)
        enabled: root.openable
        focusPolicy: Qt.TabFocus
        Accessible.role: root.openable ? Accessible.Button : Accessible.StaticText
        Accessible.name: root.row.label
        Accessible.description: !root.openable ? "" : root.row.expanded ? root.hiding : root.showing
        onClicked: root.row.expanded = !root.row.expanded
        Keys.onRightPressed: root.row.expanded = true
        Keys.onLeftPressed: root.row.expanded = false

        contentItem: Item {
            Icon {
                visible: root.openable
                anchors.verticalCenter: parent.verticalCenter
                name: root.row.expanded ? "arrow-down" : "arrow-right"
                size: 16
                color: line.color
            }

            Text {
                id: line

                x: root.openable ? Theme.px(20) : 0
                width: parent.width - x
                height: parent.height
                text: root.row.label
                font: Theme.metric
                color: root.alert ? Theme.danger : head.hovered ? Theme.text : Theme.textMuted
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
        mono: root.mono
    }

    RowText {
        id: edit

        visible: root.row.expanded
        x: Theme.px(16)
        y: Theme.px(24)
        width: root.width - x
        row: root.row
        font: root.mono ? Theme.code : Theme.prose
        color: Theme.textSecondary
    }
}
