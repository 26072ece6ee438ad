// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Lorikeet.App

/// All actions in one list, found by typing parts of their names.
SearchPalette {
    id: palette

    required property list<Action> actions

    readonly property list<int> found: Fuzzy.matches(palette.query, palette.actions.map(action => action.text))

    searchName: "commandSearch"
    placeholderText: qsTr("What do you want to do?")
    listName: qsTr("Actions")
    emptyText: qsTr("No action is called so.")
    model: palette.found
    onTaken: index => palette.actions[palette.found[index]].trigger()

    delegate: AppMenuItem {
        required property int index
        required property int modelData

        readonly property Action action_: palette.actions[modelData]

        width: ListView.view.width
        text: action_.text
        shortcutHint: action_.shortcut ? action_.shortcut.toString() : ""
        enabled: action_.enabled
        highlighted: ListView.isCurrentItem
        onTriggered: palette.take(index)
    }
}
