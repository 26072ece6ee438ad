// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import Lorikeet.App

/// Where a lane's last answer differs from the base's, with a few words around, and nothing else.
ScrollView {
    id: scroll

    property list<diffPiece> pieces
    property string name

    contentWidth: availableWidth

    ScrollBar.vertical: AppScrollBar {
        parent: scroll
        x: scroll.width - width
        height: scroll.height
    }

    TextEdit {
        id: edit

        width: scroll.availableWidth
        leftPadding: Theme.space16
        rightPadding: Theme.space16
        topPadding: Theme.space16
        bottomPadding: Theme.space16
        readOnly: true
        selectByMouse: true
        wrapMode: TextEdit.Wrap
        textFormat: TextEdit.PlainText
        font: Theme.prose
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.textOnAccent
        Accessible.name: qsTr("Differences of %1").arg(scroll.name)

        DiffText {
            document: edit.textDocument
            pieces: scroll.pieces
            added: Theme.diffAdded
            removed: Theme.diffRemoved
            muted: Theme.textMuted
            text: Theme.text
        }
    }
}
