// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What a grid is at, and what can be done with it.
FocusScope {
    id: bar

    required property GridController grid

    signal exportWanted
    signal historyWanted
    signal checkWanted

    implicitHeight: Theme.px(48)

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    Rectangle {
        y: bar.height - height
        width: bar.width
        height: 1
        color: Theme.borderSubtle
    }

    Rectangle {
        objectName: "gridProgress"
        y: bar.height - height
        width: bar.width * bar.grid.progress
        height: 2
        visible: bar.grid.running
        color: Theme.accent
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space16
        anchors.rightMargin: Theme.space16
        spacing: Theme.space8

        Text {
            text: qsTr("Grid")
            font: Theme.sessionTitle
            color: Theme.text
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Chip {
            objectName: "gridStatus"
            visible: bar.grid.asked
            tone: bar.grid.running ? Chip.Info : bar.grid.resumable ? Chip.Warning : Chip.Success
            text: bar.grid.running ? qsTr("running: %1").arg(bar.grid.status) : bar.grid.resumable ? qsTr("stopped: %1").arg(bar.grid.status) : qsTr("done: %1").arg(bar.grid.status)
        }

        Text {
            Layout.fillWidth: true
            text: bar.grid.endedBy !== "" ? bar.grid.endedBy : bar.grid.asked ? "" : bar.grid.size
            textFormat: Text.PlainText
            font: Theme.metric
            color: bar.grid.endedBy !== "" ? Theme.danger : Theme.textMuted
            elide: Text.ElideRight
            Accessible.role: bar.grid.endedBy !== "" ? Accessible.AlertMessage : Accessible.StaticText
            Accessible.name: text
        }

        AppButton {
            objectName: "gridHistoryButton"
            kind: AppButton.Flat
            enabled: !bar.grid.running
            text: qsTr("Earlier …")
            onClicked: bar.historyWanted()
        }

        AppButton {
            objectName: "gridCheckButton"
            kind: AppButton.Flat
            visible: bar.grid.asked && !bar.grid.running
            text: qsTr("Check again …")
            onClicked: bar.checkWanted()
        }

        AppButton {
            objectName: "gridExportButton"
            kind: AppButton.Flat
            visible: bar.grid.asked
            text: qsTr("Export …")
            onClicked: bar.exportWanted()
        }

        AppButton {
            objectName: "gridNewButton"
            visible: bar.grid.asked && !bar.grid.running
            text: qsTr("Set up a new one")
            onClicked: bar.grid.startNew()
        }

        AppButton {
            objectName: "gridResumeButton"
            kind: AppButton.Primary
            visible: bar.grid.asked && bar.grid.resumable
            text: qsTr("Go on")
            icon.name: "media-playback-start"
            focus: true
            onClicked: bar.grid.goOn()
        }

        AppButton {
            objectName: "gridStopButton"
            visible: bar.grid.running
            text: qsTr("Stop")
            icon.name: "media-playback-stop"
            onClicked: bar.grid.stop()
        }

        AppButton {
            objectName: "gridStartButton"
            kind: AppButton.Primary
            visible: !bar.grid.asked
            enabled: bar.grid.problem === "" && bar.grid.cells.prompts > 0
            text: qsTr("Ask all")
            icon.name: "media-playback-start"
            onClicked: bar.grid.start()
        }
    }
}
