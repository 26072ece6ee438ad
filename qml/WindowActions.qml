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
    required property ComparePage comparePage
    required property GridPage gridPage
    required property LoadPage loadPage
    /// The key of the page in sight.
    required property string page

    readonly property ChatController chat: actions.workbench.chat
    readonly property Preferences preferences: actions.workbench.preferences
    readonly property CompareController compare: actions.workbench.compare
    readonly property bool chatShown: actions.page === "chat"
    readonly property bool compareShown: actions.page === "compare"
    /// What the keys that prompts and answers have in common are about.
    readonly property ChatController answering: actions.compareShown ? actions.compare.focused?.chat ?? actions.chat : actions.chat
    readonly property PromptTarget writtenFor: actions.compareShown ? actions.compare : actions.chat
    readonly property bool talkShown: actions.chatShown || actions.compareShown
    readonly property list<Action> all: [newChat, newComparison, compareThis, ...loadActions.all, search, endpoint, model, stop, regenerate, editLast, previousVersion, nextVersion, copyAnswer, copyCode, continueAnswer, fork, deleteLast, undoDelete, promptLibrary, keepPrompt, sidebar, inspector, ...laneActions.all, pageChat, pageCompare, pageLoad, pageGrid, pageEndpoints, pageSettings, addEndpoint, zoomIn, zoomOut, zoomReset, light, dark, system, nextPane, previousPane, quit]

    signal pageWanted(key: string)
    signal quitWanted

    function cyclePane(step: int) {
        if (actions.chatShown) {
            actions.chatPage.cyclePane(step);
        } else if (actions.compareShown) {
            actions.comparePage.cyclePane(step);
        } else if (actions.page === "grid") {
            actions.gridPage.cyclePane(step);
        } else if (actions.page === "load") {
            actions.loadPage.cyclePane(step);
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

        text: qsTr("Choose an adapter, a model or an endpoint")
        shortcut: "Ctrl+L"
        enabled: actions.talkShown
        onTriggered: {
            if (actions.compareShown) {
                actions.comparePage.chooseModel();
            } else {
                actions.chatPage.chooseModel();
            }
        }
    }

    Action {
        id: stop

        text: qsTr("Stop the answer")
        shortcut: "Esc"
        enabled: actions.chatShown && actions.chat.running || actions.compareShown && actions.compare.running
        onTriggered: {
            if (actions.compareShown) {
                actions.compare.interrupt();
            } else {
                actions.chat.stop();
            }
        }
    }

    Action {
        id: regenerate

        text: qsTr("Ask again for the last answer")
        shortcut: "Ctrl+R"
        enabled: actions.talkShown && !actions.answering.blank
        onTriggered: actions.answering.regenerate(actions.answering.lastAnswer())
    }

    Action {
        id: editLast

        text: qsTr("Edit the last prompt")
        enabled: actions.talkShown && !actions.answering.blank
        onTriggered: {
            if (actions.compareShown) {
                actions.comparePage.editLastPrompt();
            } else {
                actions.chatPage.editLastPrompt();
            }
        }
    }

    Action {
        id: previousVersion

        text: qsTr("Previous version of the last answer")
        shortcut: "Alt+Left"
        enabled: actions.talkShown && !actions.answering.blank
        onTriggered: actions.answering.act(TimelineRow.PreviousVersion, actions.answering.lastAnswer())
    }

    Action {
        id: nextVersion

        text: qsTr("Next version of the last answer")
        shortcut: "Alt+Right"
        enabled: actions.talkShown && !actions.answering.blank
        onTriggered: actions.answering.act(TimelineRow.NextVersion, actions.answering.lastAnswer())
    }

    Action {
        id: copyAnswer

        text: qsTr("Copy the last answer")
        shortcut: "Ctrl+Shift+C"
        enabled: actions.talkShown && !actions.answering.blank
        onTriggered: actions.answering.copy(actions.answering.lastAnswer())
    }

    Action {
        id: copyCode

        text: qsTr("Copy the last code block")
        shortcut: "Ctrl+Shift+;"
        enabled: actions.talkShown && !actions.answering.blank
        onTriggered: actions.answering.copyLastCode()
    }

    Action {
        id: continueAnswer

        text: qsTr("Continue the last answer")
        enabled: actions.talkShown && !actions.answering.blank && !actions.answering.running
        onTriggered: actions.answering.continueAnswer(actions.answering.lastAnswer())
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

        readonly property LoadPresets presets: actions.workbench.load.presets

        text: undoDelete.presets.undoReplaced ? qsTr("Undo replacing the preset") : qsTr("Undo the deletion")
        enabled: actions.chat.canUndo || actions.workbench.sessions.removedTitle !== "" || undoDelete.presets.undoName !== ""
        onTriggered: {
            // It is there for some seconds only, so it is the latest.
            if (undoDelete.presets.undoName !== "") {
                undoDelete.presets.undo();
            } else if (actions.workbench.sessions.removedTitle !== "") {
                actions.workbench.sessions.undoRemove();
            } else {
                actions.chat.undoDelete();
            }
        }
    }

    Action {
        id: promptLibrary

        text: qsTr("Prompt library")
        shortcut: "Ctrl+Shift+L"
        enabled: actions.talkShown
        onTriggered: actions.workbench.prompts.open(actions.writtenFor)
    }

    Action {
        id: keepPrompt

        text: qsTr("Keep the prompt as a template")
        shortcut: "Ctrl+Shift+S"
        enabled: actions.talkShown
        onTriggered: actions.workbench.prompts.keep(actions.writtenFor.draft, actions.writtenFor)
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
        enabled: actions.talkShown
        onTriggered: {
            if (actions.compareShown) {
                actions.comparePage.toggleInspector();
            } else {
                actions.chatPage.toggleInspector();
            }
        }
    }

    Action {
        id: pageChat

        text: qsTr("Go to the chat")
        shortcut: "Ctrl+1"
        onTriggered: actions.pageWanted("chat")
    }

    Action {
        id: newComparison

        text: qsTr("New comparison")
        shortcut: "Ctrl+Shift+N"
        onTriggered: {
            actions.pageWanted("compare");
            actions.compare.newComparison();
            actions.comparePage.focusComposer();
        }
    }

    Action {
        id: compareThis

        text: qsTr("Compare adapters from this chat on")
        shortcut: "Ctrl+Shift+Return"
        enabled: actions.chatShown
        onTriggered: {
            actions.compare.fromChat();
            actions.pageWanted("compare");
            actions.comparePage.focusComposer();
        }
    }

    LaneActions {
        id: laneActions

        compare: actions.compare
        shown: actions.compareShown
        onLaneWanted: place => actions.comparePage.focusLane(place)
    }

    Action {
        id: pageCompare

        text: qsTr("Go to the comparison")
        shortcut: "Ctrl+2"
        onTriggered: actions.pageWanted("compare")
    }

    Action {
        id: pageLoad

        text: qsTr("Go to the load test")
        shortcut: "Ctrl+3"
        onTriggered: actions.pageWanted("load")
    }

    LoadActions {
        id: loadActions

        load: actions.workbench.load
        chat: actions.chat
        chatShown: actions.chatShown
        onPageWanted: actions.pageWanted("load")
        onCalibrationWanted: actions.loadPage.calibrate()
    }

    Action {
        id: pageGrid

        text: qsTr("Go to the grid")
        shortcut: "Ctrl+4"
        onTriggered: actions.pageWanted("grid")
    }

    Action {
        id: pageEndpoints

        text: qsTr("Go to the endpoints")
        shortcut: "Ctrl+5"
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
