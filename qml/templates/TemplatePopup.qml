// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import Lorikeet.App

/// What a / at the beginning of the composer may mean: prompts of the library.
CompletionPopup {
    id: popup

    required property PromptLibrary prompts
    required property string text
    required property int cursor

    signal templateTaken(name: string)

    width: Theme.px(420)
    at: Mentions.call(popup.text, popup.cursor)
    searchName: "templateList"
    listName: qsTr("Prompts of the library")
    footerText: qsTr("Prompt library …")
    model: popup.prompts.found
    onAtChanged: popup.prompts.found.query = popup.at.query
    onTaken: row => popup.templateTaken(popup.prompts.found.nameAt(row))

    delegate: TemplateItem {
        highlighted: ListView.isCurrentItem && !popup.footerCurrent
        onTriggered: popup.taken(index)
    }
}
