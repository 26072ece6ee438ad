// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// A paragraph, heading, list or quote.
Item {
    id: root

    required property TimelineRow row

    implicitHeight: document.textHeight
    Accessible.role: root.row.headingLevel > 0 ? Accessible.Heading : Accessible.Paragraph
    Accessible.name: root.row.spoken

    RowDocument {
        id: document

        anchors.fill: parent
        row: root.row
        edit: edit
    }

    RowText {
        id: edit

        width: root.width
        row: root.row
        Accessible.ignored: true
    }

    // The end of what is being written.
    Rectangle {
        x: Math.min(document.endPoint.x + Theme.space2, root.width - width)
        y: document.endPoint.y - height
        width: Theme.px(8)
        height: Theme.px(15)
        radius: 1
        color: Theme.accent
        visible: root.row.tail

        SequentialAnimation on opacity {
            running: root.row.tail && !Theme.reduceMotion
            loops: Animation.Infinite

            PropertyAction {
                value: 1
            }

            PauseAnimation {
                duration: 500
            }

            PropertyAction {
                value: 0
            }

            PauseAnimation {
                duration: 500
            }
        }
    }
}
