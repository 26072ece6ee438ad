// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What a load test is at, and what can be done with it.
FocusScope {
    id: bar

    required property LoadController load

    readonly property bool settingUp: bar.load.state === LoadController.SettingUp
    readonly property bool narrow: bar.width < Theme.px(980)

    /// What goes on next has the focus, where what had it is gone.
    function holdFocus() {
        const at = bar.Window.activeFocusItem;
        if (bar.activeFocus && (at === bar || !at.visible)) {
            const next = stop.visible ? stop : again.visible ? again : startButton;
            next.forceActiveFocus(Qt.TabFocusReason);
        }
    }

    function statusText(): string {
        switch (bar.load.state) {
        case LoadController.Preparing:
            return qsTr("preparing …");
        case LoadController.Calibrating:
            return bar.load.setup.kind === LoadSetup.Trace ? qsTr("reading the trace …") : qsTr("asking how it counts tokens …");
        case LoadController.Running:
            return bar.load.stageText === "" ? bar.load.clock : qsTr("%1 · %2", "stage of a search, time").arg(bar.load.stageText).arg(bar.load.clock);
        case LoadController.SummingUp:
            return qsTr("summing up …");
        }
        switch (bar.load.ending) {
        case LoadController.Stopped:
            return qsTr("stopped");
        case LoadController.TooManyFailures:
            return qsTr("ended by failures");
        case LoadController.CouldNotGoOn:
            return qsTr("ended early");
        default:
            return qsTr("done");
        }
    }

    signal exportWanted
    signal historyWanted
    signal trustWanted
    signal calibrationWanted

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
        objectName: "loadProgress"
        y: bar.height - height
        width: bar.width * bar.load.progress
        height: 2
        visible: bar.load.running
        color: Theme.accent
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space16
        anchors.rightMargin: Theme.space16
        spacing: Theme.space8

        Text {
            text: qsTr("Load")
            font: Theme.sessionTitle
            color: Theme.text
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Chip {
            visible: !bar.settingUp
            text: bar.load.subject
            maximumTextWidth: Theme.px(bar.narrow ? 140 : 260)
        }

        Chip {
            objectName: "loadStatus"
            visible: !bar.settingUp
            tone: bar.load.running ? Chip.Info : bar.load.ending === LoadController.ByPlan ? Chip.Success : bar.load.ending === LoadController.Stopped ? Chip.Neutral : Chip.Danger
            text: bar.statusText()
        }

        Chip {
            id: trust

            objectName: "loadTrust"
            visible: !bar.settingUp && bar.load.results.trust !== LoadResults.NotYet
            clickable: true
            opens: true
            tone: bar.load.results.trust === LoadResults.Good ? Chip.Success : bar.load.results.trust === LoadResults.Doubtful ? Chip.Warning : Chip.Danger
            text: bar.load.results.trustText
            onClicked: bar.trustWanted()
        }

        Item {
            Layout.fillWidth: true
        }

        Caption {
            Layout.maximumWidth: Theme.px(320)
            visible: bar.settingUp && text !== "" && !bar.narrow
            text: bar.load.setup.problem
            color: Theme.danger
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }

        IconButton {
            objectName: "calibrateButton"
            visible: bar.settingUp
            icon.name: "speedometer"
            text: qsTr("Calibrate this computer: up to what load it measures right")
            onClicked: bar.calibrationWanted()
        }

        AppButton {
            objectName: "loadHistoryButton"
            kind: AppButton.Flat
            enabled: !bar.load.running
            text: qsTr("Earlier …")
            onClicked: bar.historyWanted()
        }

        AppButton {
            objectName: "loadExportButton"
            kind: AppButton.Flat
            visible: bar.load.exportable
            text: qsTr("Export …")
            onClicked: bar.exportWanted()
        }

        AppButton {
            objectName: "loadNewButton"
            visible: bar.load.state === LoadController.Done
            text: qsTr("Set-up")
            onClicked: bar.load.startNew()
        }

        AppButton {
            objectName: "loadDiscardButton"
            kind: AppButton.Flat
            visible: bar.load.running
            text: qsTr("Discard")
            onClicked: bar.load.discard()
        }

        AppButton {
            id: stop

            objectName: "loadStopButton"
            visible: bar.load.running
            enabled: bar.load.state !== LoadController.SummingUp || bar.load.results.sweep
            text: qsTr("Stop")
            icon.name: "media-playback-stop"
            onClicked: bar.load.stop()
        }

        AppButton {
            id: again

            objectName: "loadAgainButton"
            kind: AppButton.Primary
            visible: bar.load.state === LoadController.Done
            text: qsTr("Run again")
            icon.name: "view-refresh"
            onClicked: bar.load.runAgain()
        }

        AppButton {
            id: startButton

            objectName: "loadStartButton"
            kind: AppButton.Primary
            visible: bar.settingUp
            enabled: bar.load.setup.problem === "" && !bar.load.calibration.running
            text: qsTr("Start")
            icon.name: "media-playback-start"
            onClicked: bar.load.start()
        }
    }
}
