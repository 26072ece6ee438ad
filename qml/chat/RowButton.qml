// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import Lorikeet

/// A small button with an icon, as under an answer. Its name is told to screen readers and shown as
/// a tooltip.
ToolButton {
    id: button

    required property string name
    property color tint: Theme.textSecondary

    implicitWidth: Theme.px(28)
    implicitHeight: Theme.px(28)
    padding: Theme.px(3)
    display: AbstractButton.IconOnly
    icon.width: Theme.px(22)
    icon.height: Theme.px(22)
    icon.color: button.tint
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: button.name
    ToolTip.text: button.name
    ToolTip.visible: button.hovered
    ToolTip.delay: 600

    background: Rectangle {
        radius: Theme.radiusControl
        color: button.down ? Theme.selected : (button.hovered ? Theme.hover : "transparent")
        border.width: button.visualFocus ? 2 : 0
        border.color: Theme.accent
    }
}
