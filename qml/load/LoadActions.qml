// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQml
import Lorikeet.App

/// What a load test can be told to do.
Item {
    id: actions

    required property LoadController load
    required property ChatController chat
    /// The chat is in sight.
    required property bool chatShown

    readonly property list<Action> all: [loadThis, loadEndpoint, startLoad, stopLoad, calibrate]

    signal pageWanted
    signal calibrationWanted

    Action {
        id: loadThis

        text: qsTr("Load-test the last prompt of this chat")
        enabled: actions.chatShown && !actions.chat.blank
        onTriggered: actions.load.fromChat()
    }

    Action {
        id: loadEndpoint

        text: qsTr("Load-test this endpoint")
        enabled: actions.chatShown
        onTriggered: actions.load.useEndpoint(actions.chat.endpointId)
    }

    Action {
        id: startLoad

        text: qsTr("Start the load test")
        enabled: !actions.load.running && actions.load.setup.problem === ""
        onTriggered: {
            actions.pageWanted();
            actions.load.start();
        }
    }

    Action {
        id: stopLoad

        text: qsTr("Stop the load test")
        enabled: actions.load.running
        onTriggered: actions.load.stop()
    }

    Action {
        id: calibrate

        text: qsTr("Calibrate this computer for load tests")
        enabled: !actions.load.running
        onTriggered: {
            actions.pageWanted();
            actions.calibrationWanted();
        }
    }
}
