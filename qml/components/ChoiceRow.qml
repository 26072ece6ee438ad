// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

/// One of several things of which one is chosen.
T.AbstractButton {
    id: row

    property bool chosen: false
    property string detail
    /// The detail says what is wrong.
    property bool faulty: false

    implicitHeight: Theme.px(row.detail === "" ? 32 : 44)
    leftPadding: Theme.space8
    rightPadding: Theme.space8
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.RadioButton
    Accessible.name: row.text
    Accessible.description: row.detail
    Accessible.checked: row.chosen

    contentItem: RowLayout {
        spacing: Theme.space8

        Rectangle {
            implicitWidth: Theme.px(14)
            implicitHeight: Theme.px(14)
            radius: width / 2
            color: "transparent"
            border.width: row.chosen ? Theme.px(4) : 1
            border.color: row.chosen ? Theme.accent : row.hovered ? Theme.textSecondary : Theme.borderControl
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Text {
                Layout.fillWidth: true
                text: row.text
                font: row.chosen ? Theme.bodyStrong : Theme.body
                color: Theme.text
                elide: Text.ElideMiddle
                textFormat: Text.PlainText
            }

            Text {
                Layout.fillWidth: true
                visible: row.detail !== ""
                text: row.detail
                font: Theme.role(12, Font.Normal)
                color: row.faulty ? Theme.danger : Theme.textMuted
                elide: Text.ElideMiddle
                textFormat: Text.PlainText
            }
        }
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: row.chosen ? Theme.selected : row.hovered ? Theme.hover : "transparent"

        FocusRing {
            gap: -2
            visible: row.visualFocus
        }
    }
}
