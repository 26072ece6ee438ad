// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

AppField {
    id: field

    property string hint

    startMargin: Theme.px(18)
    endMargin: field.length > 0 ? Theme.px(24) : hintText.visible ? hintText.implicitWidth + Theme.space2 : 0

    Icon {
        x: Theme.space8
        anchors.verticalCenter: parent.verticalCenter
        name: "edit-find"
        size: 18
        color: Theme.textMuted
    }

    Text {
        id: hintText

        anchors.right: parent.right
        anchors.rightMargin: Theme.px(10)
        anchors.verticalCenter: parent.verticalCenter
        visible: field.length === 0 && field.hint !== "" && placeholder.advanceWidth + implicitWidth < field.width - field.leftPadding - Theme.px(14)
        text: field.hint
        font: Theme.role(11, Font.Medium)
        color: Theme.textMuted
        Accessible.ignored: true
    }

    TextMetrics {
        id: placeholder

        font: field.font
        text: field.placeholderText
    }

    IconButton {
        anchors.right: parent.right
        anchors.rightMargin: Theme.space2
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(28)
        height: Theme.px(28)
        visible: field.length > 0
        icon.name: "window-close"
        text: qsTr("Clear")
        focusPolicy: Qt.NoFocus
        onClicked: field.clear()
    }
}
