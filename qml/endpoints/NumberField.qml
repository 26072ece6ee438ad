// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts

/// A short field for a number, as it is typed.
FormField {
    id: field

    property string value

    signal edited(text: string)

    Layout.preferredWidth: 1

    AppField {
        Layout.fillWidth: true
        mono: true
        text: field.value
        inputMethodHints: Qt.ImhFormattedNumbersOnly
        Accessible.name: field.label
        onTextEdited: field.edited(text)
    }
}
