// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

/// A small label above a field or a group.
Text {
    font: Theme.metric
    color: Theme.textMuted
    // Much of what is shown was written by a server.
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    lineHeight: Theme.metricLine
    lineHeightMode: Text.FixedHeight
}
