// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// Who is asked how often.
ColumnLayout {
    id: list

    required property LoadMix mix

    spacing: Theme.space8

    FormField {
        label: qsTr("Who is asked")
        note: list.mix.mode === LoadMix.Zipf ? qsTr("The first the most; the n-th as often as 1/n to this power.") : list.mix.mode === LoadMix.RoundRobin ? qsTr("One after the other: each request is another adapter's.") : ""

        AppComboBox {
            objectName: "loadMixMode"
            Layout.fillWidth: true
            model: [qsTr("one model or adapter"), qsTr("several, by weights"), qsTr("several, by Zipf’s law"), qsTr("several in turn")]
            currentIndex: list.mix.mode
            Accessible.name: qsTr("Who is asked")
            onActivated: index => list.mix.mode = index
        }

        AppField {
            Layout.preferredWidth: Theme.px(64)
            visible: list.mix.mode === LoadMix.Zipf
            mono: true
            text: list.mix.exponent.text
            problem: list.mix.exponent.problem !== ""
            Accessible.name: qsTr("Exponent")
            onTextEdited: list.mix.exponent.text = text
        }
    }

    Repeater {
        model: list.mix.mode === LoadMix.One ? null : list.mix

        RowLayout {
            id: row

            required property int index
            required property string name
            required property bool chosen
            required property string weight
            required property real share
            required property int look

            Layout.fillWidth: true
            spacing: Theme.space8

            AppSwitch {
                Layout.fillWidth: true
                text: row.name
                checked: row.chosen
                onToggled: list.mix.setChosen(row.index, checked)
            }

            Rectangle {
                Layout.preferredWidth: Theme.px(72)
                implicitHeight: Theme.px(6)
                radius: height / 2
                color: Theme.sunken
                visible: row.chosen

                Rectangle {
                    width: parent.width * row.share
                    height: parent.height
                    radius: parent.radius
                    color: Theme.lane(row.look)
                }
            }

            Text {
                Layout.preferredWidth: Theme.px(44)
                visible: row.chosen
                text: Number(row.share * 100).toLocaleString(Qt.locale(), 'f', 0) + " %"
                horizontalAlignment: Text.AlignRight
                font: Theme.number
                color: Theme.textSecondary
            }

            AppField {
                Layout.preferredWidth: Theme.px(56)
                implicitHeight: Theme.px(28)
                visible: row.chosen && list.mix.mode === LoadMix.Weights
                mono: true
                text: row.weight
                Accessible.name: qsTr("Weight of %1").arg(row.name)
                onTextEdited: list.mix.setWeight(row.index, text)
            }
        }
    }

    Caption {
        Layout.fillWidth: true
        visible: text !== ""
        text: list.mix.problem
        color: Theme.danger
    }
}
