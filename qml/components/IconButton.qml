// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import QtQuick.Templates as T

/// A button of one icon. `text` is its name, for the tooltip and for screen readers.
T.AbstractButton {
    id: button

    property string shortcutHint
    property color iconColor: button.checked ? Theme.accent : Theme.textSecondary

    implicitWidth: Theme.px(32)
    implicitHeight: Theme.px(32)
    opacity: button.enabled ? 1 : 0.45
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: button.text

    ToolTip.visible: (button.hovered || button.visualFocus) && button.text !== "" && !button.pressed
    ToolTip.delay: 600
    ToolTip.text: button.shortcutHint === "" ? button.text : qsTr("%1 (%2)").arg(button.text).arg(button.shortcutHint)

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: button.icon.name
            color: button.iconColor
        }
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: button.down ? Theme.borderSubtle : button.hovered ? Theme.hover : "transparent"

        FocusRing {
            gap: 0
            visible: button.visualFocus
        }
    }
}
