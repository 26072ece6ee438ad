// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

/// A button with words. At most one `Primary` is in sight at a time.
T.AbstractButton {
    id: button

    enum Kind {
        Plain,
        Primary,
        Danger,
        Flat
    }

    property int kind: AppButton.Plain
    property color flatInk: Theme.accent
    /// A letter of the text that presses it together with Alt; empty: none. It is not written as "&"
    /// into the text, since Qt keeps such a key off for a button that was disabled at first.
    property string mnemonic
    /// It is underlined.
    property bool mnemonicShown: false

    readonly property bool filled: button.kind === AppButton.Primary
    readonly property color ink: button.filled ? Theme.textOnAccent : button.kind === AppButton.Danger ? Theme.danger : button.kind === AppButton.Flat ? button.flatInk : Theme.text

    implicitWidth: row.implicitWidth + Theme.px(button.kind === AppButton.Flat ? 16 : 28)
    implicitHeight: Theme.px(32)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: button.enabled ? 1 : 0.5
    font: Theme.role(13, Font.DemiBold)
    Accessible.name: button.text
    // Space is there by itself.
    Keys.onReturnPressed: button.click()
    Keys.onEnterPressed: button.click()

    Shortcut {
        enabled: button.visible && button.enabled && button.mnemonic !== ""
        sequence: button.mnemonic === "" ? "" : "Alt+" + button.mnemonic
        onActivated: button.click()
    }

    contentItem: Item {
        implicitWidth: row.implicitWidth

        RowLayout {
            id: row

            anchors.centerIn: parent
            width: Math.min(row.implicitWidth, parent.width)
            spacing: Theme.px(6)

            Icon {
                visible: button.icon.name !== ""
                name: button.icon.name
                color: button.ink
                size: 18
            }

            Text {
                Layout.fillWidth: true
                text: button.mnemonicShown && button.mnemonic !== "" ? button.text.replace(button.mnemonic, "<u>" + button.mnemonic + "</u>") : button.text
                textFormat: button.mnemonicShown && button.mnemonic !== "" ? Text.StyledText : Text.PlainText
                font: button.font
                color: button.ink
                elide: Text.ElideRight
                verticalAlignment: Text.AlignVCenter
            }
        }
    }

    background: Rectangle {
        radius: Theme.radiusCard
        color: button.filled ? (button.hovered ? Theme.accentHover : Theme.accent) : button.down ? Theme.borderSubtle : button.hovered ? Theme.hover : button.checked ? Theme.selected : button.kind === AppButton.Flat ? "transparent" : Theme.surface
        border.width: button.filled || button.kind === AppButton.Flat ? 0 : 1
        border.color: button.kind === AppButton.Danger ? Theme.danger : Theme.borderControl

        FocusRing {
            around: Theme.radiusCard
            visible: button.visualFocus
        }
    }
}
