// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

/// The mark of keyboard focus: 2 px of accent with a gap of 2 px around its parent.
Rectangle {
    id: ring

    /// The corner radius of what it surrounds.
    property real around: Theme.radiusControl
    property real gap: 2

    anchors.fill: parent
    anchors.margins: -(ring.gap + 2)
    color: "transparent"
    radius: ring.around + ring.gap + 2
    border.width: 2
    border.color: Theme.accent
}
