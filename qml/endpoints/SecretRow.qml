// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// A field for a secret: what is kept is not shown again.
FormField {
    id: row

    required property SecretField field
    property string fieldName
    property string placeholderText

    signal accepted

    note: row.field.note

    AppField {
        objectName: row.fieldName
        Layout.fillWidth: true
        mono: true
        echoMode: text.startsWith("env:") ? TextInput.Normal : TextInput.Password
        passwordCharacter: "•"
        text: row.field.text
        placeholderText: row.field.present && row.field.text === "" ? qsTr("kept; type to replace it") : row.placeholderText
        Accessible.name: row.label
        Accessible.passwordEdit: true
        onTextEdited: row.field.text = text
        onAccepted: row.accepted()
    }

    AppButton {
        visible: row.field.present
        text: qsTr("Remove")
        Accessible.name: qsTr("Remove: %1").arg(row.label)
        onClicked: row.field.clear()
    }
}
