// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Lorikeet.App

/// The lanes side by side. Where there is no room for all, it scrolls by whole lanes; also under a
/// lane that is dragged to its edge. Dropped outside of it, a lane stays where it was.
ListView {
    id: row

    required property CompareController compare

    readonly property real leastWidth: Math.min(row.width, Theme.px(360))
    readonly property int fitting: Math.max(1, Math.min(row.compare.laneCount, Math.floor(row.width / row.leastWidth)))
    readonly property real laneWidth: Math.floor(row.width / row.fitting)
    readonly property real lastX: row.originX + Math.max(0, row.contentWidth - row.width)
    /// The place of the lane that is dragged; -1: none is.
    property int draggedPlace: -1
    /// Where it goes if it is dropped now; -1: nowhere.
    property int dropPlace: -1
    property real dragged: 0
    property real grabbedX: 0 // in the content
    property point pointer // in the row
    /// Where to it scrolls: 1 to the right, -1 to the left.
    readonly property int edge: row.draggedPlace < 0 || row.dropPlace < 0 ? 0 : row.pointer.x > row.width - Theme.px(48) ? 1 : row.pointer.x < Theme.px(48) ? -1 : 0

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

    function beginDrag(place: int, at: point) {
        row.grabbedX = row.mapFromItem(null, at).x + row.contentX;
        row.draggedPlace = place;
    }

    function dragTo(at: point) {
        row.pointer = row.mapFromItem(null, at);
        row.follow();
    }

    /// The lane stays under the pointer, whatever scrolls.
    function follow() {
        row.dragged = row.pointer.x + row.contentX - row.grabbedX;
        const to = row.draggedPlace + Math.round(row.dragged / row.laneWidth);
        row.dropPlace = row.contains(row.pointer) ? Math.max(0, Math.min(row.compare.laneCount - 1, to)) : -1;
    }

    function drop() {
        const from = row.draggedPlace;
        const to = row.dropPlace;
        row.draggedPlace = -1;
        row.dropPlace = -1;
        row.dragged = 0;
        if (to >= 0 && to !== from) {
            row.compare.moveLane(from, to);
        }
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

    Timer {
        interval: 400
        repeat: true
        running: row.edge > 0 && row.contentX < row.lastX || row.edge < 0 && row.contentX > row.originX
        onTriggered: {
            row.contentX = Math.max(row.originX, Math.min(row.lastX, row.contentX + row.edge * row.laneWidth));
            row.follow();
        }
    }

    // Where a lane that is dragged goes.
    Rectangle {
        objectName: "laneDropMark"
        x: Math.max(row.originX, row.originX + (row.dropPlace > row.draggedPlace ? row.dropPlace + 1 : row.dropPlace) * row.laneWidth - width)
        z: 2
        width: Theme.px(4)
        height: row.height
        visible: row.dropPlace >= 0 && row.dropPlace !== row.draggedPlace
        color: Theme.accent
    }

    delegate: LaneView {
        id: laneView

        readonly property bool alone: row.compare.solo === lane.place
        readonly property bool isDragged: row.draggedPlace === lane.place

        width: row.compare.solo < 0 ? row.laneWidth : laneView.alone ? row.width : 0
        height: row.height
        visible: row.compare.solo < 0 || laneView.alone
        z: laneView.isDragged ? 1 : 0
        opacity: laneView.isDragged && row.dropPlace < 0 ? 0.5 : 1
        compare: row.compare
        transform: Translate {
            x: laneView.isDragged ? row.dragged : 0
        }
        onParametersWanted: row.parametersWanted()
        onChoiceWanted: row.choiceWanted()
        onMenuRequested: (menu, messageId, answer, at) => row.menuRequested(lane.place, menu, messageId, answer, at)
        onDragBegun: at => row.beginDrag(lane.place, at)
        onDragMoved: at => row.dragTo(at)
        onDropped: row.drop()
    }
}
