// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

T.Slider {
    id: slider

    /// The value is left to somebody else: the knob is hollow.
    property bool unset: false
    /// It is known where the knob stands. Otherwise it shows only while it can be grabbed.
    property bool placed: true

    readonly property bool ghost: slider.unset && !slider.placed

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
        color: slider.ghost ? "transparent" : Theme.borderSubtle
        border.width: slider.ghost ? 1 : 0
        border.color: Theme.borderControl

        Rectangle {
            visible: !slider.unset
            width: slider.visualPosition * parent.width
            height: parent.height
            radius: parent.radius
            color: Theme.accent
        }
    }

    handle: Rectangle {
        visible: !slider.ghost || slider.hovered || slider.visualFocus || slider.pressed
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
