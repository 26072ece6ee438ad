// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Lorikeet.App

/// A chart with its title, its legend, a crosshair and what it reads there.
FocusScope {
    id: frame

    required property ChartData source
    /// Of all charts that go together; null: its own.
    property ChartSpan span: null
    property bool logOffered: true
    property alias item: plot

    signal picked(series: int, point: int)

    implicitHeight: Theme.px(232)
    implicitWidth: Theme.px(420)
    activeFocusOnTab: false

    ChartLook {
        id: chartLook

        ground: Theme.surface
        grid: Theme.borderSubtle
        axis: Theme.borderControl
        text: Theme.textMuted
        shade: Theme.sunken
        limit: Theme.danger
        mark: Theme.accent
        heat: Theme.accent
        series: Theme.lanes
        font: Theme.role(11, Font.Medium)
        unit: Theme.zoom
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: 1
        border.color: Theme.borderSubtle
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.space12
        anchors.topMargin: Theme.space8
        spacing: Theme.space4

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space8

            Text {
                text: frame.source.title
                font: Theme.bodyStrong
                color: Theme.text
                elide: Text.ElideRight
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }

            Caption {
                Layout.fillWidth: true
                text: frame.source.unitText
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }

            AppButton {
                visible: !plot.span.whole
                kind: AppButton.Flat
                implicitHeight: Theme.px(28)
                text: qsTr("Show all")
                onClicked: plot.span.reset()
            }

            AppButton {
                visible: frame.logOffered
                kind: AppButton.Flat
                implicitHeight: Theme.px(28)
                checkable: true
                checked: frame.source.logY
                flatInk: frame.source.logY ? Theme.accent : Theme.textSecondary
                text: qsTr("log")
                Accessible.name: qsTr("Logarithmic axis")
                onToggled: {
                    frame.source.logY = checked;
                    checked = Qt.binding(() => frame.source.logY);
                }
            }

            IconButton {
                implicitWidth: Theme.px(28)
                implicitHeight: Theme.px(28)
                iconSize: 16
                icon.name: "document-export"
                text: qsTr("Export the chart")
                onClicked: exporter.active = true
            }
        }

        ChartLegend {
            Layout.fillWidth: true
            visible: frame.source.legend.length > 1
            source: frame.source
        }

        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            ChartItem {
                id: plot

                objectName: "chartPlot"
                anchors.fill: parent
                focus: true
                chart: frame.source
                look: chartLook
                span: frame.span
                Accessible.role: Accessible.Chart
                Accessible.name: qsTr("%1, %2", "title, unit of a chart").arg(frame.source.title).arg(frame.source.unitText)
                Accessible.description: !plot.activeFocus ? "" : plot.cursorX < 0 ? frame.source.summary() : plot.cursorText + ": " + plot.readings.map(reading => reading.name + " " + reading.text).join(", ")
                Accessible.focusable: true
                onPicked: (series, point) => frame.picked(series, point)

                FocusRing {
                    gap: 0
                    visible: plot.activeFocus
                }

                Rectangle {
                    x: plot.selection.x
                    y: plot.selection.y
                    width: plot.selection.width
                    height: plot.selection.height
                    visible: width > 0
                    color: Theme.accent
                    opacity: 0.16
                }

                Rectangle {
                    x: Math.round(plot.cursorX)
                    y: plot.area.y
                    width: 1
                    height: plot.area.height
                    visible: plot.cursorX >= 0
                    color: Theme.textMuted
                }

                Rectangle {
                    x: plot.target.x
                    y: plot.target.y
                    width: plot.target.width
                    height: plot.target.height
                    radius: width / 2
                    visible: width > 0
                    color: "transparent"
                    border.width: 2
                    border.color: Theme.accent
                }

                // What is read there: beside the crosshair, on the side with more room.
                Rectangle {
                    id: readout

                    readonly property bool atLeft: plot.cursorX > plot.width / 2

                    x: readout.atLeft ? plot.cursorX - width - Theme.space8 : plot.cursorX + Theme.space8
                    y: plot.area.y + Theme.space4
                    width: words.implicitWidth + Theme.space16
                    height: words.implicitHeight + Theme.space8
                    visible: plot.cursorX >= 0 && (plot.readings.length > 0)
                    radius: Theme.radiusControl
                    color: Theme.surface
                    border.width: 1
                    border.color: Theme.borderControl

                    GridLayout {
                        id: words

                        x: Theme.space8
                        y: Theme.space4
                        columns: 2
                        columnSpacing: Theme.space12
                        rowSpacing: 0

                        Text {
                            Layout.columnSpan: 2
                            text: plot.cursorText
                            font: Theme.number
                            color: Theme.textSecondary
                        }

                        Repeater {
                            model: plot.readings

                            Text {
                                required property chartReading modelData
                                required property int index

                                Layout.row: index + 1
                                Layout.column: 0
                                text: modelData.letter === "" ? modelData.name : modelData.letter + "  " + modelData.name
                                textFormat: Text.PlainText
                                font: Theme.metric
                                color: modelData.letter === "" ? Theme.textSecondary : Theme.lane(modelData.look)
                            }
                        }

                        Repeater {
                            model: plot.readings

                            Text {
                                required property chartReading modelData
                                required property int index

                                Layout.row: index + 1
                                Layout.column: 1
                                Layout.alignment: Qt.AlignRight
                                text: modelData.text
                                font: Theme.number
                                color: Theme.text
                            }
                        }
                    }
                }
            }

            Caption {
                anchors.centerIn: parent
                visible: frame.source.empty
                text: qsTr("Nothing yet")
            }
        }
    }

    Loader {
        id: exporter

        active: false
        onLoaded: (exporter.item as FileDialog).open()

        sourceComponent: FileDialog {
            title: qsTr("Export the chart")
            fileMode: FileDialog.SaveFile
            defaultSuffix: "png"
            nameFilters: [qsTr("Picture (*.png)"), qsTr("Drawing (*.svg)"), qsTr("Document (*.pdf)"), qsTr("Values (*.csv)")]
            onAccepted: {
                failure.text = plot.exportTo(selectedFile);
                exporter.active = false;
            }
            onRejected: exporter.active = false
        }
    }

    ActionBar {
        id: failure

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space8
        width: Math.min(implicitWidth, parent.width - Theme.space24)
        visible: failure.text !== ""
        danger: true
        onDismissed: failure.text = ""
    }
}
