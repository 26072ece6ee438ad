// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// One value of a tree: its key, what it is, and in what it does not keep to the schema.
Item {
    id: line

    required property int index
    required property string key
    required property string value
    required property int kind
    required property int depth
    required property bool item
    required property bool container
    required property bool folded
    required property bool open
    required property string fault
    property bool streaming: false
    property bool chosen: false

    readonly property bool holds: line.kind === JsonTree.Object || line.kind === JsonTree.Array

    signal toggled

    implicitHeight: Theme.px(24)
    Accessible.role: Accessible.TreeItem
    Accessible.name: [line.key, line.value, line.fault].filter(part => part !== "").join(", ")

    Rectangle {
        anchors.fill: parent
        color: line.fault !== "" ? Theme.dangerTint : line.chosen ? Theme.selected : "transparent"
        border.width: line.chosen ? 1 : 0
        border.color: Theme.accent
    }

    Icon {
        x: Theme.px(10) + line.depth * Theme.px(16)
        anchors.verticalCenter: parent.verticalCenter
        visible: line.container
        name: line.folded ? "arrow-right" : "arrow-down"
        size: 16
        color: Theme.textSecondary
    }

    Text {
        id: keyText

        x: Theme.px(30) + line.depth * Theme.px(16)
        width: Math.min(implicitWidth, Math.max(0, (line.width - x) / 2))
        height: parent.height
        text: line.key
        textFormat: Text.PlainText
        font: Theme.code
        color: line.item ? Theme.textMuted : Theme.codeFunction
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }

    Text {
        id: valueText

        x: keyText.x + (line.key === "" ? 0 : keyText.width + Theme.space12)
        width: Math.min(implicitWidth, Math.max(0, line.width - x - Theme.space16 - (line.fault === "" ? 0 : Math.min(faultText.implicitWidth + Theme.space16, (line.width - x) * 0.6))))
        height: parent.height
        text: line.open && line.streaming ? qsTr("%1 …").arg(line.value) : line.value
        textFormat: Text.PlainText
        font: line.holds || line.kind === JsonTree.More ? Theme.metric : Theme.code
        color: line.holds || line.kind === JsonTree.More ? Theme.textMuted : line.kind === JsonTree.String ? Theme.codeString : line.kind === JsonTree.Number ? Theme.codeNumber : Theme.codeKeyword
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }

    Text {
        id: faultText

        x: valueText.x + valueText.width + Theme.space16
        width: Math.max(0, line.width - x - Theme.space16)
        height: parent.height
        visible: line.fault !== ""
        text: line.fault
        textFormat: Text.PlainText
        font: Theme.metric
        color: Theme.danger
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }

    TapHandler {
        enabled: line.container
        onTapped: line.toggled()
    }
}
