// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Templates as T

T.ComboBox {
    id: box

    property bool problem: false
    property string placeholderText

    implicitWidth: Theme.px(200)
    implicitHeight: Theme.px(32)
    leftPadding: Theme.px(10)
    rightPadding: Theme.px(32)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font: Theme.body
    opacity: box.enabled ? 1 : 0.6

    delegate: AppMenuItem {
        required property int index
        required property var model

        width: ListView.view ? ListView.view.width : implicitWidth
        text: box.textAt(index)
        highlighted: box.highlightedIndex === index
        marked: box.currentIndex === index
    }

    indicator: Icon {
        x: box.width - width - Theme.space8
        y: (box.height - height) / 2
        name: "arrow-down"
        size: 16
    }

    contentItem: T.TextField {
        text: box.editable ? box.editText : box.displayText
        enabled: box.editable
        autoScroll: box.editable
        readOnly: box.down
        verticalAlignment: Text.AlignVCenter
        font: box.font
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.textOnAccent
        selectByMouse: true
        clip: true
        Accessible.name: box.Accessible.name

        Text {
            anchors.fill: parent
            visible: parent.text === ""
            text: box.placeholderText
            font: box.font
            color: Theme.textMuted
            elide: Text.ElideRight
            verticalAlignment: Text.AlignVCenter
            Accessible.ignored: true
        }
    }

    background: Rectangle {
        radius: Theme.radiusCard
        color: box.hovered && !box.editable ? Theme.hover : Theme.surface
        border.width: box.activeFocus || box.problem ? 2 : 1
        border.color: box.problem ? Theme.danger : box.activeFocus ? Theme.accent : Theme.borderControl
    }

    popup: T.Popup {
        y: box.height + Theme.space4
        width: box.width
        height: Math.min(contentItem.implicitHeight + 2 * padding, Theme.px(320))
        padding: Theme.space4

        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: box.popup.visible ? box.delegateModel : null
            currentIndex: box.highlightedIndex
            boundsBehavior: Flickable.StopAtBounds

            ScrollBar.vertical: AppScrollBar {}
        }

        background: PopupGround {}
    }
}
