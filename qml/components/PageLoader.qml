// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

/// A page of the window, made when it is shown for the first time and kept from then on: the window
/// opens in half the time.
Loader {
    id: loader

    required property string key
    /// The key of the page in sight.
    required property string page

    readonly property bool current: loader.page === loader.key

    function make() {
        if (loader.current) {
            loader.active = true;
        }
    }

    anchors.fill: parent
    active: false
    visible: loader.current
    focus: loader.current
    onCurrentChanged: loader.make()
    onLoaded: loader.item.focus = true
    Component.onCompleted: loader.make()
}
