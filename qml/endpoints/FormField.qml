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
    default property alias content: holder.data

    Layout.fillWidth: true
    spacing: Theme.space4

    Caption {
        text: form.label
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
