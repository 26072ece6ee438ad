// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// A run over time.
GridLayout {
    id: view

    required property LoadController load

    readonly property LoadCharts charts: view.load.charts

    columns: view.width < Theme.px(900) ? 1 : 2
    columnSpacing: Theme.space12
    rowSpacing: Theme.space12

    component TimeChart: Chart {
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        span: view.charts.span
    }

    LoadCutRow {
        Layout.fillWidth: true
        Layout.columnSpan: view.columns
        visible: view.load.state === LoadController.Done && view.load.cut.possible
        load: view.load
    }

    TimeChart {
        objectName: "chartTokens"
        visible: view.charts.chats
        source: view.charts.tokens
        logOffered: false
    }

    TimeChart {
        source: view.charts.firstToken
    }

    TimeChart {
        source: view.charts.running
        logOffered: false
    }

    TimeChart {
        visible: view.charts.chats
        source: view.charts.gaps
    }

    TimeChart {
        source: view.charts.requests
        logOffered: false
    }

    TimeChart {
        source: view.charts.errors
        logOffered: false
    }

    TimeChart {
        objectName: "chartChoiceTimes"
        visible: view.charts.mixed
        source: view.charts.choiceTimes
    }

    TimeChart {
        objectName: "chartChoiceTokens"
        visible: view.charts.mixed && view.charts.chats
        source: view.charts.choiceTokens
        logOffered: false
    }

    TimeChart {
        objectName: "chartServerRequests"
        visible: !view.charts.serverRequests.empty
        source: view.charts.serverRequests
        logOffered: false
    }

    TimeChart {
        objectName: "chartServerShares"
        visible: !view.charts.serverShares.empty
        source: view.charts.serverShares
        logOffered: false
    }
}
