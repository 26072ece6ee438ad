// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

/// A prompt of the library: its name, and what it is for.
T.AbstractButton {
    id: row

    required property int index
    required property string title
    required property string about
    property bool current: false
    property bool chosen: false

    implicitHeight: Theme.px(44)
    leftPadding: Theme.space8
    rightPadding: Theme.space8
    focusPolicy: Qt.NoFocus
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: row.title
    Accessible.description: row.about

    contentItem: ColumnLayout {
        spacing: 0

        Text {
            Layout.fillWidth: true
            text: row.title
            font: row.chosen ? Theme.bodyStrong : Theme.body
            color: Theme.text
            elide: Text.ElideRight
            textFormat: Text.PlainText
        }

        Text {
            Layout.fillWidth: true
            visible: text !== ""
            text: row.about
            font: Theme.role(12, Font.Normal)
            color: row.chosen ? Theme.textSecondary : Theme.textMuted
            elide: Text.ElideRight
            textFormat: Text.PlainText
        }
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: row.chosen ? Theme.selected : row.hovered || row.current ? Theme.hover : "transparent"

        FocusRing {
            gap: -2
            visible: row.current
        }
    }
}
