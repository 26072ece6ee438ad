// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Lorikeet.App

/// A recorded trace as the load, or a part of it: its file, how it goes on in time, and how fast it is
/// played.
ColumnLayout {
    id: fields

    required property LoadSetup setup

    /// Where it is typed which trace that is.
    function chooseFile() {
        fileField.forceActiveFocus(Qt.TabFocusReason);
    }

    spacing: Theme.space8

    Chart {
        objectName: "traceChart"
        Layout.fillWidth: true
        visible: fields.setup.traceAlone // else it is drawn among the blocks
        implicitHeight: Theme.px(268)
        source: fields.setup.trace
        logOffered: false
        Accessible.description: fields.setup.traceText
    }

    Caption {
        objectName: "traceText"
        Layout.fillWidth: true
        text: fields.setup.traceText !== "" ? fields.setup.traceText : qsTr("Choose a recording: JSON lines with the time and the lengths of each request, as Mooncake’s, or a table with such columns.")
    }

    FormField {
        label: qsTr("File of the trace")

        AppField {
            id: fileField

            objectName: "traceFile"
            Layout.fillWidth: true
            text: fields.setup.file
            placeholderText: qsTr("/path/to/trace.jsonl")
            Accessible.name: qsTr("File of the trace")
            onTextEdited: fields.setup.file = text
        }

        AppButton {
            text: qsTr("Choose …")
            onClicked: fileDialog.open()
        }
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space12

        LoadNumberField {
            Layout.maximumWidth: Theme.px(120)
            label: qsTr("Times faster")
            fieldName: "traceSpeed"
            number: fields.setup.speed
        }

        AppSwitch {
            Layout.alignment: Qt.AlignBottom
            text: qsTr("Begin again at the end")
            checked: fields.setup.cycles
            onToggled: fields.setup.cycles = checked
        }

        Item {
            Layout.fillWidth: true
        }

        AppButton {
            objectName: "traceAloneButton"
            Layout.alignment: Qt.AlignBottom
            text: fields.setup.traceAlone ? qsTr("Among blocks") : qsTr("The trace alone")
            onClicked: fields.setup.traceAlone ? fields.setup.useTrace() : fields.setup.playTraceAlone()
        }

        AppButton {
            objectName: "drawBlocksButton"
            Layout.alignment: Qt.AlignBottom
            text: qsTr("No trace")
            onClicked: fields.setup.drawBlocks()
        }
    }

    FileDialog {
        id: fileDialog

        title: qsTr("A recorded trace")
        fileMode: FileDialog.OpenFile
        nameFilters: [qsTr("Traces (*.jsonl *.json *.csv)"), qsTr("All files (*)")]
        onAccepted: fields.setup.chooseFile(selectedFile)
    }
}
