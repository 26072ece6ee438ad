// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

T.Switch {
    id: control

    implicitWidth: indicator.width + (label.text === "" ? 0 : Theme.space8 + label.implicitWidth)
    implicitHeight: Math.max(Theme.px(24), label.implicitHeight)
    spacing: Theme.space8
    focusPolicy: Qt.StrongFocus
    opacity: control.enabled ? 1 : 0.5
    Accessible.name: control.text

    indicator: Rectangle {
        y: (control.height - height) / 2
        width: Theme.px(36)
        height: Theme.px(20)
        radius: height / 2
        color: control.checked ? Theme.accent : Theme.surface
        border.width: control.checked ? 0 : 1
        border.color: Theme.borderControl

        Rectangle {
            x: control.checked ? parent.width - width - Theme.px(3) : Theme.px(3)
            y: (parent.height - height) / 2
            width: Theme.px(14)
            height: Theme.px(14)
            radius: width / 2
            color: control.checked ? Theme.textOnAccent : Theme.borderControl

            Behavior on x {
                NumberAnimation {
                    duration: Theme.fade
                    easing.type: Easing.OutCubic
                }
            }
        }

        FocusRing {
            around: parent.radius
            visible: control.visualFocus
        }
    }

    contentItem: Text {
        id: label

        leftPadding: control.indicator.width + control.spacing
        text: control.text
        font: Theme.body
        color: Theme.text
        wrapMode: Text.Wrap
        verticalAlignment: Text.AlignVCenter
    }
}
