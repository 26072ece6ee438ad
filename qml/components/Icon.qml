// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls.impl

/// One of Breeze's line icons, tinted.
Item {
    id: icon

    property string name
    property color color: Theme.textSecondary
    property real size: 22

    implicitWidth: Theme.px(icon.size)
    implicitHeight: Theme.px(icon.size)

    // Not IconImage: that one looks through all of the system's themes for each icon, which was
    // half of the time the window took to open.
    ColorImage {
        anchors.fill: parent
        source: Theme.icon(icon.name, icon.size)
        sourceSize: Qt.size(icon.width, icon.height)
        color: icon.color
    }
}
