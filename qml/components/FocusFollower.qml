// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls

/// Scrolls what has the focus into sight, with some room around it, for those who walk a long form
/// by Tab.
Item {
    id: follower

    required property ScrollView view
    /// What holds all that may have the focus; it lies in the view.
    required property Item content

    function reveal(item: Item) {
        if (!item) {
            return;
        }
        for (let above = item; above !== follower.content; above = above.parent) {
            if (!above) {
                return;
            }
        }
        const flickable = follower.view.contentItem as Flickable;
        const top = item.mapToItem(flickable.contentItem, 0, 0).y;
        const lowest = Math.max(0, flickable.contentHeight - flickable.height);
        if (top < flickable.contentY + Theme.space24) {
            flickable.contentY = Math.max(0, top - 2 * Theme.space24);
        } else if (top + item.height + Theme.space24 > flickable.contentY + flickable.height) {
            flickable.contentY = Math.min(lowest, top + item.height + 2 * Theme.space24 - flickable.height);
        }
    }

    visible: false

    Connections {
        target: follower.Window.window

        function onActiveFocusItemChanged() {
            follower.reveal(follower.Window.window.activeFocusItem);
        }
    }
}
