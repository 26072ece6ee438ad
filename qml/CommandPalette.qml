// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Templates as T
import Lorikeet.App

/// All actions in one list, found by typing parts of their names.
T.Popup {
    id: palette

    required property list<Action> actions

    readonly property list<int> found: Fuzzy.matches(search.text, palette.actions.map(action => action.text))

    function trigger(index: int) {
        const action = palette.actions[index];
        palette.close();
        action.trigger();
    }

    parent: Overlay.overlay
    x: (parent.width - width) / 2
    y: Theme.px(96)
    width: Math.min(Theme.px(560), parent.width - 2 * Theme.space24)
    height: search.height + list.height + 3 * Theme.space8
    padding: Theme.space8
    modal: true
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside

    onAboutToShow: {
        search.clear();
        list.currentIndex = 0;
    }
    onOpened: search.forceActiveFocus(Qt.PopupFocusReason)

    contentItem: Item {
        SearchField {
            id: search

            objectName: "commandSearch"
            width: parent.width
            height: Theme.px(36)
            placeholderText: qsTr("What do you want to do?")
            onTextChanged: list.currentIndex = 0
            onAccepted: if (list.currentIndex >= 0 && list.count > 0) {
                palette.trigger(palette.found[list.currentIndex]);
            }
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
        }

        ListView {
            id: list

            y: search.height + Theme.space8
            width: parent.width
            height: Math.min(contentHeight, Theme.px(8 * 32))
            clip: true
            model: palette.found
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Actions")

            ScrollBar.vertical: AppScrollBar {}

            delegate: AppMenuItem {
                required property int index
                required property int modelData

                readonly property Action action_: palette.actions[modelData]

                width: list.width
                text: action_.text
                shortcutHint: action_.shortcut ? action_.shortcut.toString() : ""
                enabled: action_.enabled
                highlighted: list.currentIndex === index
                onTriggered: palette.trigger(modelData)
            }
        }
    }

    background: PopupGround {
        radius: Theme.radiusLarge
    }

    T.Overlay.modal: Rectangle {
        color: Theme.dark ? "#80000000" : "#40161A22"
    }
}
