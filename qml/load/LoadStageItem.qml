// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Lorikeet.App

/// One load of a search for the limit.
T.AbstractButton {
    id: row

    required property loadStageRow modelData
    property bool current: false

    readonly property list<string> cells: [row.modelData.load, row.modelData.tokenRate, row.modelData.requestRate, row.modelData.firstToken95, row.modelData.gap95, row.modelData.failed, [qsTr("–"), qsTr("kept"), qsTr("missed"), qsTr("broken off")][row.modelData.outcome]]

    implicitHeight: Theme.px(30)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: row.cells.join(", ")
    Keys.onReturnPressed: row.click()
    Keys.onEnterPressed: row.click()

    contentItem: Item {
        RowLayout {
            anchors.fill: parent
            anchors.leftMargin: Theme.space8
            anchors.rightMargin: Theme.space8
            spacing: 0

            Repeater {
                model: row.cells

                Text {
                    required property string modelData
                    required property int index

                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    horizontalAlignment: index === 0 ? Text.AlignLeft : Text.AlignRight
                    text: modelData
                    font: Theme.number
                    color: index === 6 ? [Theme.textMuted, Theme.success, Theme.danger, Theme.textMuted][row.modelData.outcome] : Theme.text
                }
            }
        }
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: row.current ? Theme.selected : row.hovered ? Theme.hover : "transparent"

        FocusRing {
            gap: -2
            visible: row.visualFocus
        }
    }
}
