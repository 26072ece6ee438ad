// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

T.MenuItem {
    id: item

    property bool danger: false
    /// The one in force among several.
    property bool marked: item.checked
    /// Keeps room for the mark, so that the items of a list end alike.
    property bool markable: item.checkable
    property string detail
    property string shortcutHint

    readonly property color ink: item.danger ? Theme.danger : Theme.text

    implicitWidth: row.implicitWidth + Theme.space24
    implicitHeight: Theme.px(32)
    opacity: item.enabled ? 1 : 0.45
    hoverEnabled: true
    font: Theme.body
    Accessible.name: item.text

    contentItem: RowLayout {
        id: row

        spacing: Theme.space8

        Icon {
            visible: item.icon.name !== ""
            name: item.icon.name
            size: 18
            color: item.danger ? Theme.danger : Theme.textSecondary
            Layout.leftMargin: Theme.space8
        }

        Text {
            Layout.fillWidth: true
            Layout.leftMargin: item.icon.name === "" ? Theme.space8 : 0
            text: item.text
            font: item.font
            color: item.ink
            elide: Text.ElideRight
        }

        Text {
            Layout.maximumWidth: item.width / 2
            visible: text !== ""
            text: item.detail === "" ? item.shortcutHint : item.detail
            font: Theme.metric
            color: Theme.textMuted
            elide: Text.ElideMiddle
            textFormat: Text.PlainText
            Layout.rightMargin: item.markable ? 0 : Theme.space8
        }

        Icon {
            visible: item.markable
            opacity: item.marked ? 1 : 0
            name: "checkmark"
            size: 16
            color: Theme.accent
            Layout.rightMargin: Theme.space8
        }
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: item.highlighted || item.hovered ? Theme.hover : "transparent"
    }
}
