// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import Lorikeet
import Lorikeet.App

/// What fills a row's text, in the window's colours.
BlockDocument {
    sunken: Theme.sunken
    line: Theme.borderSubtle
    bar: Theme.borderControl
    added: Theme.diffAdded
    addedLine: Theme.success
    removed: Theme.diffRemoved
    removedLine: Theme.danger
}
