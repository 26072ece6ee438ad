// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import Lorikeet.App

ApplicationWindow {
    id: window

    required property Workbench workbench

    width: 1440
    height: 900
    minimumWidth: 960
    minimumHeight: 600
    visible: true
    title: Application.displayName
    color: Theme.window
    font: Theme.body

    Binding {
        target: Theme
        property: "scheme"
        value: window.workbench.preferences.scheme
    }

    Binding {
        target: Theme
        property: "zoom"
        value: window.workbench.preferences.zoom
    }

    Binding {
        target: Theme
        property: "proseSize"
        value: window.workbench.preferences.proseSize
    }

    Binding {
        target: Theme
        property: "reduceMotion"
        value: window.workbench.preferences.reduceMotion
    }
}
