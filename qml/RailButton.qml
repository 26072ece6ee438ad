// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import QtQuick.Templates as T

T.AbstractButton {
    id: button

    property string shortcutHint

    readonly property color ink: button.checked ? Theme.accent : Theme.textSecondary

    // As wide as the longest label, which is wider than the design's 44.
    implicitWidth: Theme.px(52)
    implicitHeight: Theme.px(48)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.PageTab
    Accessible.name: button.text

    ToolTip.visible: button.hovered
    ToolTip.delay: 600
    ToolTip.text: button.shortcutHint === "" ? button.text : qsTr("%1 (%2)").arg(button.text).arg(button.shortcutHint)

    contentItem: Item {
        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.px(6)
            name: button.icon.name
            color: button.ink
        }

        Text {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.px(31)
            text: button.text
            font: Theme.railLabel
            color: button.ink
        }
    }

    background: Rectangle {
        radius: Theme.radiusCard
        color: button.checked ? Theme.selected : button.hovered ? Theme.hover : "transparent"

        FocusRing {
            around: Theme.radiusCard
            gap: 0
            visible: button.visualFocus
        }
    }
}
