// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

/// A small labelled fact, 22 high; with `clickable` also a button. The tone says its state, and
/// the words say it too.
T.AbstractButton {
    id: chip

    enum Tone {
        Neutral,
        Accent,
        Success,
        Warning,
        Danger,
        Info
    }

    property int tone: Chip.Neutral
    property bool clickable: false
    /// Filled with its tone's colour, as one chosen among several.
    property bool filled: false
    /// Shows a small arrow: a list opens.
    property bool opens: false
    property real maximumTextWidth: Theme.px(300)

    readonly property color ink: chip.tone === Chip.Success ? Theme.success : chip.tone === Chip.Warning ? Theme.warning : chip.tone === Chip.Danger ? Theme.danger : chip.tone === Chip.Info ? Theme.info : chip.tone === Chip.Accent ? Theme.accent : Theme.textSecondary
    readonly property color ground: chip.tone === Chip.Success ? Theme.successTint : chip.tone === Chip.Warning ? Theme.warningTint : chip.tone === Chip.Danger ? Theme.dangerTint : chip.tone === Chip.Info ? Theme.infoTint : Theme.sunken

    implicitWidth: row.implicitWidth + Theme.space16
    implicitHeight: Theme.px(22)
    enabled: chip.clickable
    focusPolicy: chip.clickable ? Qt.StrongFocus : Qt.NoFocus
    hoverEnabled: chip.clickable
    Accessible.name: chip.text
    Accessible.role: chip.clickable ? Accessible.Button : Accessible.StaticText

    contentItem: Item {
        RowLayout {
            id: row

            anchors.centerIn: parent
            spacing: Theme.space4

            Text {
                Layout.maximumWidth: chip.maximumTextWidth
                text: chip.text
                font: Theme.metric
                color: chip.filled ? Theme.textOnAccent : chip.ink
                elide: Text.ElideRight
            }

            Icon {
                visible: chip.opens
                name: "arrow-down"
                size: 12
                color: chip.ink
            }
        }
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: chip.filled ? chip.ink : chip.hovered ? Theme.hover : chip.ground
        border.width: 1
        border.color: Theme.borderSubtle

        FocusRing {
            gap: 1
            visible: chip.visualFocus
        }
    }
}
