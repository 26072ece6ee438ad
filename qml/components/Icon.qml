// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls.impl

/// One of Breeze's line icons, tinted. They are drawn for 22 px; smaller the strokes look thin.
IconImage {
    id: icon

    property real size: 22

    color: Theme.textSecondary
    sourceSize: Qt.size(Theme.px(icon.size), Theme.px(icon.size))
    width: Theme.px(icon.size)
    height: Theme.px(icon.size)
}
