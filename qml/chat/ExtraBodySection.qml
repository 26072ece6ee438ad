// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// Members of the request that no parameter stands for, as JSON.
ColumnLayout {
    id: section

    required property ExtraBody extraBody

    spacing: Theme.space4

    Text {
        Layout.topMargin: Theme.space8
        text: qsTr("Extra body")
        font: Theme.role(12, Font.DemiBold)
        color: Theme.textMuted
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }

    AppTextBox {
        id: box

        objectName: "extraBodyBox"
        Layout.fillWidth: true
        name: qsTr("Extra body")
        mono: true
        minimumLines: 2
        placeholderText: qsTr("JSON object")
        text: section.extraBody.text
        onEdited: section.extraBody.setText(text)

        Connections {
            target: section.extraBody

            function onChanged() {
                if (box.text !== section.extraBody.text) {
                    box.text = section.extraBody.text;
                }
            }
        }
    }

    Text {
        Layout.fillWidth: true
        text: section.extraBody.problem !== "" ? section.extraBody.problem : qsTr("Merged into the request last, over everything else.")
        font: Theme.role(12, Font.Normal)
        color: section.extraBody.problem !== "" ? Theme.danger : Theme.textMuted
        wrapMode: Text.Wrap
        Accessible.role: section.extraBody.problem !== "" ? Accessible.AlertMessage : Accessible.StaticText
        Accessible.name: text
    }
}
