// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// One request of a run: where its time went, when its tokens came, what was asked and answered, and
/// what is known of it.
FocusScope {
    id: drawer

    required property LoadController load
    /// Its place among all samples, and in the table; -1: that does not show it.
    property int sample: -1
    property int row: -1

    property loadRequestDetail detail

    signal closed

    function show(sample: int) {
        drawer.sample = sample;
        drawer.detail = drawer.load.request(sample);
        drawer.find();
    }

    function find() {
        drawer.row = drawer.visible ? drawer.load.requests.rowOf(drawer.sample) : -1;
    }

    onVisibleChanged: drawer.find()

    function colourOf(kind: int): color {
        return [Theme.textMuted, Theme.lane(5), Theme.borderControl, Theme.warning, Theme.lane(3), Theme.lane(1)][kind];
    }

    Keys.onEscapePressed: drawer.closed()
    Keys.onPressed: event => event.accepted = keys.take(event.key)

    Connections {
        target: drawer.load.requests
        enabled: drawer.visible

        function onCountChanged() {
            // Another run, or another stage of it.
            if (drawer.sample >= drawer.load.requests.all) {
                drawer.closed();
            }
            drawer.find();
        }

        function onModelReset() {
            drawer.find();
        }
    }

    KeyScroller {
        id: keys

        view: scroll
    }

    FocusFollower {
        view: scroll
        content: content
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    Rectangle {
        width: 1
        height: parent.height
        color: Theme.borderSubtle
    }

    RowLayout {
        id: head

        x: Theme.space16
        y: Theme.space8
        width: parent.width - Theme.space24
        spacing: Theme.space8

        Text {
            text: drawer.detail.title
            font: Theme.sessionTitle
            color: Theme.text
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Chip {
            objectName: "requestOutcome"
            tone: drawer.detail.state === LoadRequests.Answered ? Chip.Success : drawer.detail.state === LoadRequests.Failed ? Chip.Danger : Chip.Neutral
            text: drawer.detail.outcome
            maximumTextWidth: Theme.px(150)
        }

        Item {
            Layout.fillWidth: true
        }

        IconButton {
            enabled: drawer.row > 0
            icon.name: "go-up"
            text: qsTr("Previous request")
            onClicked: drawer.show(drawer.load.requests.placeAt(drawer.row - 1))
        }

        IconButton {
            enabled: drawer.row >= 0 && drawer.row + 1 < drawer.load.requests.count
            icon.name: "go-down"
            text: qsTr("Next request")
            onClicked: drawer.show(drawer.load.requests.placeAt(drawer.row + 1))
        }

        IconButton {
            objectName: "closeRequest"
            focus: true
            icon.name: "window-close"
            text: qsTr("Close")
            shortcutHint: "Esc"
            onClicked: drawer.closed()
        }
    }

    ScrollView {
        id: scroll

        anchors.top: head.bottom
        anchors.topMargin: Theme.space8
        anchors.bottom: parent.bottom
        x: Theme.space16
        width: parent.width - Theme.space16
        clip: true
        contentWidth: availableWidth

        ScrollBar.vertical: AppScrollBar {
            parent: scroll
            x: scroll.width - width
            height: scroll.height
        }

        ColumnLayout {
            id: content

            width: scroll.availableWidth - Theme.space16
            spacing: Theme.space16

            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.space8
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Where the time went")

                Repeater {
                    model: drawer.detail.phases

                    ColumnLayout {
                        id: phase

                        required property loadPhase modelData

                        Layout.fillWidth: true
                        spacing: Theme.space2
                        Accessible.role: Accessible.ListItem
                        Accessible.name: phase.modelData.name + " " + phase.modelData.text

                        RowLayout {
                            Layout.fillWidth: true

                            BodyText {
                                Layout.fillWidth: true
                                text: phase.modelData.name
                                color: Theme.textSecondary
                            }

                            Text {
                                text: phase.modelData.text
                                font: Theme.number
                                color: Theme.text
                            }
                        }

                        Rectangle {
                            Layout.fillWidth: true
                            implicitHeight: Theme.px(6)
                            radius: height / 2
                            color: Theme.sunken

                            Rectangle {
                                x: Math.min(parent.width - width, parent.width * phase.modelData.from)
                                width: Math.max(Theme.px(3), parent.width * phase.modelData.length)
                                height: parent.height
                                radius: parent.radius
                                color: drawer.colourOf(phase.modelData.kind)
                            }
                        }
                    }
                }
            }

            LoadTokenTimeline {
                Layout.fillWidth: true
                visible: drawer.detail.tokens.count > 0
                track: drawer.detail.tokens
                answerColour: drawer.colourOf(5)
                reasoningColour: drawer.colourOf(4)
            }

            LoadRequestText {
                Layout.fillWidth: true
                title: qsTr("Prompt")
                whole: drawer.detail.prompt
                note: drawer.detail.promptNote
                boxName: "requestPrompt"
                maximumLines: 8
                onCopyWanted: drawer.load.copy(drawer.detail.prompt)

                AppButton {
                    objectName: "openInChatButton"
                    kind: AppButton.Flat
                    implicitHeight: Theme.px(28)
                    visible: drawer.detail.prompt !== ""
                    text: qsTr("Open in chat")
                    onClicked: drawer.load.openInChat(drawer.sample)
                }
            }

            LoadRequestText {
                Layout.fillWidth: true
                visible: drawer.detail.reasoning !== ""
                title: qsTr("Reasoning")
                whole: drawer.detail.reasoning
                boxName: "requestReasoning"
                maximumLines: 8
                onCopyWanted: drawer.load.copy(drawer.detail.reasoning)
            }

            LoadRequestText {
                Layout.fillWidth: true
                title: qsTr("Answer")
                whole: drawer.detail.answer
                note: drawer.detail.answerNote
                boxName: "requestAnswer"
                maximumLines: 14
                onCopyWanted: drawer.load.copy(drawer.detail.answer)
            }

            GridLayout {
                Layout.fillWidth: true
                columns: 2
                columnSpacing: Theme.space12
                rowSpacing: Theme.space4

                Repeater {
                    model: drawer.detail.facts

                    Caption {
                        required property loadFact modelData
                        required property int index

                        Layout.row: index
                        Layout.column: 0
                        text: modelData.name
                    }
                }

                Repeater {
                    model: drawer.detail.facts

                    Text {
                        required property loadFact modelData
                        required property int index

                        Layout.row: index
                        Layout.column: 1
                        Layout.fillWidth: true
                        horizontalAlignment: Text.AlignRight
                        text: modelData.value
                        textFormat: Text.PlainText
                        font: Theme.number
                        color: Theme.text
                        elide: Text.ElideRight
                    }
                }
            }

            Item {
                implicitHeight: Theme.space8
            }
        }
    }
}
