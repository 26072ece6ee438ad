// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import Lorikeet

ToolTip {
    id: tip

    delay: 400
    font: Theme.body
    padding: Theme.space8
    // A popup is as wide as its content wants to be; a sentence wants a single line.
    contentWidth: Math.min(words.implicitWidth, Theme.px(420))

    contentItem: Text {
        id: words

        text: tip.text
        textFormat: Text.PlainText
        font: Theme.body
        color: Theme.text
        wrapMode: Text.Wrap
    }

    background: Rectangle {
        color: Theme.surface
        radius: Theme.radiusControl
        border.color: Theme.borderControl
    }
}
