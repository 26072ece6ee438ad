// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

T.ScrollBar {
    id: bar

    implicitWidth: Theme.px(10)
    implicitHeight: Theme.px(10)
    padding: Theme.space2
    visible: bar.policy !== T.ScrollBar.AlwaysOff && bar.size < 1
    minimumSize: 0.06

    contentItem: Rectangle {
        implicitWidth: Theme.px(6)
        implicitHeight: Theme.px(6)
        radius: Theme.px(3)
        color: bar.pressed || bar.hovered ? Theme.textMuted : Theme.borderControl
        opacity: bar.active || bar.hovered ? 1 : 0.45
    }
}
