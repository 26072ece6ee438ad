// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// A search for the limit: what was given at each load, with the knee, and each stage.
GridLayout {
    id: view

    required property LoadController load

    readonly property LoadResults results: view.load.results

    columns: view.width < Theme.px(900) ? 1 : 2
    columnSpacing: Theme.space12
    rowSpacing: Theme.space12

    LoadVerdictCard {
        Layout.fillWidth: true
        Layout.columnSpan: view.columns
        load: view.load
    }

    Chart {
        objectName: "sweepThroughput"
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        implicitHeight: Theme.px(280)
        source: view.results.throughput
        logOffered: false
    }

    Chart {
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        implicitHeight: Theme.px(280)
        source: view.results.latency
    }

    Rectangle {
        Layout.fillWidth: true
        Layout.columnSpan: view.columns
        implicitHeight: stages.implicitHeight + 2 * Theme.space12
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: 1
        border.color: Theme.borderSubtle

        ColumnLayout {
            id: stages

            readonly property list<string> names: [qsTr("load"), view.results.ofItems ? qsTr("items/s") : qsTr("tok/s"), qsTr("answers/s"), view.results.ofItems ? qsTr("end to end p95") : qsTr("TTFT p95"), qsTr("ITL p95"), qsTr("failed"), qsTr("objective")]

            x: Theme.space12
            y: Theme.space12
            width: parent.width - 2 * Theme.space12
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                Layout.leftMargin: Theme.space8
                Layout.rightMargin: Theme.space8
                spacing: 0

                Repeater {
                    model: stages.names

                    Text {
                        required property string modelData
                        required property int index

                        Layout.fillWidth: true
                        Layout.preferredWidth: 1
                        horizontalAlignment: index === 0 ? Text.AlignLeft : Text.AlignRight
                        text: modelData
                        font: Theme.role(12, Font.DemiBold)
                        color: Theme.textMuted
                    }
                }
            }

            Repeater {
                model: view.results.stages

                StageRow {}
            }

            Caption {
                Layout.topMargin: Theme.space8
                Layout.fillWidth: true
                visible: !view.load.running
                text: qsTr("Choose a load to see its charts, times and requests.")
            }
        }
    }

    component StageRow: LoadStageItem {
        Layout.fillWidth: true
        current: view.load.stage === modelData.place && !view.load.running
        enabled: !view.load.running
        onClicked: view.load.showStage(modelData.place)
    }
}
