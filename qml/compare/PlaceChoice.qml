// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import Lorikeet.App

/// The place of one answer among all, as a row of numbers to press.
Rectangle {
    id: choice

    required property CompareJudging judging
    required property int place
    required property int count

    readonly property string letter: String.fromCharCode(65 + choice.place)
    readonly property bool next: choice.judging.rankedNext === choice.place

    implicitWidth: row.implicitWidth + 2 * Theme.space4
    implicitHeight: Theme.px(32)
    radius: Theme.radiusCard
    color: choice.next && choice.enabled ? Theme.selected : "transparent"
    border.width: 1
    border.color: choice.next && choice.enabled ? Theme.accent : Theme.borderSubtle
    opacity: choice.enabled ? 1 : 0.6
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Place of answer %1").arg(choice.letter)

    Row {
        id: row

        x: Theme.space4
        height: parent.height
        spacing: Theme.space2

        LaneBadge {
            anchors.verticalCenter: parent.verticalCenter
            place: choice.place
            letter: choice.letter
        }

        Repeater {
            model: choice.count

            Chip {
                id: number

                required property int index
                readonly property bool chosen: choice.judging.places[choice.place] === number.index + 1

                objectName: "placeChip-" + choice.letter + (number.index + 1)
                anchors.verticalCenter: parent.verticalCenter
                implicitWidth: Theme.px(28)
                implicitHeight: Theme.px(28)
                clickable: choice.enabled
                filled: number.chosen
                tone: number.chosen ? Chip.Accent : Chip.Neutral
                text: number.index + 1
                Accessible.role: Accessible.RadioButton
                Accessible.checkable: true
                Accessible.checked: number.chosen
                Accessible.name: qsTr("Answer %1 has place %2").arg(choice.letter).arg(number.index + 1)
                onClicked: choice.judging.rank(choice.place, number.index + 1)
            }
        }
    }
}
