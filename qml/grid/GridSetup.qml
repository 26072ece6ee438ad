// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Dialogs
import QtQuick.Layouts
import Lorikeet.App

/// What a grid asks, of whom, and what the answers are held to.
FocusScope {
    id: setup

    required property GridController grid
    required property PromptLibrary prompts
    required property list<string> schemas

    signal lanesWanted

    ScrollView {
        id: scroll

        anchors.fill: parent
        focus: true
        clip: true
        contentWidth: availableWidth

        ScrollBar.vertical: AppScrollBar {
            parent: scroll
            x: scroll.width - width
            height: scroll.height
        }

        Item {
            width: scroll.availableWidth
            implicitHeight: form.implicitHeight + 2 * Theme.space16

            ColumnLayout {
                id: form

                x: Theme.space16
                y: Theme.space16
                width: Math.min(parent.width - 2 * Theme.space16, Theme.px(720))
                spacing: Theme.space16

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: Theme.space4

                    RowLayout {
                        Layout.fillWidth: true

                        Caption {
                            Layout.fillWidth: true
                            text: setup.grid.sourceName === "" ? qsTr("Prompts") : qsTr("Prompts, from %1").arg(setup.grid.sourceName)
                        }

                        AppButton {
                            objectName: "gridFileButton"
                            kind: AppButton.Flat
                            implicitHeight: Theme.px(28)
                            text: qsTr("Choose a file …")
                            onClicked: fileDialog.open()
                        }
                    }

                    AppTextBox {
                        id: source

                        objectName: "gridSource"
                        Layout.fillWidth: true
                        focus: true
                        mono: true
                        minimumLines: 6
                        maximumLines: 12
                        name: qsTr("Table of prompts")
                        placeholderText: qsTr("id,prompt\n1,What is a lori?\n\nCSV, or JSON objects, one a line. Paste, or drop a file.")
                        text: setup.grid.source
                        onEdited: setup.grid.source = source.text
                    }

                    Caption {
                        objectName: "gridProblem"
                        Layout.fillWidth: true
                        visible: text !== ""
                        text: setup.grid.problem
                        color: Theme.danger
                        Accessible.role: Accessible.AlertMessage
                        Accessible.name: text
                    }

                    Caption {
                        objectName: "gridNote"
                        Layout.fillWidth: true
                        visible: text !== ""
                        text: setup.grid.note
                        color: Theme.warning
                    }
                }

                FormField {
                    label: qsTr("Prompt template")
                    note: setup.grid.templateName === "" ? qsTr("Each row has a “prompt”, and as you like a “system” and an “id”.") : setup.grid.examplesNote === "" ? qsTr("The columns are its variables.") : qsTr("The columns are its variables. Before each prompt go out %1.", "2 turns, from “Sort”, version 3").arg(setup.grid.examplesNote)

                    AppComboBox {
                        objectName: "gridTemplate"
                        Layout.fillWidth: true
                        model: [qsTr("none: the table has the prompts")].concat(setup.prompts.names)
                        currentIndex: setup.prompts.names.indexOf(setup.grid.templateName) + 1
                        Accessible.name: qsTr("Prompt template")
                        onActivated: index => setup.grid.templateName = index === 0 ? "" : setup.prompts.names[index - 1]
                    }
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: Theme.space4

                    RowLayout {
                        Layout.fillWidth: true

                        Caption {
                            Layout.fillWidth: true
                            text: qsTr("Lanes, as they are in Compare")
                        }

                        AppButton {
                            objectName: "gridLanesButton"
                            kind: AppButton.Flat
                            implicitHeight: Theme.px(28)
                            text: qsTr("Change them …")
                            onClicked: setup.lanesWanted()
                        }
                    }

                    Flow {
                        Layout.fillWidth: true
                        spacing: Theme.space4

                        Repeater {
                            model: setup.grid.laneNames

                            Chip {
                                required property string modelData

                                text: modelData
                            }
                        }
                    }
                }

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.space12

                    NumberField {
                        objectName: "gridSamples"
                        label: qsTr("Samples of each")
                        value: setup.grid.samples
                        onEdited: text => {
                            if (text !== "") {
                                setup.grid.samples = Number(text);
                            }
                        }
                    }

                    NumberField {
                        objectName: "gridConcurrency"
                        label: qsTr("At once per endpoint")
                        value: setup.grid.concurrency
                        onEdited: text => {
                            if (text !== "") {
                                setup.grid.concurrency = Number(text);
                            }
                        }
                    }

                    NumberField {
                        objectName: "gridSeed"
                        label: qsTr("First seed, if any")
                        value: setup.grid.seed
                        onEdited: text => setup.grid.seed = text
                    }
                }

                GridAssertionList {
                    Layout.fillWidth: true
                    assertions: setup.grid.assertions
                    schemas: setup.schemas
                }
            }
        }
    }

    FocusFollower {
        view: scroll
        content: form
    }

    DropArea {
        id: drop

        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: event => setup.grid.read(event.urls[0])

        Rectangle {
            anchors.fill: parent
            anchors.margins: Theme.space8
            visible: drop.containsDrag
            color: "transparent"
            radius: Theme.radiusCard
            border.width: 2
            border.color: Theme.accent
        }
    }

    FileDialog {
        id: fileDialog

        title: qsTr("A table of prompts")
        fileMode: FileDialog.OpenFile
        nameFilters: [qsTr("Tables (*.csv *.jsonl *.ndjson *.json)"), qsTr("All files (*)")]
        onAccepted: setup.grid.read(selectedFile)
    }
}
