// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Lorikeet.App

/// The lanes side by side. Where there is no room for all, it scrolls by whole lanes.
ListView {
    id: row

    required property CompareController compare

    readonly property real leastWidth: Math.min(row.width, Theme.px(360))
    readonly property int fitting: Math.max(1, Math.min(row.compare.laneCount, Math.floor(row.width / row.leastWidth)))
    readonly property real laneWidth: Math.floor(row.width / row.fitting)

    signal parametersWanted
    signal choiceWanted
    signal menuRequested(place: int, menu: int, messageId: string, answer: bool, at: Item)

    function show(place: int) {
        row.positionViewAtIndex(place, ListView.Contain);
    }

    function focusLane(place: int) {
        row.show(place);
        row.itemAtIndex(place)?.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    orientation: ListView.Horizontal
    // Text is selected by dragging; the bar below and the keys scroll.
    interactive: false
    clip: true
    // Lanes are few and each holds its place in a conversation: none is unmade.
    cacheBuffer: 20000
    highlightFollowsCurrentItem: false
    model: row.compare.lanes

    ScrollBar.horizontal: AppScrollBar {
        policy: row.contentWidth > row.width + 1 ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
        snapMode: ScrollBar.SnapAlways
        stepSize: row.contentWidth > 0 ? row.laneWidth / row.contentWidth : 1
    }

    move: Transition {
        NumberAnimation {
            property: "x"
            duration: Theme.slide
            easing.type: Easing.OutQuad
        }
    }

    Connections {
        target: row.compare

        function onFocusChanged() {
            row.show(row.compare.focusedPlace);
        }
    }

    delegate: LaneView {
        id: laneView

        readonly property bool alone: row.compare.solo === lane.place

        width: row.compare.solo < 0 ? row.laneWidth : laneView.alone ? row.width : 0
        height: row.height
        visible: row.compare.solo < 0 || laneView.alone
        z: laneView.dragged !== 0 ? 1 : 0
        compare: row.compare
        transform: Translate {
            x: laneView.dragged
        }
        onParametersWanted: row.parametersWanted()
        onChoiceWanted: row.choiceWanted()
        onMenuRequested: (menu, messageId, answer, at) => row.menuRequested(lane.place, menu, messageId, answer, at)
        onDropped: by => {
            const to = Math.max(0, Math.min(row.compare.laneCount - 1, lane.place + Math.round(by / row.laneWidth)));
            row.compare.moveLane(lane.place, to);
        }
    }
}
