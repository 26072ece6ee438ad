// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls.impl

/// One of Breeze's line icons, tinted. They are drawn for 22 px; smaller the strokes look thin. All
/// sizes are made of the drawing for 22 or 16 px: those for 32 px have other proportions.
Item {
    id: icon

    property string name
    property color color: Theme.textSecondary
    property real size: 22

    implicitWidth: Theme.px(icon.size)
    implicitHeight: Theme.px(icon.size)

    IconImage {
        anchors.fill: parent
        source: icon.name === "" ? "" : "qrc:/icons/breeze/actions/" + (icon.size < 18 ? 16 : 22) + "/" + icon.name + ".svg"
        sourceSize: Qt.size(icon.width, icon.height)
        color: icon.color
    }
}
