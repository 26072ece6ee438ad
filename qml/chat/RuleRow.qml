// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

Item {
    id: root

    required property TimelineRow row

    implicitHeight: Theme.px(9)
    Accessible.role: Accessible.Separator

    Rectangle {
        y: Theme.px(4)
        width: root.width
        height: 1
        color: Theme.borderSubtle
    }
}
