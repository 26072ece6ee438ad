// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet

/// An IconButton as it stands in rows of the timeline: smaller, and a click leaves the focus where
/// it is.
IconButton {
    implicitWidth: Theme.px(28)
    implicitHeight: Theme.px(28)
    focusPolicy: Qt.TabFocus
}
