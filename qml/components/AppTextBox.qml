// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import QtQuick.Templates as T

/// Several lines of text to type, as high as the text between `minimumLines` and `maximumLines`.
ScrollView {
    id: box

    property alias text: area.text
    property string placeholderText
    property string name
    property int minimumLines: 3
    property int maximumLines: 10
    property bool mono: false
    property alias readOnly: area.readOnly

    signal edited

    implicitWidth: Theme.px(260)
    implicitHeight: Math.max(box.minimumLines, Math.min(box.maximumLines, area.lineCount)) * Theme.px(20) + Theme.space16
    contentWidth: availableWidth

    T.TextArea {
        id: area

        focus: true
        width: box.availableWidth
        padding: Theme.space8
        leftPadding: Theme.px(10)
        rightPadding: Theme.px(10)
        implicitHeight: contentHeight + topPadding + bottomPadding
        font: box.mono ? Theme.code : Theme.body
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.textOnAccent
        wrapMode: TextEdit.Wrap
        textFormat: TextEdit.PlainText
        selectByMouse: true
        // Also of what can only be read, which is how it is scrolled and copied by keys.
        selectByKeyboard: true
        Accessible.name: box.name
        // Where the next item is, is known only when it is wanted: lists around it change.
        Keys.priority: Keys.BeforeItem
        Keys.onTabPressed: area.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: area.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        onTextChanged: if (area.activeFocus) {
            box.edited();
        }

        Text {
            x: area.leftPadding
            y: area.topPadding
            width: area.width - area.leftPadding - area.rightPadding
            visible: area.length === 0 && area.preeditText === ""
            text: box.placeholderText
            font: area.font
            color: Theme.textMuted
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }

    // Only where something is to be cut off: drawn in software, what is cut off twice is shown where
    // it is scrolled out of sight.
    Binding {
        target: box.contentItem
        property: "clip"
        value: area.implicitHeight > box.availableHeight
    }

    ScrollBar.vertical: AppScrollBar {
        parent: box
        x: box.width - width
        height: box.height
    }

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: area.activeFocus ? 2 : 1
        border.color: area.activeFocus ? Theme.accent : Theme.borderControl
    }
}
