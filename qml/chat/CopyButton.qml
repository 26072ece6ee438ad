// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet

/// Copies, and shows a check for a moment to say that it did.
RowButton {
    id: button

    property bool done: false

    icon.name: button.done ? "dialog-ok" : "edit-copy"
    iconColor: button.done ? Theme.success : Theme.textSecondary
    onClicked: {
        button.done = true;
        timer.restart();
    }

    Timer {
        id: timer

        interval: 1500
        onTriggered: button.done = false
    }
}
