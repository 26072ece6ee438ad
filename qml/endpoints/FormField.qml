// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts

/// A label, a field, and what there is to say about it.
ColumnLayout {
    id: form

    property string label
    property string note
    property bool noteIsProblem: false
    /// A letter of the label that goes to the field together with Alt; empty: none.
    property string mnemonic
    /// It is underlined.
    property bool mnemonicShown: false
    default property alias content: holder.data

    Layout.fillWidth: true
    spacing: Theme.space4

    Shortcut {
        enabled: form.visible && form.enabled && form.mnemonic !== ""
        sequence: form.mnemonic === "" ? "" : "Alt+" + form.mnemonic
        onActivated: holder.children[0].forceActiveFocus(Qt.ShortcutFocusReason)
    }

    Caption {
        text: form.mnemonicShown && form.mnemonic !== "" ? form.label.replace(form.mnemonic, "<u>" + form.mnemonic + "</u>") : form.label
        textFormat: form.mnemonicShown && form.mnemonic !== "" ? Text.StyledText : Text.PlainText
    }

    RowLayout {
        id: holder

        Layout.fillWidth: true
        spacing: Theme.space8
    }

    Caption {
        Layout.fillWidth: true
        visible: form.note !== ""
        font: Theme.role(12, Font.Normal)
        text: form.note
        color: form.noteIsProblem ? Theme.danger : Theme.textMuted
    }
}
