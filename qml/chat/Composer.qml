// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QtQuick.Templates as T
import Lorikeet.App

/// Where prompts are written. It never locks: while an answer runs, what is sent waits for it.
FocusScope {
    id: composer

    required property PromptTarget chat
    required property Preferences preferences
    required property SetupEditor setup
    required property PromptLibrary prompts
    /// What is asked with is set up here, and not for each of several lanes.
    property bool setupShown: true
    property string placeholderText: composer.chat.running ? qsTr("Write the next prompt …") : qsTr("Send a message …")
    /// The room there is; the composer takes up to 40 % of it.
    property real availableHeight: 800
    /// The prompt, or the waiting one, that is being changed; empty: a new one is written.
    property string editing
    property string editingWaiting

    readonly property bool changing: composer.editing !== "" || composer.editingWaiting !== ""
    /// Not cut out of the text, which is told only after the cursor has moved.
    readonly property string beforeCursor: area.length > 0 ? area.getText(0, area.cursorPosition) : ""
    readonly property real mostHeight: Math.max(Theme.px(104), Math.min(Theme.px(320), composer.availableHeight * 0.4))

    signal parametersWanted
    signal choiceWanted

    function edit(nodeId: string) {
        composer.cancelEdit();
        composer.editing = nodeId;
        composer.fill(composer.chat.textOf(nodeId));
    }

    function editWaiting(id: string, text: string) {
        composer.cancelEdit();
        composer.editingWaiting = id;
        composer.fill(text);
    }

    function cancelEdit() {
        if (composer.changing) {
            composer.editing = "";
            composer.editingWaiting = "";
            composer.fill(composer.chat.draft);
        }
    }

    function fill(text: string) {
        area.text = text;
        area.cursorPosition = area.length;
        area.forceActiveFocus(Qt.OtherFocusReason);
    }

    /// What a template became, in place of what was there; Ctrl+Z brings that back.
    function replace(text: string) {
        composer.cancelEdit();
        area.remove(0, area.length);
        area.insert(0, text);
        area.cursorPosition = area.length;
        area.forceActiveFocus(Qt.OtherFocusReason);
    }

    function submit() {
        const text = area.text;
        if (text.trim() === "") {
            return;
        }
        guard.restart();
        if (composer.editing !== "") {
            const node = composer.editing;
            composer.cancelEdit();
            composer.chat.editPrompt(node, text);
        } else if (composer.editingWaiting !== "") {
            const waiting = composer.editingWaiting;
            composer.cancelEdit();
            composer.chat.editWaiting(waiting, text);
        } else if (composer.chat.send(text)) {
            // Not clear(), so that Ctrl+Z brings the text back.
            area.remove(0, area.length);
        }
    }

    /// The button was: it sends, or stops what runs.
    function press() {
        if (guard.running) {
            return;
        }
        if (composer.chat.running) {
            guard.restart();
            composer.chat.stop();
        } else {
            composer.submit();
        }
    }

    /// Puts the text into the conversation without asking for an answer.
    function addOnly() {
        if (!composer.changing && composer.chat.addPrompt(area.text)) {
            area.remove(0, area.length);
        }
    }

    function typed(event: KeyEvent) {
        const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
        const control = (event.modifiers & Qt.ControlModifier) !== 0;
        const shift = (event.modifiers & Qt.ShiftModifier) !== 0;
        const alt = (event.modifiers & Qt.AltModifier) !== 0;
        // The key that ends a composition belongs to the input method.
        if (area.inputMethodComposing) {
            return;
        }
        if (mentionPopup.handle(event) || templatePopup.handle(event)) {
            event.accepted = true;
        } else if (enter && alt) {
            composer.addOnly();
            event.accepted = true;
        } else if (enter && (control || (composer.preferences.enterSends && !shift))) {
            composer.submit();
            event.accepted = true;
        } else if (alt && (event.key === Qt.Key_Up || event.key === Qt.Key_Down)) {
            composer.fill(composer.chat.historyStep(event.key === Qt.Key_Up ? -1 : 1, area.text));
            event.accepted = true;
        } else if (event.key === Qt.Key_Up && area.length === 0) {
            const last = composer.chat.lastPrompt();
            if (last !== "") {
                composer.edit(last);
            }
            event.accepted = true;
        } else if (event.key === Qt.Key_Escape && (composer.changing || composer.chat.running)) {
            if (composer.changing) {
                composer.cancelEdit();
            } else {
                composer.chat.interrupt();
            }
            event.accepted = true;
        } else if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab) {
            const forward = event.key === Qt.Key_Tab;
            area.nextItemInFocusChain(forward).forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
            event.accepted = true;
        }
    }

    implicitHeight: column.implicitHeight

    Connections {
        target: composer.chat

        function onSessionChanged() {
            composer.editing = "";
            composer.editingWaiting = "";
            area.text = composer.chat.draft;
            area.cursorPosition = area.length;
        }
    }

    Connections {
        target: composer.prompts.form

        function onFilled(target: PromptTarget, text: string) {
            if (target === composer.chat) {
                composer.replace(text);
            }
        }
    }

    // A second click in the same place must not stop what the first one sent, nor the other way
    // round.
    Timer {
        id: guard

        interval: 250
    }

    ColumnLayout {
        id: column

        width: composer.width
        spacing: Theme.space8

        Repeater {
            model: composer.chat.waiting

            WaitingPrompt {
                required property waitingEntry modelData

                Layout.fillWidth: true
                entry: modelData
                held: !composer.chat.running
                onEditWanted: composer.editWaiting(entry.id, entry.text)
                onRemoveWanted: composer.chat.removeWaiting(entry.id)
                onSendWanted: composer.chat.sendWaiting()
            }
        }

        ActionBar {
            objectName: "templateBar"
            Layout.fillWidth: true
            visible: composer.prompts.form.applied !== "" && composer.prompts.form.appliedTo === composer.chat
            text: composer.prompts.form.applied
            action: qsTr("Undo")
            onTriggered: composer.prompts.form.undo()
            onDismissed: composer.prompts.form.dismiss()
        }

        Rectangle {
            id: frame

            objectName: "composerFrame"
            Layout.fillWidth: true
            implicitHeight: Math.min(composer.mostHeight, Math.max(Theme.px(104), area.implicitHeight + tools.height + (editBanner.visible ? editBanner.height : 0) + Theme.px(28)))
            radius: Theme.radiusLarge
            color: Theme.surface
            border.width: area.activeFocus ? 2 : 1
            border.color: area.activeFocus ? Theme.accent : Theme.borderControl

            RowLayout {
                id: editBanner

                visible: composer.changing
                x: Theme.space16
                y: Theme.space8
                width: parent.width - 2 * Theme.space16
                spacing: Theme.space8

                Text {
                    Layout.fillWidth: true
                    font: Theme.metric
                    color: Theme.accent
                    text: composer.editing !== "" ? qsTr("Editing a prompt: sending makes a new branch, the old one stays") : qsTr("Editing a prompt that waits")
                    elide: Text.ElideRight
                }

                AppButton {
                    kind: AppButton.Flat
                    text: qsTr("Cancel (Esc)")
                    implicitHeight: Theme.px(24)
                    onClicked: composer.cancelEdit()
                }
            }

            ScrollView {
                id: scroll

                focus: true

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: editBanner.visible ? editBanner.bottom : parent.top
                anchors.bottom: tools.top
                anchors.topMargin: editBanner.visible ? 0 : Theme.space8
                anchors.leftMargin: Theme.space2
                anchors.rightMargin: Theme.space2
                contentWidth: availableWidth

                ScrollBar.vertical: AppScrollBar {
                    parent: scroll
                    x: scroll.width - width
                    height: scroll.height
                }

                T.TextArea {
                    id: area

                    objectName: "composerText"
                    width: scroll.availableWidth
                    focus: true
                    leftPadding: Theme.px(14)
                    rightPadding: Theme.px(14)
                    topPadding: Theme.space4
                    bottomPadding: Theme.space4
                    implicitHeight: contentHeight + topPadding + bottomPadding
                    font: Theme.prose
                    color: Theme.text
                    selectionColor: Theme.accent
                    selectedTextColor: Theme.textOnAccent
                    wrapMode: TextEdit.Wrap
                    textFormat: TextEdit.PlainText
                    selectByMouse: true
                    Accessible.name: qsTr("Prompt")
                    Accessible.description: composer.preferences.enterSends ? qsTr("Enter sends, Shift and Enter begins a new line, Alt and Enter adds without asking") : qsTr("Ctrl and Enter sends, Alt and Enter adds without asking")

                    onTextChanged: if (!composer.changing) {
                        composer.chat.setDraft(text);
                    }
                    Keys.onPressed: event => composer.typed(event)

                    MentionPopup {
                        id: mentionPopup

                        choices: composer.setup.mentions
                        text: composer.beforeCursor
                        cursor: composer.beforeCursor.length
                        wanted: composer.setupShown && area.activeFocus && composer.editingWaiting === "" && area.selectedText === ""
                        x: Math.min(area.positionToRectangle(Math.max(0, at.start)).x, area.width - width)
                        y: area.positionToRectangle(Math.max(0, at.start)).y - height - Theme.space4
                        onChoiceTaken: (choice, start, end) => {
                            area.remove(start, end);
                            composer.chat.setTurn(choice);
                        }
                    }

                    TemplatePopup {
                        id: templatePopup

                        prompts: composer.prompts
                        text: composer.beforeCursor
                        cursor: composer.beforeCursor.length
                        wanted: area.activeFocus && !composer.changing && area.selectedText === ""
                        x: area.leftPadding
                        y: area.positionToRectangle(0).y - height - Theme.space4
                        onTemplateTaken: name => {
                            area.remove(0, area.cursorPosition);
                            composer.prompts.form.begin(name, composer.chat);
                        }
                        onFooterTaken: {
                            area.remove(0, area.cursorPosition);
                            composer.prompts.open(composer.chat);
                        }
                    }

                    Text {
                        x: area.leftPadding
                        y: area.topPadding
                        width: area.width - area.leftPadding - area.rightPadding
                        visible: area.length === 0 && area.preeditText === ""
                        text: composer.placeholderText
                        font: area.font
                        color: Theme.textMuted
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }
                }
            }

            ComposerBar {
                id: tools

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: Theme.space8
                anchors.leftMargin: Theme.space12
                height: Theme.px(32)
                chat: composer.chat
                setup: composer.setup
                prompts: composer.prompts
                setupShown: composer.setupShown
                changing: composer.changing
                written: area.text
                onSubmitWanted: composer.submit()
                onPressed: composer.press()
                onParametersWanted: composer.parametersWanted()
                onChoiceWanted: composer.choiceWanted()
            }
        }
    }
}
