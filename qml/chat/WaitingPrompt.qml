// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// A prompt that was sent while an answer ran.
Rectangle {
    id: row

    required property waitingEntry entry
    /// Nothing runs any more, and it was not sent: the answer before it was stopped or failed.
    property bool held: false

    signal editWanted
    signal removeWanted
    signal sendWanted

    implicitHeight: Theme.px(36)
    radius: Theme.radiusCard
    color: row.held ? Theme.warningTint : Theme.sunken
    border.width: 1
    border.color: Theme.borderSubtle

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space12
        anchors.rightMargin: Theme.space4
        spacing: Theme.space8

        Caption {
            text: qsTr("waiting")
            color: row.held ? Theme.warning : Theme.textMuted
        }

        Text {
            Layout.fillWidth: true
            text: row.entry.text
            textFormat: Text.PlainText
            font: Theme.body
            color: Theme.text
            elide: Text.ElideRight
            maximumLineCount: 1
        }

        AppButton {
            visible: row.held
            kind: AppButton.Flat
            text: qsTr("Send now")
            implicitHeight: Theme.px(28)
            onClicked: row.sendWanted()
        }

        AppButton {
            kind: AppButton.Flat
            text: qsTr("Edit")
            implicitHeight: Theme.px(28)
            onClicked: row.editWanted()
        }

        IconButton {
            implicitWidth: Theme.px(28)
            implicitHeight: Theme.px(28)
            icon.name: "window-close"
            text: qsTr("Remove the waiting prompt")
            onClicked: row.removeWanted()
        }
    }
}
