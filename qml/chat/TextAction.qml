// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import Lorikeet

/// Words that act: under tables, in error cards, below folded code.
AbstractButton {
    id: button

    property color tint: Theme.link

    implicitHeight: Theme.px(28)
    implicitWidth: label.implicitWidth + 2 * Theme.space8
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: button.text

    contentItem: Text {
        id: label

        text: button.text
        font: Theme.metric
        color: button.enabled ? button.tint : Theme.textMuted
        verticalAlignment: Text.AlignVCenter
        horizontalAlignment: Text.AlignHCenter
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: button.down ? Theme.selected : (button.hovered ? Theme.hover : "transparent")
        border.width: button.visualFocus ? 2 : 0
        border.color: Theme.accent
    }
}
