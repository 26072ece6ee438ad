// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// One schema within a schema: what a property is called, what it is, and whether it must be there.
FocusScope {
    id: row

    required property SchemaForm form
    required property int index
    required property int kind
    required property string name
    required property int depth
    required property int typeIndex
    required property string typeText
    required property bool nullable
    required property bool needed
    required property string valuesText
    required property string description
    required property string others
    required property bool fixed
    required property bool container
    required property bool folded
    required property bool grows
    required property string problem
    /// What the whole is called.
    property string rootName: qsTr("The answer")

    readonly property bool isProperty: row.kind === SchemaForm.Property
    readonly property string called: row.isProperty ? row.name : heading.text
    readonly property bool isScalar: row.typeText !== "object" && row.typeText !== "array" && row.typeText !== "boolean" && row.typeText !== "null"

    /// Has it typed into; with `isNew` what its name is now is in the way.
    function take(isNew: bool) {
        if (isNew || !row.activeFocus) {
            (row.isProperty ? nameField : typeBox).forceActiveFocus(Qt.TabFocusReason);
        }
        if (isNew) {
            nameField.selectAll();
        }
    }

    /// Shows what there is now, also where somebody types.
    function refresh() {
        nameField.text = row.name;
        valuesField.text = row.valuesText;
        descriptionField.text = row.description;
    }

    implicitHeight: column.implicitHeight + Theme.space16
    Accessible.role: Accessible.ListItem
    Accessible.name: row.called

    component RowAction: IconButton {
        implicitWidth: Theme.px(26)
        implicitHeight: Theme.px(28)
        iconSize: 16
    }

    Rectangle {
        width: row.width
        height: 1
        visible: row.index > 0
        color: Theme.borderSubtle
    }

    ColumnLayout {
        id: column

        x: Theme.space8 + Math.max(0, row.depth - 1) * Theme.px(18)
        y: Theme.space8
        width: row.width - x - Theme.space16
        spacing: Theme.space4

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space4

            RowAction {
                objectName: "foldRow"
                enabled: row.container
                opacity: row.container ? 1 : 0
                focusPolicy: row.container ? Qt.StrongFocus : Qt.NoFocus
                icon.name: row.folded ? "arrow-right" : "arrow-down"
                text: row.folded ? qsTr("Show what is in %1").arg(row.called) : qsTr("Hide what is in %1").arg(row.called)
                shortcutHint: row.folded ? qsTr("Alt+Right") : qsTr("Alt+Left")
                onClicked: row.form.setFolded(row.index, !row.folded)
            }

            SteadyField {
                id: nameField

                objectName: "propertyName"
                Layout.fillWidth: true
                Layout.minimumWidth: Theme.px(80)
                visible: row.isProperty
                mono: true
                value: row.name
                problem: row.problem !== ""
                Accessible.name: qsTr("Name of the property")
                onSettled: row.form.settle(row.index)
                onTextEdited: row.form.setName(row.index, text)
            }

            Text {
                id: heading

                Layout.fillWidth: true
                Layout.minimumWidth: Theme.px(80)
                visible: !row.isProperty
                text: row.kind === SchemaForm.Root ? row.rootName : row.kind === SchemaForm.Items ? qsTr("Each item") : qsTr("Definition “%1”").arg(row.name)
                textFormat: Text.PlainText
                font: Theme.bodyStrong
                color: Theme.text
                elide: Text.ElideRight
            }

            AppComboBox {
                id: typeBox

                objectName: "propertyType"
                implicitWidth: Theme.px(116)
                implicitHeight: Theme.px(28)
                enabled: !row.fixed
                model: row.form.types
                currentIndex: row.typeIndex
                displayText: row.typeText === "" ? qsTr("only in the text") : row.typeText
                Accessible.name: qsTr("Type of %1: %2").arg(row.called).arg(typeBox.displayText)
                onActivated: index => row.form.setType(row.index, index)
            }

            Chip {
                objectName: "propertyNull"
                visible: row.typeIndex !== 0 && row.typeText !== "null" && !row.fixed
                clickable: true
                tone: row.nullable ? Chip.Accent : Chip.Neutral
                text: row.nullable ? qsTr("or null") : qsTr("not null")
                Accessible.role: Accessible.CheckBox
                Accessible.checkable: true
                Accessible.checked: row.nullable
                Accessible.name: qsTr("%1 may be null").arg(row.called)
                onClicked: row.form.setNullable(row.index, !row.nullable)
            }

            Chip {
                objectName: "propertyRequired"
                visible: row.isProperty
                clickable: true
                tone: row.needed ? Chip.Accent : Chip.Neutral
                text: row.needed ? qsTr("required") : qsTr("optional")
                Accessible.role: Accessible.CheckBox
                Accessible.checkable: true
                Accessible.checked: row.needed
                Accessible.name: qsTr("%1 is required").arg(row.called)
                onClicked: row.form.setRequired(row.index, !row.needed)
            }

            RowAction {
                objectName: "addIntoRow"
                visible: row.grows
                icon.name: "list-add"
                text: qsTr("Add a property to %1").arg(row.called)
                onClicked: row.form.addInto(row.index)
            }

            RowAction {
                objectName: "moveRowUp"
                visible: row.isProperty
                icon.name: "go-up"
                text: qsTr("Move %1 up").arg(row.called)
                shortcutHint: qsTr("Alt+Up")
                onClicked: row.form.move(row.index, -1)
            }

            RowAction {
                objectName: "moveRowDown"
                visible: row.isProperty
                icon.name: "go-down"
                text: qsTr("Move %1 down").arg(row.called)
                shortcutHint: qsTr("Alt+Down")
                onClicked: row.form.move(row.index, 1)
            }

            RowAction {
                objectName: "removeRow"
                visible: row.isProperty
                icon.name: "edit-delete"
                text: qsTr("Take %1 out").arg(row.called)
                shortcutHint: qsTr("Alt+Del")
                onClicked: row.form.remove(row.index)
            }
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.px(30)
            spacing: Theme.space8

            SteadyField {
                id: descriptionField

                objectName: "propertyDescription"
                Layout.fillWidth: true
                Layout.preferredWidth: Theme.px(240)
                value: row.description
                placeholderText: qsTr("What it is, told to the model")
                Accessible.name: qsTr("Description of %1").arg(row.called)
                onSettled: row.form.settle(row.index)
                onTextEdited: row.form.setDescription(row.index, text)
            }

            SteadyField {
                id: valuesField

                objectName: "propertyValues"
                Layout.fillWidth: true
                Layout.preferredWidth: Theme.px(160)
                visible: !row.fixed && (row.isScalar || row.valuesText !== "")
                mono: true
                value: row.valuesText
                placeholderText: qsTr("one of: a, b, c")
                Accessible.name: qsTr("Values allowed of %1").arg(row.called)
                onSettled: row.form.settle(row.index)
                onTextEdited: row.form.setValues(row.index, text)
            }
        }

        Caption {
            objectName: "propertyOthers"
            Layout.fillWidth: true
            Layout.leftMargin: Theme.px(30)
            visible: row.others !== ""
            text: qsTr("Only in the text: %1").arg(row.others)
            maximumLineCount: 2
            elide: Text.ElideRight
        }

        Caption {
            objectName: "propertyProblem"
            Layout.fillWidth: true
            Layout.leftMargin: Theme.px(30)
            visible: row.problem !== ""
            text: row.problem
            color: Theme.danger
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
    }
}
