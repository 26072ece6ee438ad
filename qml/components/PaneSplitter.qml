// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

/// The line between two panes: 1 px to see, 8 px to grab. Dragging, or Left and Right with the
/// keyboard, asks for another width; a double click asks for the usual one.
T.Control {
    id: splitter

    /// The width, at zoom 1, of the pane it belongs to.
    required property real paneWidth
    required property real minimum
    required property real maximum
    required property real usual
    /// The pane is at the right, so that dragging to the left makes it wider.
    property bool paneAfter: false
    property string name

    signal resized(width: real)

    implicitWidth: 1
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Splitter
    Accessible.name: splitter.name
    Keys.onLeftPressed: splitter.ask(splitter.paneWidth + (splitter.paneAfter ? 16 : -16))
    Keys.onRightPressed: splitter.ask(splitter.paneWidth + (splitter.paneAfter ? -16 : 16))

    function ask(width: real) {
        splitter.resized(Math.max(splitter.minimum, Math.min(splitter.maximum, width)));
    }

    background: Rectangle {
        color: drag.active || hover.hovered || splitter.visualFocus ? Theme.accent : Theme.borderSubtle
    }

    Item {
        id: grab

        x: -Theme.px(4)
        width: Theme.px(8)
        height: splitter.height

        HoverHandler {
            id: hover

            cursorShape: Qt.SplitHCursor
        }

        TapHandler {
            onDoubleTapped: splitter.resized(splitter.usual)
        }

        DragHandler {
            id: drag

            property real before: 0

            target: null
            yAxis.enabled: false
            cursorShape: Qt.SplitHCursor
            // The grab zone moves along with the pane: only the scene's own frame stands still.
            onActiveChanged: drag.before = splitter.paneWidth
            onCentroidChanged: {
                if (drag.active) {
                    const moved = (drag.centroid.scenePosition.x - drag.centroid.scenePressPosition.x) / Theme.zoom;
                    splitter.ask(drag.before + (splitter.paneAfter ? -moved : moved));
                }
            }
        }
    }
}
