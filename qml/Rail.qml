// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// The strip of pages at the left edge. `pages` come from the top, `lastPages` from the bottom.
FocusScope {
    id: rail

    required property list<PageEntry> pages
    required property list<PageEntry> lastPages
    required property StreamList streams
    property string current

    signal chosen(key: string)

    implicitWidth: Theme.px(56)
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.borderSubtle
    }

    component Entry: RailButton {
        required property PageEntry modelData

        text: modelData.title
        icon.name: modelData.icon
        shortcutHint: modelData.shortcut
        checked: rail.current === modelData.key
        onClicked: rail.chosen(modelData.key)
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.topMargin: Theme.space12
        anchors.bottomMargin: Theme.space12
        spacing: Theme.space4

        Repeater {
            model: rail.pages

            Entry {
                Layout.alignment: Qt.AlignHCenter
            }
        }

        Item {
            Layout.fillHeight: true
            Layout.fillWidth: true

            StreamStrip {
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.space8
                width: parent.width
                height: Math.min(contentHeight, parent.height - Theme.space16)
                streams: rail.streams
                onChosen: page => rail.chosen(page)
            }
        }

        Repeater {
            model: rail.lastPages

            Entry {
                Layout.alignment: Qt.AlignHCenter
            }
        }
    }
}
