// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

T.Slider {
    id: slider

    /// Shown without a position of its own: the value is left to somebody else.
    property bool unset: false

    implicitWidth: Theme.px(160)
    implicitHeight: Theme.px(24)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: slider.enabled ? 1 : 0.5

    background: Rectangle {
        y: (slider.height - height) / 2
        width: slider.width
        height: Theme.space4
        radius: height / 2
        color: Theme.borderSubtle

        Rectangle {
            visible: !slider.unset
            width: slider.visualPosition * parent.width
            height: parent.height
            radius: parent.radius
            color: Theme.accent
        }
    }

    handle: Rectangle {
        x: slider.visualPosition * (slider.width - width)
        y: (slider.height - height) / 2
        width: Theme.px(16)
        height: Theme.px(16)
        radius: width / 2
        color: slider.unset ? Theme.window : slider.pressed || slider.hovered ? Theme.accentHover : Theme.accent
        border.width: slider.unset ? Theme.space2 : 0
        border.color: Theme.borderControl

        FocusRing {
            around: parent.radius
            visible: slider.visualFocus
        }
    }
}
