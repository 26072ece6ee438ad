// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet.App

/// One fact as a chip; why it is believed is in its tooltip.
Item {
    id: item

    required property fact modelData
    property string separator: " "

    implicitWidth: chip.implicitWidth
    implicitHeight: chip.implicitHeight
    activeFocusOnTab: true
    Accessible.role: Accessible.StaticText
    Accessible.name: chip.text
    Accessible.description: item.modelData.ground

    Chip {
        id: chip

        text: qsTr("%1%2%3", "capability, separator, state").arg(item.modelData.label).arg(item.separator).arg(item.modelData.value)
        tone: item.modelData.tone === EndpointTrial.Good ? Chip.Success : item.modelData.tone === EndpointTrial.Doubtful ? Chip.Warning : Chip.Neutral
        Accessible.ignored: true
    }

    FocusRing {
        gap: 1
        visible: item.activeFocus
    }

    HoverHandler {
        id: hover
    }

    RowToolTip {
        visible: item.modelData.ground !== "" && (hover.hovered || item.activeFocus)
        text: item.modelData.ground
    }
}
