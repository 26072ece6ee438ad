// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// The big figures of a run.
GridLayout {
    id: tiles

    required property LoadController load

    readonly property loadFigures figures: tiles.load.figures
    readonly property bool chats: tiles.figures.items === ""
    readonly property bool live: tiles.load.state === LoadController.Running

    columns: tiles.width < Theme.px(1000) ? 4 : 8
    columnSpacing: Theme.space8
    rowSpacing: Theme.space8

    LoadTile {
        objectName: "tileTokens"
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        name: tiles.chats ? qsTr("Output tokens") : tiles.figures.items
        value: tiles.figures.tokenRate
        unit: "/s"
        detail: tiles.live ? qsTr("last 2 s") : qsTr("measured")
    }

    LoadTile {
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        name: qsTr("Answers")
        value: tiles.figures.requestRate
        unit: "/s"
        detail: tiles.figures.answered === "" ? "" : qsTr("%1 in all").arg(tiles.figures.answered)
    }

    LoadTile {
        objectName: "tileRunning"
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        name: tiles.live ? qsTr("Under way") : qsTr("Under way, mean")
        value: tiles.figures.running
        detail: qsTr("requests")
    }

    LoadTile {
        objectName: "tileErrors"
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        name: qsTr("Errors")
        value: tiles.figures.failed
        ink: tiles.figures.failing ? Theme.danger : Theme.text
        detail: tiles.figures.failed === "" ? "" : tiles.figures.failing ? qsTr("failed in all") : qsTr("none in all")
    }

    LoadTile {
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        name: tiles.chats ? qsTr("TTFT p50") : qsTr("End to end p50")
        value: tiles.figures.firstToken50
        detail: tiles.live ? qsTr("last 10 s") : qsTr("measured")
    }

    LoadTile {
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        name: tiles.chats ? qsTr("TTFT p95") : qsTr("End to end p95")
        value: tiles.figures.firstToken95
        detail: tiles.figures.firstToken99 === "" ? "" : qsTr("p99 %1").arg(tiles.figures.firstToken99)
    }

    LoadTile {
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        visible: tiles.chats
        name: qsTr("ITL p50")
        value: tiles.figures.gap50
        detail: tiles.figures.gap95 === "" ? "" : qsTr("p95 %1").arg(tiles.figures.gap95)
    }

    LoadTile {
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        visible: tiles.chats || tiles.figures.judged
        name: tiles.figures.judged ? qsTr("Goodput") : qsTr("ITL p99")
        value: tiles.figures.judged ? tiles.figures.goodput : tiles.figures.gap99
        unit: tiles.figures.judged && tiles.figures.goodput !== "" ? "/s" : ""
        detail: tiles.chats && tiles.figures.judged && tiles.figures.gap99 !== "" ? qsTr("ITL p99 %1").arg(tiles.figures.gap99) : ""
    }
}
