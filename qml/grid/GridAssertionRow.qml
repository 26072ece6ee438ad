// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// One thing that answers are held to.
ColumnLayout {
    id: row

    required property GridAssertions assertions
    required property list<string> schemas
    required property int index
    required property int kind
    required property string valueText
    required property string tolerance
    required property string problem

    spacing: Theme.space4

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space8

        AppComboBox {
            objectName: "assertionKind"
            Layout.preferredWidth: Theme.px(152)
            // In the order of GridAssertions.Kind.
            model: [qsTr("contains"), qsTr("matches"), qsTr("equals"), qsTr("number"), qsTr("JSON Schema"), qsTr("at most s"), qsTr("at most tokens")]
            currentIndex: row.kind
            Accessible.name: qsTr("What is looked at")
            onActivated: index => row.assertions.setKind(row.index, index)
        }

        AppField {
            objectName: "assertionValue"
            Layout.fillWidth: true
            visible: row.kind !== GridAssertions.Schema
            mono: true
            problem: row.problem !== ""
            text: row.valueText
            placeholderText: row.kind === GridAssertions.Regex ? qsTr("a regular expression") : row.kind === GridAssertions.MaxLatency ? qsTr("seconds") : row.kind === GridAssertions.MaxTokens ? qsTr("tokens") : row.kind === GridAssertions.Number ? qsTr("the last number in it") : "{{ expected }}"
            Accessible.name: qsTr("What is expected")
            onTextEdited: row.assertions.setValue(row.index, text)
        }

        AppField {
            objectName: "assertionTolerance"
            Layout.preferredWidth: Theme.px(72)
            visible: row.kind === GridAssertions.Number
            mono: true
            problem: row.problem !== ""
            text: row.tolerance
            placeholderText: qsTr("± 0")
            Accessible.name: qsTr("How far off it may be")
            onTextEdited: row.assertions.setTolerance(row.index, text)
        }

        AppComboBox {
            objectName: "assertionSchema"
            Layout.fillWidth: true
            visible: row.kind === GridAssertions.Schema
            model: row.schemas
            currentIndex: row.schemas.indexOf(row.valueText)
            displayText: row.valueText === "" ? qsTr("Choose one") : row.valueText
            Accessible.name: qsTr("Schema")
            onActivated: index => row.assertions.setValue(row.index, row.schemas[index])
        }

        IconButton {
            objectName: "removeAssertion"
            icon.name: "edit-delete"
            text: qsTr("Do not look at this")
            onClicked: row.assertions.remove(row.index)
        }
    }

    Caption {
        Layout.fillWidth: true
        visible: text !== ""
        text: row.problem
        color: Theme.danger
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
