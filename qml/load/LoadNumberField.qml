// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// A number to type, and what is wrong with it.
FormField {
    id: field

    required property LoadNumber number
    property string fieldName
    /// What an empty field means.
    property string placeholder

    Layout.preferredWidth: 1
    Layout.alignment: Qt.AlignTop
    note: field.number.problem
    noteIsProblem: true

    AppField {
        objectName: field.fieldName
        Layout.fillWidth: true
        mono: true
        text: field.number.text
        placeholderText: field.placeholder
        problem: field.number.problem !== ""
        inputMethodHints: Qt.ImhFormattedNumbersOnly
        Accessible.name: field.label
        onTextEdited: field.number.text = text
    }
}
