// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQml.Models
import Lorikeet.App

/// Prompts by lanes. Only what is in sight exists, so that thousands of rows stay smooth.
FocusScope {
    id: area

    required property GridCells cells

    signal rowWanted(row: int)

    readonly property real promptWidth: Math.max(Theme.px(200), Math.min(Theme.px(320), area.width * 0.28))
    readonly property real laneWidth: Math.max(Theme.px(240), (area.width - area.promptWidth) / Math.max(1, area.cells.lanes))

    function columnWidth(column: int): real {
        return column === 0 ? area.promptWidth : area.laneWidth;
    }

    onWidthChanged: table.forceLayout()

    HorizontalHeaderView {
        id: header

        width: parent.width
        height: Theme.px(32)
        syncView: table
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        delegate: Rectangle {
            id: head

            required property int column
            required property string display

            implicitHeight: Theme.px(32)
            implicitWidth: Theme.px(100)
            color: Theme.sunken

            Rectangle {
                width: parent.width
                height: Theme.px(3)
                visible: head.column > 0
                color: Theme.lane(Math.max(0, head.column - 1))
            }

            Text {
                x: Theme.space12
                width: parent.width - 2 * Theme.space12
                height: parent.height
                text: head.display
                textFormat: Text.PlainText
                font: Theme.bodyStrong
                color: head.column > 0 ? Theme.lane(head.column - 1) : Theme.textSecondary
                elide: Text.ElideRight
                verticalAlignment: Text.AlignVCenter
            }
        }
    }

    TableView {
        id: table

        objectName: "gridTable"
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        focus: true
        activeFocusOnTab: true
        model: area.cells
        boundsBehavior: Flickable.StopAtBounds
        columnWidthProvider: column => area.columnWidth(column)
        rowHeightProvider: row => Theme.px(64)
        keyNavigationEnabled: true
        pointerNavigationEnabled: false
        animate: false
        Accessible.role: Accessible.Table
        Accessible.name: qsTr("Answers by prompt and lane")
        Keys.onReturnPressed: area.rowWanted(Math.max(0, table.currentRow))
        Keys.onEnterPressed: area.rowWanted(Math.max(0, table.currentRow))
        Keys.onSpacePressed: area.rowWanted(Math.max(0, table.currentRow))
        onActiveFocusChanged: if (table.activeFocus && table.currentRow < 0 && area.cells.prompts > 0) {
            table.selectionModel.setCurrentIndex(area.cells.index(0, 0), ItemSelectionModel.NoUpdate);
        }

        selectionModel: ItemSelectionModel {
            model: area.cells
        }

        ScrollBar.vertical: AppScrollBar {}
        ScrollBar.horizontal: AppScrollBar {}

        delegate: GridCell {
            focused: table.activeFocus && current
            onClicked: {
                table.forceActiveFocus(Qt.MouseFocusReason);
                table.selectionModel.setCurrentIndex(area.cells.index(row, column), ItemSelectionModel.NoUpdate);
                area.rowWanted(row);
            }
        }
    }
}
