// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

/// The request an answer was asked with.
AppDialog {
    id: dialog

    property string text

    signal copyWanted

    title: qsTr("Request")
    width: Math.min(Theme.px(720), parent ? parent.width - 2 * Theme.space24 : 720)
    acceptText: qsTr("Copy")
    rejectText: qsTr("Close")
    onAccepted: dialog.copyWanted()

    contentItem: AppTextBox {
        mono: true
        readOnly: true
        minimumLines: 6
        maximumLines: 20
        name: qsTr("Request")
        text: dialog.text
    }
}
