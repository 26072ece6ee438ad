// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Lorikeet.App

/// A load test: set up, watched, and read.
FocusScope {
    id: page

    required property Workbench workbench

    readonly property LoadController load: page.workbench.load
    readonly property bool settingUp: page.load.state === LoadController.SettingUp
    readonly property bool narrow: page.width < Theme.px(1124)
    readonly property list<string> views: page.load.results.sweep ? ["limit", "charts", "latency", "requests", "summary"] : ["charts", "latency", "requests", "summary"]
    property string view: "charts"
    /// The one that came in sight with the run; whoever chose another keeps it.
    property string firstView: "charts"
    /// What lies over set-up and run: "history", "comparing" or nothing.
    property string over: ""
    property bool drawerShown: false

    /// Moves the focus to the next pane in sight, or the previous one.
    function cyclePane(step: int) {
        const panes = [bar, setup, viewing, drawer, history, comparing];
        let at = panes.findIndex(pane => pane.activeFocus);
        do {
            at = (at + step + panes.length) % panes.length;
        } while (!panes[at].visible)
        panes[at].forceActiveFocus(Qt.TabFocusReason);
    }

    function titleOf(view: string): string {
        switch (view) {
        case "limit":
            return qsTr("Limit");
        case "charts":
            return qsTr("Over time");
        case "latency":
            return qsTr("Latency");
        case "requests":
            return qsTr("Requests");
        default:
            return qsTr("Summary");
        }
    }

    function showRequest(sample: int) {
        page.drawerShown = true;
        drawer.show(sample);
        drawer.forceActiveFocus(Qt.TabFocusReason);
    }

    function calibrate() {
        dialogs.calibrate();
    }

    function showHistory() {
        page.load.history.refresh();
        page.over = "history";
        history.forceActiveFocus(Qt.TabFocusReason);
    }

    function leaveOver() {
        page.over = page.over === "comparing" ? "history" : "";
        const next = page.over === "history" ? history : page.settingUp ? setup : viewing;
        next.forceActiveFocus(Qt.TabFocusReason);
    }

    // What had the focus is gone.
    onSettingUpChanged: {
        page.drawerShown = false;
        const next = page.settingUp ? setup : viewing;
        if (page.visible) {
            next.forceActiveFocus(Qt.TabFocusReason);
        } else {
            next.focus = true;
        }
        page.over = "";
    }

    Connections {
        target: page.load

        function onOpened() {
            page.over = "";
            page.view = page.load.results.sweep ? "limit" : "summary";
            viewing.forceActiveFocus(Qt.TabFocusReason);
        }

        function onShown() {
            page.over = "";
        }

        function onStateChanged() {
            if (page.load.state === LoadController.Done && page.view === page.firstView) {
                page.view = page.load.results.sweep ? "limit" : "summary";
            } else if (page.load.state === LoadController.Preparing) {
                page.over = "";
                page.firstView = page.load.results.sweep ? "limit" : "charts";
                page.view = page.firstView;
            }
            Qt.callLater(bar.holdFocus);
        }

        function onExported(path: string) {
            notice.text = qsTr("Written to %1.").arg(path);
        }

        function onImported(name: string) {
            notice.text = qsTr("%1 was imported.").arg(name);
        }
    }

    Rectangle {
        anchors.fill: parent
        color: page.settingUp ? Theme.surface : Theme.window
    }

    LoadBar {
        id: bar

        width: parent.width
        z: 1
        load: page.load
        onExportWanted: dialogs.exportRun()
        onHistoryWanted: page.showHistory()
        onTrustWanted: dialogs.tellTrust()
        onCalibrationWanted: dialogs.calibrate()
    }

    LoadSetupForm {
        id: setup

        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: page.settingUp && page.over === ""
        focus: true
        load: page.load
        editor: page.workbench.loadSetup
        prompts: page.workbench.prompts
        onChoiceWanted: choicePalette.open()
    }

    FocusScope {
        id: viewing

        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        width: parent.width - (drawer.visible && !page.narrow ? drawer.width : 0)
        visible: !page.settingUp && page.over === ""
        Keys.onPressed: event => event.accepted = scroll.visible && keys.take(event.key)

        KeyScroller {
            id: keys

            view: scroll
        }

        FocusFollower {
            view: scroll
            content: holder
        }

        LoadTiles {
            id: tiles

            x: Theme.space16
            y: Theme.space12
            width: parent.width - 2 * Theme.space16
            load: page.load
        }

        Segments {
            id: segments

            objectName: "loadViews"
            anchors.top: tiles.bottom
            anchors.topMargin: Theme.space12
            x: Theme.space16
            focus: true
            names: page.views.map(view => page.titleOf(view))
            current: Math.max(0, page.views.indexOf(page.view))
            onChosen: index => page.view = page.views[index]
        }

        Chip {
            anchors.left: segments.right
            anchors.leftMargin: Theme.space12
            anchors.verticalCenter: segments.verticalCenter
            visible: page.load.stageText !== "" && page.view !== "limit"
            tone: Chip.Accent
            text: page.load.stageText
        }

        ScrollView {
            id: scroll

            anchors.top: segments.bottom
            anchors.topMargin: Theme.space8
            anchors.bottom: parent.bottom
            width: parent.width
            visible: page.view !== "requests"
            clip: true
            contentWidth: availableWidth
            contentHeight: holder.implicitHeight

            ScrollBar.vertical: AppScrollBar {
                parent: scroll
                x: scroll.width - width
                height: scroll.height
            }

            Item {
                id: holder

                width: scroll.availableWidth
                implicitHeight: page.view === "limit" ? sweep.implicitHeight + Theme.space16 : page.view === "charts" ? charts.implicitHeight + Theme.space16 : page.view === "latency" ? latency.implicitHeight + Theme.space16 : summary.implicitHeight + Theme.space16

                LoadSweepView {
                    id: sweep

                    x: Theme.space16
                    width: parent.width - 2 * Theme.space16
                    visible: page.view === "limit"
                    load: page.load
                }

                LoadChartsView {
                    id: charts

                    x: Theme.space16
                    width: parent.width - 2 * Theme.space16
                    visible: page.view === "charts"
                    load: page.load
                }

                LoadLatencyView {
                    id: latency

                    x: Theme.space16
                    width: parent.width - 2 * Theme.space16
                    visible: page.view === "latency"
                    load: page.load
                    onRequestWanted: sample => page.showRequest(sample)
                }

                LoadSummaryView {
                    id: summary

                    x: Theme.space16
                    width: parent.width - 2 * Theme.space16
                    visible: page.view === "summary"
                    load: page.load
                    onPresetWanted: dialogs.savePreset()
                    onTableWanted: (filter, sorting) => {
                        page.load.requests.filter = filter;
                        if (sorting >= 0 && page.load.requests.sorting !== sorting) {
                            page.load.requests.sortBy(sorting);
                        }
                        page.view = "requests";
                    }
                }
            }
        }

        LoadRequestTable {
            id: table

            anchors.top: segments.bottom
            anchors.topMargin: Theme.space12
            anchors.bottom: parent.bottom
            x: Theme.space16
            width: parent.width - 2 * Theme.space16
            visible: page.view === "requests"
            load: page.load
            onRequestWanted: row => page.showRequest(page.load.requests.placeAt(row))
        }
    }

    LoadRequestDrawer {
        id: drawer

        objectName: "requestDrawer"
        anchors.right: parent.right
        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        width: Math.min(Theme.px(380), parent.width)
        visible: page.drawerShown && viewing.visible
        load: page.load
        onClosed: {
            page.drawerShown = false;
            viewing.forceActiveFocus(Qt.TabFocusReason);
            if (table.visible) {
                table.forceActiveFocus(Qt.TabFocusReason);
            }
        }
    }

    LoadHistoryView {
        id: history

        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: page.over === "history"
        load: page.load
        onClosed: page.leaveOver()
        onImportWanted: dialogs.importRuns()
        onCompareWanted: {
            page.over = "comparing";
            comparing.forceActiveFocus(Qt.TabFocusReason);
        }
    }

    LoadComparingView {
        id: comparing

        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: page.over === "comparing"
        load: page.load
        onClosed: page.leaveOver()
    }

    ChoicePalette {
        id: choicePalette

        setup: page.workbench.loadSetup
        onClosed: setup.forceActiveFocus(Qt.PopupFocusReason)
    }

    LoadDialogs {
        id: dialogs

        load: page.load
    }

    ActionBar {
        id: notice

        objectName: "loadNotice"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space24
        width: Math.min(implicitWidth, parent.width - 2 * Theme.space24)
        visible: notice.text !== ""
        lifetime: 8000
        onDismissed: notice.text = ""
    }
}
