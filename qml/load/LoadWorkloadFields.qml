// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Lorikeet.App

/// What is asked.
ColumnLayout {
    id: fields

    required property LoadController load
    required property PromptLibrary prompts

    readonly property LoadSetup setup: fields.load.setup
    readonly property bool synthetic: fields.setup.kind === LoadSetup.Synthetic
    readonly property bool chats: fields.setup.task === LoadSetup.Chat
    readonly property bool reranks: fields.setup.task === LoadSetup.Rerank

    /// Its file is chosen where its curve is drawn.
    readonly property bool drawsTrace: fields.setup.kind === LoadSetup.Trace && !fields.setup.sweeping

    spacing: Theme.space12

    FormField {
        label: qsTr("Task")
        note: fields.chats ? "" : fields.reranks ? qsTr("Documents are put in order by a query; answers come whole.") : qsTr("Texts become vectors; answers come whole.")

        AppComboBox {
            objectName: "loadTask"
            Layout.fillWidth: true
            model: [qsTr("chat"), qsTr("embeddings"), qsTr("rerank")]
            currentIndex: fields.setup.task
            Accessible.name: qsTr("Task")
            onActivated: index => fields.setup.task = index
        }
    }

    FormField {
        label: fields.chats ? qsTr("Prompts") : qsTr("Texts")
        note: !fields.chats && !fields.synthetic ? fields.reranks ? qsTr("Each record a text as “query” and a list of texts as “documents”: JSON lines, CSV.") : qsTr("Each record a text, or one as “input”, “text” or “prompt”: JSON lines, CSV, text.") : fields.synthetic ? qsTr("Text of the length you say, new to the server in each run.") : fields.setup.kind === LoadSetup.Trace ? fields.setup.sweeping ? qsTr("Requests of the lengths of the file; the search says when.") : fields.setup.traceAlone ? qsTr("Requests at the times and of the lengths of the file.") : qsTr("Requests of the lengths of the file; at its times in the blocks of the trace.") : fields.setup.kind === LoadSetup.Bodies ? qsTr("Bodies of requests, sent as they are.") : fields.setup.kind === LoadSetup.Template ? qsTr("The file’s columns are the template’s variables.") : qsTr("Texts, prompts, messages or conversations: JSON lines, CSV, ShareGPT, text.")

        AppComboBox {
            objectName: "loadKind"
            Layout.fillWidth: true
            model: !fields.chats ? [qsTr("made up, of a given length"), qsTr("from a file")] : [qsTr("made up, of a given length"), qsTr("from a file"), qsTr("a template, filled in from a file"), qsTr("a recorded trace"), qsTr("bodies of requests from a file")]
            currentIndex: fields.setup.kind
            Accessible.name: qsTr("Kind of prompts")
            onActivated: index => fields.setup.kind = index
        }
    }

    FormField {
        visible: fields.setup.kind === LoadSetup.Template
        label: qsTr("Prompt template")

        AppComboBox {
            Layout.fillWidth: true
            model: [qsTr("choose one")].concat(fields.prompts.names)
            currentIndex: fields.prompts.names.indexOf(fields.setup.templateName) + 1
            Accessible.name: qsTr("Prompt template")
            onActivated: index => fields.load.chooseTemplate(index === 0 ? "" : fields.prompts.names[index - 1])
        }
    }

    FormField {
        visible: !fields.synthetic && !fields.drawsTrace
        label: qsTr("File")

        AppField {
            objectName: "loadFile"
            Layout.fillWidth: true
            text: fields.setup.file
            placeholderText: qsTr("/path/to/prompts.jsonl")
            Accessible.name: qsTr("File of prompts")
            onTextEdited: fields.setup.file = text
        }

        AppButton {
            text: qsTr("Choose …")
            onClicked: fileDialog.open()
        }
    }

    LoadLengthFields {
        visible: fields.synthetic
        label: fields.chats ? qsTr("Length of prompts") : fields.reranks ? qsTr("Length of each document") : qsTr("Length of each text")
        fieldName: "loadInput"
        lengths: fields.setup.input
    }

    LoadLengthFields {
        visible: fields.reranks && fields.synthetic
        label: qsTr("Length of queries")
        fieldName: "loadQuery"
        lengths: fields.setup.query
    }

    LoadLengthFields {
        visible: fields.chats && fields.setup.kind !== LoadSetup.Trace
        label: qsTr("Length of answers")
        fieldName: "loadOutput"
        optional: true
        lengths: fields.setup.output
    }

    AppSwitch {
        Layout.fillWidth: true
        visible: fields.chats
        text: qsTr("Answers go on to that length if the server allows it")
        checked: fields.setup.ignoresEnd
        onToggled: fields.setup.ignoresEnd = checked
    }

    RowLayout {
        Layout.fillWidth: true
        visible: !fields.synthetic && fields.setup.kind !== LoadSetup.Trace
        spacing: Theme.space16

        AppSwitch {
            text: qsTr("Begin again at the end")
            checked: fields.setup.cycles
            onToggled: fields.setup.cycles = checked
        }

        AppSwitch {
            text: qsTr("Shuffled")
            checked: fields.setup.shuffled
            onToggled: fields.setup.shuffled = checked
        }
    }

    GridLayout {
        Layout.fillWidth: true
        columns: 2
        columnSpacing: Theme.space12
        rowSpacing: Theme.space12

        LoadNumberField {
            visible: fields.setup.task === LoadSetup.Embeddings
            label: qsTr("Texts a request")
            fieldName: "loadBatch"
            number: fields.setup.batch
        }

        LoadNumberField {
            visible: fields.reranks && fields.synthetic
            label: qsTr("Documents a request")
            fieldName: "loadDocuments"
            number: fields.setup.documents
        }

        LoadNumberField {
            visible: fields.chats && fields.synthetic
            label: qsTr("Shared beginning, %")
            number: fields.setup.prefixShare
        }

        LoadNumberField {
            visible: fields.chats && fields.synthetic
            label: qsTr("of so many tokens")
            enabled: fields.setup.prefixShare.text !== "0"
            number: fields.setup.prefixTokens
        }

        LoadNumberField {
            visible: fields.setup.kind === LoadSetup.File || fields.setup.kind === LoadSetup.Template
            label: qsTr("Different words before")
            number: fields.setup.uniqueWords
        }

        LoadNumberField {
            visible: fields.setup.kind === LoadSetup.Trace && !fields.drawsTrace
            label: qsTr("Times faster")
            number: fields.setup.speed
        }

        LoadNumberField {
            visible: fields.chats && (fields.synthetic || fields.setup.kind === LoadSetup.File)
            label: qsTr("Turns")
            placeholder: fields.synthetic ? "1" : qsTr("as in the file")
            number: fields.setup.turns
        }

        LoadNumberField {
            label: qsTr("Think, s")
            number: fields.setup.thinking
        }
    }

    Caption {
        objectName: "loadWorkloadProblem"
        Layout.fillWidth: true
        visible: text !== ""
        text: fields.setup.workloadProblem
        color: Theme.danger
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }

    FileDialog {
        id: fileDialog

        title: qsTr("A file of prompts")
        fileMode: FileDialog.OpenFile
        nameFilters: [qsTr("Prompts (*.jsonl *.json *.csv *.txt)"), qsTr("All files (*)")]
        onAccepted: fields.setup.chooseFile(selectedFile)
    }
}
