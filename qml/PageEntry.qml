// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

/// How a page of the window stands on the rail.
QtObject {
    required property string key
    required property string title
    required property string icon
    required property string shortcut
}
