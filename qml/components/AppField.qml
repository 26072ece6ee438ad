// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

/// One line of text to type. With `problem` set the border says so; the words are shown by the
/// form.
T.TextField {
    id: field

    property bool problem: false
    property bool mono: false
    /// Room kept at the end for a button inside the field.
    property real endMargin: 0
    property real startMargin: 0

    implicitWidth: Theme.px(200)
    implicitHeight: Theme.px(32)
    leftPadding: Theme.px(10) + field.startMargin
    rightPadding: Theme.px(10) + field.endMargin
    verticalAlignment: TextInput.AlignVCenter
    font: field.mono ? Theme.code : Theme.body
    color: Theme.text
    placeholderTextColor: Theme.textMuted
    selectionColor: Theme.accent
    selectedTextColor: Theme.textOnAccent
    selectByMouse: true
    opacity: field.enabled ? 1 : 0.6
    Accessible.name: field.placeholderText

    Text {
        x: field.leftPadding
        width: field.width - field.leftPadding - field.rightPadding
        height: field.height
        visible: field.length === 0 && field.preeditText === ""
        text: field.placeholderText
        font: field.font
        color: field.placeholderTextColor
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
        Accessible.ignored: true
    }

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: field.activeFocus || field.problem ? 2 : 1
        border.color: field.problem ? Theme.danger : field.activeFocus ? Theme.accent : Theme.borderControl
    }
}
