// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

Text {
    font: Theme.body
    color: Theme.text
    // Much of what is shown was written by a server.
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    lineHeight: Theme.bodyLine
    lineHeightMode: Text.FixedHeight
}
