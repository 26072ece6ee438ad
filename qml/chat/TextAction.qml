// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet

/// Words that act, in rows of the timeline: under tables, in error cards, below folded code. A click
/// leaves the focus where it is.
AppButton {
    kind: AppButton.Flat
    flatInk: Theme.link
    implicitHeight: Theme.px(28)
    focusPolicy: Qt.TabFocus
    font: Theme.metric
}
