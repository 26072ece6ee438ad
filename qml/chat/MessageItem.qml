// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

/// A message, as assistive technology meets it: an item of the conversation's list, with its rows in
/// it. There is nothing of it to see.
Item {
    property string name

    Accessible.role: Accessible.ListItem
    Accessible.name: name
}
