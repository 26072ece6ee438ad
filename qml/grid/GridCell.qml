// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet.App

/// One cell of a grid. As little as can be: hundreds are in sight.
Rectangle {
    id: cell

    required property int row
    required property int column
    required property bool current
    required property string cellText
    required property int cellState
    required property string verdict
    required property string facts
    property bool focused: false

    readonly property bool good: cell.cellState === GridCells.Passed
    readonly property bool bad: cell.cellState === GridCells.Failed || cell.cellState === GridCells.Broken

    signal clicked

    implicitWidth: Theme.px(200)
    implicitHeight: Theme.px(64)
    color: hover.hovered ? Theme.hover : cell.bad ? Theme.dangerTint : cell.column === 0 ? Theme.window : Theme.surface
    border.width: cell.focused ? 2 : 0
    border.color: Theme.accent
    Accessible.role: Accessible.Cell
    Accessible.name: cell.column === 0 ? cell.cellText : [cell.verdict, cell.cellText, cell.facts].filter(text => text !== "").join(", ")
    Accessible.onPressAction: cell.clicked()

    HoverHandler {
        id: hover
    }

    TapHandler {
        onTapped: cell.clicked()
    }

    Rectangle {
        y: parent.height - 1
        width: parent.width
        height: 1
        color: Theme.borderSubtle
    }

    Text {
        x: Theme.space12
        y: Theme.space4
        width: parent.width - 2 * Theme.space12
        height: Theme.px(36)
        text: cell.cellText
        textFormat: Text.PlainText
        font: Theme.body
        color: Theme.text
        wrapMode: Text.Wrap
        maximumLineCount: 2
        elide: Text.ElideRight
    }

    Text {
        id: verdictText

        x: Theme.space12
        y: parent.height - height - Theme.space4
        width: Math.min(implicitWidth, parent.width - 2 * Theme.space12)
        text: cell.good ? "✓ " + cell.verdict : cell.bad ? "✗ " + cell.verdict : cell.verdict
        textFormat: Text.PlainText
        font: Theme.metric
        color: cell.good ? Theme.success : cell.bad ? Theme.danger : Theme.textMuted
        elide: Text.ElideRight
    }

    Text {
        anchors.left: verdictText.right
        anchors.leftMargin: verdictText.text === "" ? 0 : Theme.space12
        anchors.right: parent.right
        anchors.rightMargin: Theme.space12
        anchors.baseline: verdictText.baseline
        text: cell.facts
        textFormat: Text.PlainText
        font: Theme.metric
        color: Theme.textMuted
        elide: Text.ElideRight
    }
}
