// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// Why an answer has no proper end.
Item {
    id: root

    required property TimelineRow row

    implicitHeight: Theme.px(24)

    Text {
        width: root.width
        height: root.height
        text: root.row.label
        font: Theme.metric
        color: Theme.warning
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
