// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// One parameter: its name, its value or "server default", and what changes it.
Item {
    id: row

    required property int index
    required property string name
    /// Empty but for the first parameter of a group.
    required property string groupTitle
    required property string help
    required property int editor
    required property bool touched
    required property real number
    required property bool flag
    required property string valueText
    required property string defaultText
    required property bool defaultKnown
    required property real minimum
    required property real maximum
    required property real step
    required property list<string> choices
    required property bool ignored
    required property string problem
    required property ParameterModel parameters

    implicitHeight: column.implicitHeight + Theme.space12

    ColumnLayout {
        id: column

        x: Theme.space16
        width: row.width - 2 * Theme.space16
        spacing: Theme.space2

        Text {
            Layout.topMargin: Theme.space8
            Layout.bottomMargin: Theme.space8
            visible: row.groupTitle !== ""
            text: row.groupTitle
            font: Theme.role(12, Font.DemiBold)
            color: Theme.textMuted
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space8

            Text {
                text: row.name
                font: Theme.code
                color: row.touched ? Theme.text : Theme.textSecondary
                elide: Text.ElideRight
                Layout.fillWidth: true

                HoverHandler {
                    id: nameHover
                }

                RowToolTip {
                    visible: nameHover.hovered && row.help !== ""
                    text: row.help
                }
            }

            Chip {
                visible: row.ignored
                tone: Chip.Warning
                text: qsTr("ignored")
                Accessible.description: qsTr("The server takes this parameter without effect")
            }

            Caption {
                visible: !row.touched && row.problem === "" && (row.editor === ParameterModel.Slider || row.editor === ParameterModel.Switch)
                text: row.defaultText
                wrapMode: Text.NoWrap
            }

            AppField {
                visible: (row.touched || row.problem !== "") && row.editor === ParameterModel.Slider
                implicitWidth: Theme.px(84)
                implicitHeight: Theme.px(26)
                mono: true
                horizontalAlignment: TextInput.AlignRight
                text: row.valueText
                problem: row.problem !== ""
                Accessible.name: qsTr("Value of %1").arg(row.name)
                onEditingFinished: if (text !== row.valueText) {
                    row.parameters.setText(row.index, text);
                }
            }

            AppSwitch {
                visible: row.editor === ParameterModel.Switch
                checked: row.flag
                opacity: row.touched ? 1 : 0.55
                Accessible.name: row.name
                onToggled: row.parameters.setBool(row.index, checked)
            }

            IconButton {
                implicitWidth: Theme.px(26)
                implicitHeight: Theme.px(26)
                visible: row.touched || row.problem !== ""
                icon.name: "edit-undo"
                text: qsTr("Leave %1 to the server").arg(row.name)
                onClicked: row.parameters.reset(row.index)
            }
        }

        AppSlider {
            Layout.fillWidth: true
            visible: row.editor === ParameterModel.Slider
            unset: !row.touched
            placed: row.touched || row.defaultKnown
            from: row.minimum
            to: row.maximum
            stepSize: row.step
            value: row.number
            Accessible.name: row.name
            Accessible.description: row.touched ? "" : row.defaultText
            onMoved: row.parameters.setNumber(row.index, value)
        }

        AppField {
            Layout.fillWidth: true
            visible: row.editor === ParameterModel.Number || row.editor === ParameterModel.Text || row.editor === ParameterModel.Json
            mono: true
            text: row.valueText
            placeholderText: row.defaultText
            problem: row.problem !== ""
            Accessible.name: row.name
            onEditingFinished: if (text !== row.valueText) {
                row.parameters.setText(row.index, text);
            }
        }

        AppComboBox {
            Layout.fillWidth: true
            visible: row.editor === ParameterModel.Choice
            model: row.choices
            currentIndex: row.touched ? row.choices.indexOf(row.valueText) : -1
            placeholderText: row.defaultText
            Accessible.name: row.name
            onActivated: row.parameters.setText(row.index, currentText)
        }

        Caption {
            Layout.fillWidth: true
            visible: row.problem !== ""
            text: row.problem
            color: Theme.danger
        }
    }
}
