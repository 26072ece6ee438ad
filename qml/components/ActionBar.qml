// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts

/// A sentence at the bottom of the window with one action and a way to dismiss it. With a
/// `lifetime` it goes by itself, unless the pointer or the focus is on it.
Rectangle {
    id: bar

    property string text
    property string action
    property bool danger: false
    /// In milliseconds; 0: it stays.
    property int lifetime: 0

    signal triggered
    signal dismissed

    implicitWidth: Math.min(row.implicitWidth + Theme.space24, Theme.px(640))
    implicitHeight: Math.max(Theme.px(44), sentence.implicitHeight + Theme.space16)
    radius: Theme.radiusCard
    color: bar.danger ? Theme.dangerTint : Theme.surface
    border.width: 1
    border.color: bar.danger ? Theme.danger : Theme.borderControl
    Accessible.role: Accessible.AlertMessage
    Accessible.name: bar.text

    HoverHandler {
        id: hover
    }

    Timer {
        running: bar.visible && bar.lifetime > 0 && !hover.hovered && !actionButton.activeFocus
        interval: Math.max(1, bar.lifetime)
        onTriggered: bar.dismissed()
    }

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.space16
        anchors.rightMargin: Theme.space8
        spacing: Theme.space12

        Text {
            id: sentence

            Layout.fillWidth: true
            text: bar.text
            textFormat: Text.PlainText
            font: Theme.body
            color: bar.danger ? Theme.danger : Theme.text
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
        }

        AppButton {
            id: actionButton

            visible: bar.action !== ""
            kind: AppButton.Flat
            text: bar.action
            implicitHeight: Theme.px(28)
            onClicked: bar.triggered()
        }

        IconButton {
            implicitWidth: Theme.px(28)
            implicitHeight: Theme.px(28)
            icon.name: "window-close"
            text: qsTr("Dismiss")
            onClicked: bar.dismissed()
        }
    }
}
