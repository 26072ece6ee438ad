// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// The answer is asked for and nothing of it has come yet; perhaps since a try failed.
Item {
    id: root

    required property TimelineRow row
    /// Seconds to the next try.
    property int waiting: 0
    readonly property string nextTry: {
        if (root.row.nextTry === 0) {
            return "";
        }
        return root.waiting > 0 ? qsTr("Try %1 of %2 in %3 s").arg(root.row.nextTry).arg(root.row.mostTries).arg(root.waiting) : qsTr("Try %1 of %2").arg(root.row.nextTry).arg(root.row.mostTries);
    }

    implicitHeight: column.implicitHeight
    Accessible.role: root.row.nextTry > 0 ? Accessible.AlertMessage : Accessible.StaticText
    // Without the seconds, which would be read out each.
    Accessible.name: root.row.nextTry > 0 ? root.row.label : qsTr("Waiting for the answer")

    function count() {
        root.waiting = Math.ceil(root.row.retryAfter / 1000);
    }

    Column {
        id: column

        width: root.width

        Text {
            visible: root.row.nextTry > 0
            width: parent.width
            text: root.row.label
            textFormat: Text.PlainText
            font: Theme.body
            color: Theme.warning
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Row {
            height: Theme.px(23)
            spacing: Theme.space8

            Rectangle {
                y: (parent.height - height) / 2
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

            Text {
                visible: root.row.nextTry > 0
                height: parent.height
                text: root.nextTry
                font: Theme.metric
                color: Theme.textSecondary
                verticalAlignment: Text.AlignVCenter
                Accessible.ignored: true
            }
        }
    }

    Connections {
        function onAssigned() {
            root.count();
        }

        function onChanged() {
            root.count();
        }

        target: root.row
    }

    Component.onCompleted: root.count()

    Timer {
        interval: 1000
        repeat: true
        running: root.waiting > 0 && root.visible
        onTriggered: root.count()
    }
}
