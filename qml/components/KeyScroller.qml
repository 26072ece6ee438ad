// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls

/// Scrolls a view by the keys that nothing in it took.
Item {
    id: scroller

    required property ScrollView view

    /// Whether it is one of these keys.
    function take(key: int): bool {
        const flickable = scroller.view.contentItem as Flickable;
        const page = Math.max(Theme.px(40), flickable.height - Theme.px(40));
        const lowest = Math.max(0, flickable.contentHeight - flickable.height);
        const to = y => {
            flickable.contentY = Math.max(0, Math.min(lowest, y));
            return true;
        };
        switch (key) {
        case Qt.Key_Up:
            return to(flickable.contentY - Theme.px(40));
        case Qt.Key_Down:
            return to(flickable.contentY + Theme.px(40));
        case Qt.Key_PageUp:
            return to(flickable.contentY - page);
        case Qt.Key_PageDown:
            return to(flickable.contentY + page);
        case Qt.Key_Home:
            return to(0);
        case Qt.Key_End:
            return to(lowest);
        default:
            return false;
        }
    }

    visible: false
}
