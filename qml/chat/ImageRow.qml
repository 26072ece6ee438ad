// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// A picture of the net. It is not fetched by itself: its server would learn that it was read.
Item {
    id: root

    required property TimelineRow row

    implicitHeight: picture.status === Image.Ready ? picture.height : Theme.px(44)
    Accessible.role: Accessible.Graphic
    Accessible.name: root.row.label

    Rectangle {
        visible: picture.status !== Image.Ready
        width: root.width
        height: Theme.px(44)
        radius: Theme.radiusCard
        color: Theme.sunken
        border.color: Theme.borderSubtle

        Text {
            anchors.left: parent.left
            anchors.leftMargin: Theme.px(14)
            anchors.right: buttons.left
            anchors.verticalCenter: parent.verticalCenter
            text: picture.status === Image.Error ? qsTr("The image could not be loaded: %1").arg(root.row.label) : qsTr("Image: %1").arg(root.row.label)
            textFormat: Text.PlainText
            font: Theme.body
            color: Theme.textSecondary
            elide: Text.ElideRight
        }

        Row {
            id: buttons

            anchors.right: parent.right
            anchors.rightMargin: Theme.space8
            anchors.verticalCenter: parent.verticalCenter

            TextAction {
                text: qsTr("Load")
                visible: root.row.loadable
                onClicked: picture.source = root.row.target
            }

            TextAction {
                text: qsTr("Open link")
                visible: root.row.loadable
                onClicked: root.row.openTarget()
            }
        }
    }

    Image {
        id: picture

        width: Math.min(implicitWidth, root.width)
        height: implicitWidth > 0 ? implicitHeight * width / implicitWidth : 0
        asynchronous: true
        cache: false

        Connections {
            function onAssigned() {
                picture.source = "";
            }

            target: root.row
        }
    }
}
