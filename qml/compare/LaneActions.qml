// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQml
import Lorikeet.App

/// What the lanes of a comparison can be told to do, with its keys.
Item {
    id: actions

    required property CompareController compare
    /// The comparison is in sight.
    required property bool shown

    readonly property list<Action> all: [addLane, closeLane, undoCloseLane, laneLeft, laneRight, soloLane, diff, onlyDifferences, blindVote, judge, regenerateAll, adapters, laneAsChat, stopAll]

    signal laneWanted(place: int)

    Action {
        id: addLane

        text: qsTr("Add a lane")
        shortcut: "Ctrl+T"
        enabled: actions.shown && actions.compare.canAdd
        onTriggered: actions.compare.addLane()
    }

    Action {
        id: closeLane

        text: qsTr("Close the lane")
        shortcut: "Ctrl+W"
        enabled: actions.shown && actions.compare.laneCount > 1
        onTriggered: actions.compare.closeLane(actions.compare.focusedPlace)
    }

    Action {
        id: undoCloseLane

        text: qsTr("Open the closed lane again")
        enabled: actions.shown && actions.compare.canUndoClose
        onTriggered: actions.compare.undoClose()
    }

    Action {
        id: laneLeft

        text: qsTr("Move the lane to the left")
        shortcut: "Ctrl+Alt+Left"
        enabled: actions.shown
        onTriggered: actions.compare.moveLane(actions.compare.focusedPlace, actions.compare.focusedPlace - 1)
    }

    Action {
        id: laneRight

        text: qsTr("Move the lane to the right")
        shortcut: "Ctrl+Alt+Right"
        enabled: actions.shown
        onTriggered: actions.compare.moveLane(actions.compare.focusedPlace, actions.compare.focusedPlace + 1)
    }

    Action {
        id: soloLane

        text: actions.compare.solo < 0 ? qsTr("Show the lane alone") : qsTr("Show all lanes")
        enabled: actions.shown && actions.compare.laneCount > 1
        onTriggered: actions.compare.solo = actions.compare.solo < 0 ? actions.compare.focusedPlace : -1
    }

    Action {
        id: diff

        text: actions.compare.diff.shown ? qsTr("Hide what differs") : qsTr("Show what differs")
        shortcut: "Ctrl+D"
        enabled: actions.shown
        onTriggered: actions.compare.diff.shown = !actions.compare.diff.shown
    }

    Action {
        id: onlyDifferences

        text: actions.compare.diff.only ? qsTr("Show whole answers") : qsTr("Show only what differs")
        enabled: actions.shown
        onTriggered: actions.compare.diff.only = !actions.compare.diff.only
    }

    Action {
        id: blindVote

        text: actions.compare.judging.blind ? qsTr("End blind voting") : qsTr("Vote blind")
        shortcut: "Ctrl+Shift+B"
        enabled: actions.shown && actions.compare.laneCount > 1
        onTriggered: actions.compare.judging.blind = !actions.compare.judging.blind
    }

    Action {
        id: judge

        text: actions.compare.judge.running ? qsTr("Stop judging") : qsTr("Let the model judge the answers")
        shortcut: "Ctrl+Shift+J"
        enabled: actions.shown && (actions.compare.judge.running || actions.compare.judge.problem === "")
        onTriggered: {
            if (actions.compare.judge.running) {
                actions.compare.judge.stop();
            } else {
                actions.compare.judge.shown = true;
                actions.compare.judge.run();
            }
        }
    }

    Action {
        id: regenerateAll

        text: qsTr("Ask all lanes again")
        shortcut: "Ctrl+Shift+R"
        enabled: actions.shown && !actions.compare.blank
        onTriggered: actions.compare.regenerateAll()
    }

    Action {
        id: adapters

        text: qsTr("Compare the base model and all its adapters")
        enabled: actions.shown
        onTriggered: actions.compare.compareAdapters()
    }

    Action {
        id: laneAsChat

        text: qsTr("Open the lane as a chat")
        enabled: actions.shown && !(actions.compare.focused?.chat.blank ?? true) && !actions.compare.judging.hidden
        onTriggered: actions.compare.openAsChat(actions.compare.focusedPlace, "")
    }

    Action {
        id: stopAll

        text: qsTr("Stop all lanes")
        enabled: actions.shown && actions.compare.running
        onTriggered: actions.compare.stop()
    }

    // Ctrl+Alt+1 … 6
    Instantiator {
        model: 6

        Shortcut {
            required property int index

            sequence: "Ctrl+Alt+" + (index + 1)
            enabled: actions.shown && index < actions.compare.laneCount
            onActivated: actions.laneWanted(index)
        }
    }
}
