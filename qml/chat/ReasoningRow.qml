// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import Lorikeet

/// What the model thought.
FoldedRow {
    showing: qsTr("Shows the reasoning")
    hiding: qsTr("Hides the reasoning")
}
