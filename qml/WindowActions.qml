// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Lorikeet.App

/// Everything the window can be told to do, with its keys: for the keyboard, and for the list of
/// all actions.
Item {
    id: actions

    required property Workbench workbench
    required property ChatPage chatPage
    /// The key of the page in sight.
    required property string page

    readonly property ChatController chat: actions.workbench.chat
    readonly property Preferences preferences: actions.workbench.preferences
    readonly property bool chatShown: actions.page === "chat"
    readonly property list<Action> all: [newChat, search, endpoint, model, stop, regenerate, editLast, previousVersion, nextVersion, copyAnswer, copyCode, continueAnswer, fork, deleteLast, undoDelete, sidebar, inspector, pageChat, pageEndpoints, pageSettings, addEndpoint, zoomIn, zoomOut, zoomReset, light, dark, system, nextPane, previousPane, quit]

    signal pageWanted(key: string)
    signal quitWanted

    function cyclePane(step: int) {
        if (actions.chatShown) {
            actions.chatPage.cyclePane(step);
        } else {
            actions.pageWanted(actions.page);
        }
    }

    Action {
        id: newChat

        text: qsTr("New chat")
        shortcut: "Ctrl+N"
        onTriggered: {
            actions.pageWanted("chat");
            actions.chat.newChat();
            actions.chatPage.focusComposer();
        }
    }

    Action {
        id: search

        text: qsTr("Search the sessions")
        shortcut: "Ctrl+Shift+F"
        onTriggered: {
            actions.pageWanted("chat");
            actions.chatPage.focusSearch();
        }
    }

    Action {
        id: endpoint

        text: qsTr("Choose an endpoint")
        shortcut: "Ctrl+E"
        enabled: actions.chatShown
        onTriggered: actions.chatPage.chooseEndpoint()
    }

    Action {
        id: model

        text: qsTr("Choose a model or an adapter")
        shortcut: "Ctrl+L"
        enabled: actions.chatShown
        onTriggered: actions.chatPage.chooseModel()
    }

    Action {
        id: stop

        text: qsTr("Stop the answer")
        shortcut: "Esc"
        enabled: actions.chatShown && actions.chat.running
        onTriggered: actions.chat.stop()
    }

    Action {
        id: regenerate

        text: qsTr("Ask again for the last answer")
        shortcut: "Ctrl+R"
        enabled: actions.chatShown && !actions.chat.blank
        onTriggered: actions.chat.regenerate(actions.chat.lastAnswer())
    }

    Action {
        id: editLast

        text: qsTr("Edit the last prompt")
        enabled: actions.chatShown && !actions.chat.blank
        onTriggered: actions.chatPage.editLastPrompt()
    }

    Action {
        id: previousVersion

        text: qsTr("Previous version of the last answer")
        shortcut: "Alt+Left"
        enabled: actions.chatShown && !actions.chat.blank
        onTriggered: actions.chat.act(TimelineRow.PreviousVersion, actions.chat.lastAnswer())
    }

    Action {
        id: nextVersion

        text: qsTr("Next version of the last answer")
        shortcut: "Alt+Right"
        enabled: actions.chatShown && !actions.chat.blank
        onTriggered: actions.chat.act(TimelineRow.NextVersion, actions.chat.lastAnswer())
    }

    Action {
        id: copyAnswer

        text: qsTr("Copy the last answer")
        shortcut: "Ctrl+Shift+C"
        enabled: actions.chatShown && !actions.chat.blank
        onTriggered: actions.chat.copy(actions.chat.lastAnswer())
    }

    Action {
        id: copyCode

        text: qsTr("Copy the last code block")
        shortcut: "Ctrl+Shift+;"
        enabled: actions.chatShown && !actions.chat.blank
        onTriggered: actions.chat.copyLastCode()
    }

    Action {
        id: continueAnswer

        text: qsTr("Continue the last answer")
        enabled: actions.chatShown && !actions.chat.blank && !actions.chat.running
        onTriggered: actions.chat.continueAnswer(actions.chat.lastAnswer())
    }

    Action {
        id: fork

        text: qsTr("Go on from here in a new session")
        shortcut: "Ctrl+Shift+E"
        enabled: actions.chatShown && !actions.chat.blank
        onTriggered: actions.chat.fork(actions.chat.lastAnswer())
    }

    Action {
        id: deleteLast

        text: qsTr("Delete the last prompt and its answer")
        enabled: actions.chatShown && !actions.chat.blank
        onTriggered: actions.chat.deleteMessage(actions.chat.lastPrompt())
    }

    Action {
        id: undoDelete

        text: qsTr("Undo the deletion")
        enabled: actions.chat.canUndo || actions.workbench.sessions.removedTitle !== ""
        onTriggered: {
            if (actions.workbench.sessions.removedTitle !== "") {
                actions.workbench.sessions.undoRemove();
            } else {
                actions.chat.undoDelete();
            }
        }
    }

    Action {
        id: sidebar

        text: actions.preferences.sidebarVisible ? qsTr("Hide the sessions") : qsTr("Show the sessions")
        shortcut: "Ctrl+B"
        onTriggered: actions.preferences.sidebarVisible = !actions.preferences.sidebarVisible
    }

    Action {
        id: inspector

        text: qsTr("Show or hide the parameters")
        shortcut: "Ctrl+Shift+I"
        enabled: actions.chatShown
        onTriggered: actions.chatPage.toggleInspector()
    }

    Action {
        id: pageChat

        text: qsTr("Go to the chat")
        shortcut: "Ctrl+1"
        onTriggered: actions.pageWanted("chat")
    }

    Action {
        id: pageEndpoints

        text: qsTr("Go to the endpoints")
        shortcut: "Ctrl+2"
        onTriggered: actions.pageWanted("endpoints")
    }

    Action {
        id: pageSettings

        text: qsTr("Go to the settings")
        shortcut: "Ctrl+,"
        onTriggered: actions.pageWanted("settings")
    }

    Action {
        id: addEndpoint

        text: qsTr("Add an endpoint")
        onTriggered: {
            actions.workbench.editor.startNew();
            actions.pageWanted("endpoints");
        }
    }

    Action {
        id: zoomIn

        text: qsTr("Larger")
        shortcut: "Ctrl+="
        onTriggered: actions.preferences.stepZoom(1)
    }

    Action {
        id: zoomOut

        text: qsTr("Smaller")
        shortcut: "Ctrl+-"
        onTriggered: actions.preferences.stepZoom(-1)
    }

    Action {
        id: zoomReset

        text: qsTr("Usual size")
        shortcut: "Ctrl+0"
        onTriggered: actions.preferences.stepZoom(0)
    }

    Action {
        id: light

        text: qsTr("Light colours")
        onTriggered: actions.preferences.scheme = Qt.ColorScheme.Light
    }

    Action {
        id: dark

        text: qsTr("Dark colours")
        onTriggered: actions.preferences.scheme = Qt.ColorScheme.Dark
    }

    Action {
        id: system

        text: qsTr("Colours of the system")
        onTriggered: actions.preferences.scheme = Qt.ColorScheme.Unknown
    }

    Action {
        id: nextPane

        text: qsTr("Next pane")
        shortcut: "F6"
        onTriggered: actions.cyclePane(1)
    }

    Action {
        id: previousPane

        text: qsTr("Previous pane")
        shortcut: "Shift+F6"
        onTriggered: actions.cyclePane(-1)
    }

    Action {
        id: quit

        text: qsTr("Quit")
        shortcut: "Ctrl+Q"
        onTriggered: actions.quitWanted()
    }

    Shortcut {
        sequence: "Ctrl+P"
        onActivated: search.trigger()
    }

    Shortcut {
        sequence: "Ctrl++"
        onActivated: actions.preferences.stepZoom(1)
    }
}
