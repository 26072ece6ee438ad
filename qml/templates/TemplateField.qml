// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts

/// One variable of a template: what it is for, and its value.
ColumnLayout {
    id: field

    required property int index
    required property string name
    required property string description
    required property string valueText
    required property bool needed

    signal edited(text: string)
    /// By Ctrl+Enter.
    signal submitted

    function takeFocus() {
        box.forceActiveFocus(Qt.TabFocusReason);
    }

    spacing: Theme.space4

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space8

        Text {
            text: field.name
            font: Theme.code
            color: Theme.text
        }

        Caption {
            Layout.fillWidth: true
            text: field.description
            elide: Text.ElideRight
            maximumLineCount: 2
        }

        Caption {
            text: field.needed ? qsTr("needed") : qsTr("optional")
        }
    }

    AppTextBox {
        id: box

        objectName: "templateField-" + field.name
        Layout.fillWidth: true
        minimumLines: 1
        maximumLines: 6
        text: field.valueText
        name: field.description === "" ? field.name : qsTr("%1: %2", "variable, what it is for").arg(field.name).arg(field.description)
        onEdited: field.edited(box.text)
        Keys.onPressed: event => {
            if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && (event.modifiers & Qt.ControlModifier)) {
                event.accepted = true;
                field.submitted();
            }
        }
    }
}
