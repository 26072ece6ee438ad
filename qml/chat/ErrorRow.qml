// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet
import Lorikeet.App

/// What went wrong, in one sentence, what the server said, and what can be done.
Item {
    id: root

    required property TimelineRow row
    property int waiting: 0

    implicitHeight: column.implicitHeight + 2 * Theme.space12
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.row.label

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusCard
        color: Theme.dangerTint
    }

    Column {
        id: column

        x: Theme.px(14)
        y: Theme.space12
        width: root.width - 2 * x
        spacing: Theme.space4

        Text {
            width: parent.width
            text: root.row.label
            textFormat: Text.PlainText
            font: Theme.bodyStrong
            color: Theme.danger
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Text {
            visible: root.row.detail !== ""
            width: parent.width
            text: root.row.detail
            textFormat: Text.PlainText
            font: Theme.body
            color: Theme.textSecondary
            wrapMode: Text.Wrap
            maximumLineCount: 8
            elide: Text.ElideRight
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }

        Flow {
            // The words begin where the text above does.
            x: -Theme.space8
            width: parent.width + Theme.space8
            spacing: Theme.space4

            TextAction {
                text: root.waiting > 0 ? qsTr("Retry in %1 s").arg(root.waiting) : qsTr("Retry")
                onClicked: root.row.request(TimelineRow.Retry)
            }

            TextAction {
                visible: root.row.remedy !== ""
                text: root.row.remedy
                onClicked: root.row.request(TimelineRow.RetryWithRemedy)
            }

            TextAction {
                text: qsTr("Edit and retry")
                onClicked: root.row.request(TimelineRow.EditAndRetry)
            }

            TextAction {
                text: qsTr("Show request")
                onClicked: root.row.request(TimelineRow.ShowRequest)
            }

            TextAction {
                text: qsTr("Copy details")
                onClicked: root.row.request(TimelineRow.CopyDetails)
            }
        }
    }

    Connections {
        function onAssigned() {
            root.waiting = Math.ceil(root.row.retryAfter / 1000);
        }

        target: root.row
    }

    Component.onCompleted: root.waiting = Math.ceil(root.row.retryAfter / 1000)

    Timer {
        interval: 1000
        repeat: true
        running: root.waiting > 0 && root.visible
        onTriggered: root.waiting -= 1
    }
}
