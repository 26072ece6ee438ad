// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import Lorikeet.App

/// What an @ in the composer may mean: adapters and models for one turn.
CompletionPopup {
    id: popup

    required property ChoiceList choices
    required property string text
    required property int cursor

    signal choiceTaken(choice: turnChoice, start: int, end: int)

    at: Mentions.at(popup.text, popup.cursor)
    searchName: "mentionList"
    listName: qsTr("Adapters and models for this turn")
    model: popup.choices
    onAtChanged: popup.choices.query = popup.at.query
    onTaken: row => {
        const start = popup.at.start;
        popup.choiceTaken(popup.choices.choice(row), start, popup.cursor);
    }

    delegate: ChoiceItem {
        highlighted: ListView.isCurrentItem && !popup.footerCurrent
        onTriggered: popup.taken(index)
    }
}
