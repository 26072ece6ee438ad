// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import Lorikeet

/// How a local command ended that answered a call; what it wrote on stderr, which the model is not
/// told.
FoldedRow {
    id: root

    objectName: "asideRow"
    showing: qsTr("Shows what the command wrote on stderr; the model is not told")
    hiding: qsTr("Hides what the command wrote on stderr")
    openable: root.row.foldable
    alert: root.row.failed
    mono: true
}
