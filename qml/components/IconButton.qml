// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

/// A button of one icon. `text` is its name, for the tooltip and for screen readers.
T.AbstractButton {
    id: button

    property string shortcutHint
    property real iconSize: 22
    /// It was pressed since the pointer came: what it is called is known, and would be in the way.
    property bool known: false
    property color iconColor: button.checked ? Theme.accent : Theme.textSecondary

    implicitWidth: Theme.px(32)
    implicitHeight: Theme.px(32)
    opacity: button.enabled ? 1 : 0.45
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: button.text

    onPressed: button.known = true
    onHoveredChanged: button.known = false

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: button.icon.name
            size: button.iconSize
            color: button.iconColor
        }
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: button.down ? Theme.borderSubtle : button.hovered ? Theme.hover : "transparent"
    }

    // Made when it is wanted: there are many buttons, and few are ever asked for their names.
    Loader {
        anchors.fill: parent
        active: button.hovered || button.visualFocus
        sourceComponent: Item {
            FocusRing {
                gap: 0
                visible: button.visualFocus
            }

            RowToolTip {
                delay: 600
                visible: button.text !== "" && !button.known
                text: button.shortcutHint === "" ? button.text : qsTr("%1 (%2)", "name, keys").arg(button.text).arg(button.shortcutHint)
            }
        }
    }
}
