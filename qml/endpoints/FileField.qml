// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Lorikeet.App

/// The path of a certificate's file, typed or chosen.
FormField {
    id: field

    required property EndpointEditor editor
    property string path

    signal picked(path: string)

    AppField {
        Layout.fillWidth: true
        mono: true
        text: field.path
        placeholderText: qsTr("none (PEM)")
        Accessible.name: field.label
        onTextEdited: field.picked(text)
    }

    AppButton {
        text: qsTr("Choose …")
        Accessible.name: qsTr("Choose a file: %1").arg(field.label)
        onClicked: dialog.open()
    }

    FileDialog {
        id: dialog

        title: field.label
        nameFilters: [qsTr("Certificates (*.pem *.crt *.cer *.key)"), qsTr("All files (*)")]
        onAccepted: field.picked(field.editor.localPath(selectedFile))
    }
}
