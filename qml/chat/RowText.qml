// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// Text of a row. Its document is filled by a BlockDocument; the timeline does the selecting.
TextEdit {
    required property TimelineRow row

    readOnly: true
    selectByMouse: false
    persistentSelection: true
    activeFocusOnPress: false
    cursorVisible: false
    textFormat: TextEdit.PlainText
    wrapMode: TextEdit.Wrap
    font: Theme.prose
    color: Theme.text
    selectionColor: Qt.alpha(Theme.accent, Theme.dark ? 0.38 : 0.24)
    selectedTextColor: Theme.text
    renderType: row.nativeText ? TextEdit.NativeRendering : TextEdit.QtRendering
}
