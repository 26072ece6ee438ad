// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

/// A small label above a field or a group.
Text {
    font: Theme.metric
    color: Theme.textMuted
    wrapMode: Text.Wrap
    lineHeight: Theme.metricLine
    lineHeightMode: Text.FixedHeight
}
