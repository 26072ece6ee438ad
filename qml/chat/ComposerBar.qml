// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What a prompt is asked with, and the button that sends it, under where it is written.
RowLayout {
    id: bar

    required property PromptTarget chat
    required property SetupEditor setup
    required property PromptLibrary prompts
    /// What is asked with is set up here, and not for each of several lanes.
    required property bool setupShown
    /// A prompt that is there already is being changed.
    required property bool changing
    required property string written

    signal submitWanted
    /// The button that sends, or stops what runs.
    signal pressed
    signal parametersWanted
    signal choiceWanted

    spacing: Theme.space8

    Chip {
        objectName: "modelChip"
        visible: bar.setupShown
        clickable: true
        text: bar.setup.picker.model === "" ? bar.setup.picker.adapterLabel : qsTr("%1 · %2").arg(bar.setup.picker.model).arg(bar.setup.picker.adapterLabel)
        maximumTextWidth: Math.max(Theme.px(80), bar.width * 0.32)
        Accessible.description: qsTr("Model and adapter")
        onClicked: bar.choiceWanted()
    }

    IconButton {
        objectName: "promptsButton"
        icon.name: "code-variable"
        text: qsTr("Prompt library, or / at the beginning")
        shortcutHint: "Ctrl+Shift+L"
        onClicked: bar.prompts.open(bar.chat)
    }

    Chip {
        objectName: "turnChip"
        clickable: true
        visible: bar.chat.turnLabel !== ""
        tone: Chip.Accent
        text: qsTr("@%1, this turn  ✕").arg(bar.chat.turnLabel)
        maximumTextWidth: Math.max(Theme.px(80), bar.width * 0.3)
        Accessible.name: qsTr("%1 for this turn; press to leave it").arg(bar.chat.turnLabel)
        onClicked: bar.chat.clearTurn()
    }

    Chip {
        clickable: true
        visible: bar.setupShown && bar.setup.parameters.touchedCount > 0 && bar.width > Theme.px(520)
        text: bar.setup.parameters.summary
        maximumTextWidth: Math.max(Theme.px(80), bar.width * 0.26)
        Accessible.description: qsTr("Parameters that are set")
        onClicked: bar.parametersWanted()
    }

    Chip {
        clickable: true
        visible: bar.setupShown && bar.chat.systemPrompt !== "" && bar.width > Theme.px(620)
        text: qsTr("System prompt")
        onClicked: bar.parametersWanted()
    }

    Chip {
        objectName: "examplesChip"
        clickable: true
        visible: bar.setupShown && bar.chat.examplesNote !== "" && bar.width > Theme.px(620)
        text: qsTr("Examples")
        Accessible.description: bar.chat.examplesNote
        onClicked: bar.parametersWanted()
    }

    Item {
        Layout.fillWidth: true
    }

    Text {
        id: meter

        objectName: "tokenMeter"
        visible: text !== "" && bar.width > Theme.px(420)
        text: bar.chat.tokenMeter
        font: Theme.metric
        color: bar.chat.contextShare >= 1 ? Theme.danger : bar.chat.contextShare >= 0.85 ? Theme.warning : Theme.textMuted
        Accessible.role: Accessible.StaticText
        Accessible.name: text

        HoverHandler {
            id: meterHover
        }

        RowToolTip {
            visible: meterHover.hovered
            text: bar.chat.contextShare >= 1 ? qsTr("More than the model's context holds: the server will refuse it, or forget the beginning.") : qsTr("Tokens of this conversation, as the server counted them last, and what the draft adds, guessed by its length; then what the model's context holds.")
        }
    }

    AppButton {
        visible: bar.chat.running && bar.written !== ""
        text: bar.changing ? qsTr("Send") : qsTr("Queue")
        onClicked: bar.submitWanted()
    }

    AppButton {
        objectName: "sendButton"
        implicitWidth: Theme.px(92)
        kind: bar.chat.running ? AppButton.Plain : AppButton.Primary
        text: bar.chat.running ? qsTr("Stop") : qsTr("Send  ⏎")
        icon.name: bar.chat.running ? "media-playback-stop" : ""
        Accessible.name: bar.chat.running ? qsTr("Stop") : qsTr("Send")
        enabled: bar.chat.running || bar.written.trim() !== ""
        onClicked: bar.pressed()
    }
}
