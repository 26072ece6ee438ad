// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// A prompt, as it was typed.
Item {
    id: root

    required property TimelineRow row

    implicitHeight: document.textHeight + 2 * Theme.space12
    Accessible.role: Accessible.Paragraph
    Accessible.name: root.row.spoken

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusUser
        color: Theme.userText
    }

    BlockDocument {
        id: document

        anchors.fill: edit
        row: root.row
        edit: edit
        content: BlockDocument.Text
    }

    RowText {
        id: edit

        x: Theme.px(14)
        y: Theme.space12
        width: root.width - 2 * x
        row: root.row
        Accessible.ignored: true
    }
}
