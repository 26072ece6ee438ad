// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Templates as T
import Lorikeet.App

/// What an @ in the composer may mean: adapters and models for one turn. The composer keeps the
/// focus and hands the keys over.
T.Popup {
    id: popup

    required property ChoiceList choices
    required property string text
    required property int cursor
    /// Something can be typed at all.
    property bool wanted: true

    readonly property mention at: Mentions.at(popup.text, popup.cursor)
    /// Where a person closed it by Esc: it stays closed until another @.
    property int closedAt: -1

    signal taken(choice: turnChoice, start: int, end: int)

    function take(row: int) {
        const start = popup.at.start;
        popup.taken(popup.choices.choice(row), start, popup.cursor);
    }

    /// Whether the key was one for the list.
    function handle(event: KeyEvent): bool {
        if (!popup.visible || event.modifiers !== Qt.NoModifier && event.modifiers !== Qt.KeypadModifier) {
            return false;
        }
        switch (event.key) {
        case Qt.Key_Down:
            list.incrementCurrentIndex();
            return true;
        case Qt.Key_Up:
            list.decrementCurrentIndex();
            return true;
        case Qt.Key_Tab:
        case Qt.Key_Return:
        case Qt.Key_Enter:
            popup.take(list.currentIndex);
            return true;
        case Qt.Key_Escape:
            popup.closedAt = popup.at.start;
            return true;
        default:
            return false;
        }
    }

    width: Theme.px(320)
    height: Math.min(list.count, 8) * Theme.px(32) + topPadding + bottomPadding
    padding: Theme.space4
    visible: popup.wanted && popup.at.start >= 0 && popup.at.start !== popup.closedAt && list.count > 0
    focus: false
    closePolicy: Popup.NoAutoClose

    onAtChanged: {
        if (popup.at.start < 0) {
            popup.closedAt = -1;
        }
        popup.choices.query = popup.at.query;
        list.currentIndex = 0;
    }

    contentItem: ListView {
        id: list

        objectName: "mentionList"
        clip: true
        model: popup.choices
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Adapters and models for this turn")

        ScrollBar.vertical: AppScrollBar {}

        delegate: ChoiceItem {
            onTriggered: popup.take(index)
        }
    }

    background: PopupGround {}
}
