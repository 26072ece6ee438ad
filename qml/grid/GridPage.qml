// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Lorikeet.App

/// A table of prompts asked of several lanes: set up, watched, and read.
FocusScope {
    id: page

    required property Workbench workbench

    readonly property GridController grid: page.workbench.grid
    readonly property bool asked: page.grid.asked
    readonly property bool narrow: page.width < Theme.px(1124)

    signal lanesWanted

    /// Moves the focus to the next pane in sight, or the previous one.
    function cyclePane(step: int) {
        const panes = [bar, setup, table];
        let at = panes.findIndex(pane => pane.activeFocus);
        do {
            at = (at + step + panes.length) % panes.length;
        } while (!panes[at].visible)
        panes[at].forceActiveFocus(Qt.TabFocusReason);
    }

    // What had the focus is gone.
    onAskedChanged: {
        const next = page.asked ? table : setup;
        if (page.visible) {
            next.forceActiveFocus(Qt.OtherFocusReason);
        } else {
            next.focus = true;
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    GridBar {
        id: bar

        width: parent.width
        z: 1
        grid: page.grid
        onExportWanted: exportDialog.open()
        onHistoryWanted: historyDialog.open()
        onCheckWanted: checkDialog.open()
    }

    GridSetup {
        id: setup

        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        width: page.narrow ? parent.width : Theme.px(440)
        visible: !page.grid.asked
        focus: true
        grid: page.grid
        prompts: page.workbench.prompts
        schemas: page.workbench.schemaNames
        onLanesWanted: page.lanesWanted()
    }

    Rectangle {
        anchors.left: setup.right
        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        width: 1
        visible: setup.visible && !page.narrow
        color: Theme.borderSubtle
    }

    GridFigures {
        id: figures

        anchors.top: bar.bottom
        width: parent.width
        visible: page.grid.asked
        height: visible ? implicitHeight : 0
        grid: page.grid
    }

    GridTable {
        id: table

        anchors.top: page.grid.asked ? figures.bottom : bar.bottom
        anchors.bottom: parent.bottom
        anchors.left: page.grid.asked ? parent.left : setup.right
        anchors.leftMargin: page.grid.asked ? 0 : 1
        anchors.right: parent.right
        visible: page.grid.cells.prompts > 0 && (page.grid.asked || !page.narrow)
        cells: page.grid.cells
        onRowWanted: row => rowDialog.show(row)
    }

    ColumnLayout {
        anchors.centerIn: table
        width: Math.min(Theme.px(420), table.width - 2 * Theme.space24)
        visible: !page.grid.asked && !page.narrow && page.grid.cells.prompts === 0
        spacing: Theme.space8

        BodyText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Each row of a table is asked of each lane.")
        }

        Caption {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("The rows will stand here before anything is asked, and then the answers, with what they keep to.")
        }
    }

    GridRowDialog {
        id: rowDialog

        grid: page.grid
        onCompareWanted: page.lanesWanted()
    }

    GridHistoryDialog {
        id: historyDialog

        grid: page.grid
    }

    GridAssertionsDialog {
        id: checkDialog

        grid: page.grid
        schemas: page.workbench.schemaNames
    }

    FileDialog {
        id: exportDialog

        title: qsTr("Export the grid, without keys")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "html"
        nameFilters: [qsTr("Web page (*.html)"), qsTr("Table (*.csv)"), qsTr("JSON lines (*.jsonl)")]
        onAccepted: page.grid.exportTo(selectedFile)
    }
}
