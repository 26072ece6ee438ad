// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

Window {
    id: window

    required property TimelineModel model
    required property bool dark
    required property real zoom

    visible: true
    title: "timeline"
    color: Theme.surface

    Component.onCompleted: {
        Theme.scheme = window.dark ? Qt.ColorScheme.Dark : Qt.ColorScheme.Light;
        Theme.zoom = window.zoom;
    }

    Timeline {
        anchors.fill: parent
        model: window.model
    }
}
