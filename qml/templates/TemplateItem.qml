// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet

/// A row of a TemplateList.
AppMenuItem {
    id: item

    required property int index
    required property string title
    required property string about

    width: ListView.view.width
    text: item.title
    detail: item.about
}
