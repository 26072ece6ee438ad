// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts

/// A variable of a template that is being written.
RowLayout {
    id: row

    required property int index
    required property string name
    required property string description
    required property string defaultText

    signal described(text: string)
    signal defaulted(text: string)

    spacing: Theme.space8

    Text {
        Layout.preferredWidth: Theme.px(120)
        text: row.name
        font: Theme.code
        color: Theme.text
        elide: Text.ElideRight
        textFormat: Text.PlainText
    }

    AppField {
        objectName: "describe-" + row.name
        Layout.fillWidth: true
        text: row.description
        placeholderText: qsTr("What to put there")
        Accessible.name: qsTr("What to put there for %1").arg(row.name)
        onTextEdited: row.described(text)
    }

    AppField {
        id: fallback

        objectName: "default-" + row.name
        Layout.preferredWidth: Theme.px(170)
        mono: true
        placeholderText: qsTr("no default")
        Accessible.name: qsTr("Default of %1").arg(row.name)
        onTextEdited: row.defaulted(text)
        // Not while one types: 0. would become 0.
        Component.onCompleted: text = row.defaultText
        onEditingFinished: text = row.defaultText

        Connections {
            target: row

            function onDefaultTextChanged() {
                if (!fallback.activeFocus) {
                    fallback.text = row.defaultText;
                }
            }
        }
    }
}
