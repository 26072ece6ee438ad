// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Templates as T

T.Menu {
    id: menu

    /// At least this wide; as wide as its longest line otherwise.
    property real minimumWidth: Theme.px(200)

    width: Math.min(Theme.px(420), Math.max(menu.minimumWidth, list.widest + 2 * menu.padding))
    height: Math.min(list.implicitHeight + 2 * menu.padding, Theme.px(420))
    margins: Theme.space8
    padding: Theme.space4
    overlap: 1

    delegate: AppMenuItem {}

    contentItem: ListView {
        id: list

        readonly property real widest: {
            let result = 0;
            for (let i = 0; i < menu.count; ++i) {
                result = Math.max(result, menu.itemAt(i)?.implicitWidth ?? 0);
            }
            return result;
        }

        implicitHeight: contentHeight
        model: menu.contentModel
        interactive: contentHeight > height
        clip: true
        currentIndex: menu.currentIndex
        boundsBehavior: Flickable.StopAtBounds

        ScrollBar.vertical: AppScrollBar {}
    }

    background: PopupGround {}
}
