// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// The answer is asked for and nothing of it has come yet.
Item {
    id: root

    required property TimelineRow row

    implicitHeight: Theme.px(23)
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Waiting for the answer")

    Rectangle {
        y: (root.height - height) / 2
        width: Theme.px(8)
        height: Theme.px(15)
        radius: 1
        color: Theme.accent

        SequentialAnimation on opacity {
            running: root.visible && !Theme.reduceMotion
            loops: Animation.Infinite

            PropertyAction {
                value: 1
            }

            PauseAnimation {
                duration: 500
            }

            PropertyAction {
                value: 0.2
            }

            PauseAnimation {
                duration: 500
            }
        }
    }
}
