// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet

/// A row of a ChoiceList.
AppMenuItem {
    id: item

    required property int index
    required property string title
    required property bool chosen
    required property string about

    width: ListView.view.width
    text: item.title
    detail: item.about
    markable: true
    marked: item.chosen
    highlighted: ListView.isCurrentItem
}
