// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import Lorikeet

/// Scrolls what is wider than it sideways: by wheel, touch and scroll bar. Dragging with the mouse
/// is left to selection, and the vertical wheel to the timeline.
Item {
    id: scroller

    property real contentWidth: 0
    readonly property real most: Math.max(0, scroller.contentWidth - scroller.width)
    property real offset: 0
    default property alias content: holder.data

    function moveBy(by: real) {
        scroller.offset = Math.max(0, Math.min(scroller.most, scroller.offset + by));
    }

    clip: scroller.most > 0
    onMostChanged: scroller.moveBy(0)

    Item {
        id: holder

        x: -scroller.offset
        width: Math.max(scroller.width, scroller.contentWidth)
        height: scroller.height
    }

    WheelHandler {
        enabled: scroller.most > 0
        orientation: Qt.Horizontal
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        target: null
        onWheel: event => scroller.moveBy(-(event.pixelDelta.x !== 0 ? event.pixelDelta.x : event.angleDelta.x / 2))
    }

    DragHandler {
        property real before: 0

        enabled: scroller.most > 0
        acceptedDevices: PointerDevice.TouchScreen
        target: null
        yAxis.enabled: false
        onActiveChanged: before = 0
        onTranslationChanged: {
            scroller.moveBy(before - translation.x);
            before = translation.x;
        }
    }

    ScrollBar {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        orientation: Qt.Horizontal
        visible: scroller.most > 0
        policy: ScrollBar.AlwaysOn
        height: Theme.px(10)
        size: scroller.contentWidth > 0 ? scroller.width / scroller.contentWidth : 1
        position: scroller.contentWidth > 0 ? scroller.offset / scroller.contentWidth : 0
        onPositionChanged: if (pressed) {
            scroller.offset = position * scroller.contentWidth;
        }
    }
}
