// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

/// A lane's letter in its colour; filled for the lane that the keys are about.
Rectangle {
    id: badge

    property int place: 0
    property string letter
    property bool filled: true

    implicitWidth: Theme.px(18)
    implicitHeight: Theme.px(18)
    radius: Theme.px(4)
    color: badge.filled ? Theme.lane(badge.place) : "transparent"
    border.width: 1
    border.color: Theme.lane(badge.place)
    Accessible.ignored: true

    Text {
        anchors.centerIn: parent
        text: badge.letter
        font: Theme.role(11, Font.Bold)
        color: badge.filled ? Theme.textOnAccent : Theme.lane(badge.place)
    }
}
