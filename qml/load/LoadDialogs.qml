// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Lorikeet.App

/// What is asked of a person, and told, beside a load test.
Item {
    id: dialogs

    required property LoadController load

    function tellTrust() {
        trustDialog.open();
    }

    function calibrate() {
        calibrationDialog.open();
    }

    function exportRun() {
        exportDialog.open();
    }

    function importRuns() {
        importDialog.open();
    }

    function savePreset() {
        presetDialog.open();
    }

    AppDialog {
        id: trustDialog

        title: qsTr("Can these figures be trusted?")
        rejectText: ""

        contentItem: ColumnLayout {
            spacing: Theme.space8

            BodyText {
                Layout.fillWidth: true
                visible: dialogs.load.results.trustReasons.length === 0
                text: qsTr("Yes: this computer sent in time, read in time and had time to spare.")
            }

            Repeater {
                model: dialogs.load.results.trustReasons

                BodyText {
                    required property string modelData

                    Layout.fillWidth: true
                    text: modelData
                }
            }

            BodyText {
                Layout.fillWidth: true
                Layout.topMargin: Theme.space8
                color: Theme.textSecondary
                text: dialogs.load.calibration.sentence
            }

            AppButton {
                text: qsTr("Calibrate this computer …")
                enabled: !dialogs.load.running
                onClicked: {
                    trustDialog.close();
                    calibrationDialog.open();
                }
            }
        }
    }

    AppDialog {
        id: calibrationDialog

        readonly property LoadCalibration calibration: dialogs.load.calibration

        objectName: "calibrationDialog"
        title: qsTr("Calibrate this computer")
        rejectText: ""
        acceptText: qsTr("Close")
        onOpened: calibrateButton.forceActiveFocus(Qt.PopupFocusReason)
        // It goes on in sight: whoever closes this ends it.
        onClosed: calibrationDialog.calibration.stop()

        contentItem: ColumnLayout {
            spacing: Theme.space8

            BodyText {
                Layout.fillWidth: true
                color: Theme.textSecondary
                text: qsTr("The built-in simulator answers with known times to more and more streams, until one load is not measured right. It takes up to a minute; let nothing else run meanwhile. Nothing leaves this computer.")
            }

            BodyText {
                objectName: "calibrationSentence"
                Layout.fillWidth: true
                font: Theme.bodyStrong
                text: calibrationDialog.calibration.sentence
            }

            Repeater {
                model: calibrationDialog.calibration.steps

                Caption {
                    required property string modelData

                    Layout.fillWidth: true
                    text: modelData
                }
            }

            Caption {
                objectName: "calibrationStep"
                Layout.fillWidth: true
                visible: text !== ""
                text: calibrationDialog.calibration.step
                color: Theme.accent
            }

            Rectangle {
                Layout.fillWidth: true
                implicitHeight: 2
                visible: calibrationDialog.calibration.running
                color: Theme.sunken
                Accessible.role: Accessible.ProgressBar
                Accessible.name: calibrationDialog.calibration.step

                Rectangle {
                    width: parent.width * calibrationDialog.calibration.progress
                    height: parent.height
                    color: Theme.accent
                }
            }

            AppButton {
                id: calibrateButton

                objectName: "startCalibration"
                enabled: !dialogs.load.running
                text: calibrationDialog.calibration.running ? qsTr("Stop") : calibrationDialog.calibration.known ? qsTr("Calibrate again") : qsTr("Calibrate")
                icon.name: calibrationDialog.calibration.running ? "media-playback-stop" : "speedometer"
                onClicked: calibrationDialog.calibration.running ? calibrationDialog.calibration.stop() : calibrationDialog.calibration.start()
            }
        }
    }

    FileDialog {
        id: exportDialog

        title: qsTr("Export the run")
        fileMode: FileDialog.SaveFile
        // In the order of LoadController.Form.
        nameFilters: [qsTr("Report (*.json)"), qsTr("Requests (*.csv)"), qsTr("Page (*.html)"), qsTr("Markdown (*.md)"), qsTr("vllm bench serve (*.json)"), qsTr("AIPerf (*.csv)"), qsTr("AIPerf, requests (*.jsonl)"), qsTr("llm-d Benchmark Report (*.json)")]
        defaultSuffix: selectedNameFilter.extensions[0] ?? "json"
        onAccepted: dialogs.load.exportTo(selectedFile, selectedNameFilter.index)
    }

    FileDialog {
        id: importDialog

        title: qsTr("Import load tests")
        fileMode: FileDialog.OpenFile
        nameFilters: [qsTr("Reports (*.json *.jsonl)"), qsTr("All files (*)")]
        onAccepted: dialogs.load.importFrom(selectedFile)
    }

    AppDialog {
        id: presetDialog

        title: qsTr("Save as a preset")
        acceptText: dialogs.load.presets.isTaken(presetField.text) ? qsTr("Replace") : qsTr("Save")
        acceptable: presetField.text.trim() !== ""
        onAboutToShow: presetField.clear()
        onOpened: presetField.forceActiveFocus(Qt.PopupFocusReason)
        onAccepted: dialogs.load.saveAsPreset(presetField.text)

        contentItem: FormField {
            label: qsTr("Name")
            note: dialogs.load.presets.isTaken(presetField.text) ? qsTr("One of yours is called so, and would be replaced.") : qsTr("A file that “lori load --profile” reads too. It has no key, and no seed.")

            AppField {
                id: presetField

                objectName: "resultPresetName"
                Layout.fillWidth: true
                Accessible.name: qsTr("Name of the preset")
                onAccepted: if (presetDialog.acceptable) {
                    presetDialog.accept();
                }
            }
        }
    }
}
