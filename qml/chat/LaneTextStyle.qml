// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import Lorikeet
import Lorikeet.App

/// The theme, as what is said in a conversation is shown with it.
TimelineStyle {
    prose: Theme.prose
    headings: [Theme.heading1, Theme.heading2, Theme.heading3, Theme.heading4]
    code: Theme.code
    metric: Theme.metric
    number: Theme.number
    proseLine: Theme.proseLine
    unit: Theme.zoom
    textColors: [Theme.text, Theme.textSecondary, Theme.textMuted, Theme.link, Theme.warning, Theme.danger, Theme.success]
    codeColors: [Theme.codeKeyword, Theme.codeString, Theme.codeNumber, Theme.codeComment, Theme.codeFunction, Theme.codeType]
}
