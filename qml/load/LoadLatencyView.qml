// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// How long things take: over time, in all, and request by request.
ColumnLayout {
    id: view

    required property LoadController load

    readonly property LoadCharts charts: view.load.charts

    /// By its place among all samples.
    signal requestWanted(sample: int)

    spacing: Theme.space12

    RowLayout {
        Layout.fillWidth: true
        visible: view.charts.chats
        spacing: Theme.space12

        Caption {
            text: qsTr("Of")
        }

        Segments {
            names: [qsTr("time to first token"), qsTr("inter-token latency"), qsTr("end to end")]
            current: view.charts.metric
            onChosen: index => view.charts.metric = index
        }

        Item {
            Layout.fillWidth: true
        }
    }

    GridLayout {
        Layout.fillWidth: true
        columns: view.width < Theme.px(900) ? 1 : 2
        columnSpacing: Theme.space12
        rowSpacing: Theme.space12

        Chart {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            source: view.charts.heat
            span: view.charts.span
            logOffered: false
        }

        Chart {
            objectName: "chartDots"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            source: view.charts.dots
            span: view.charts.span
            onPicked: (series, point) => {
                const sample = view.charts.sampleOf(series, point);
                if (sample >= 0) {
                    view.requestWanted(sample);
                }
            }
        }

        Chart {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            source: view.charts.histogram
            logOffered: false
        }

        Chart {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            source: view.charts.distribution
            logOffered: false
        }
    }
}
