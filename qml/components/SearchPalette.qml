// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QtQuick.Templates as T

/// A list over the window that is searched by typing: arrows move, Enter takes, Esc closes.
T.Popup {
    id: palette

    property alias query: search.text
    property alias placeholderText: search.placeholderText
    property alias searchName: search.objectName
    property alias model: list.model
    property alias delegate: list.delegate
    property alias section: list.section
    property alias currentIndex: list.currentIndex
    property string listName
    /// Where nothing is found.
    property string emptyText
    property bool footerShown: false
    /// Below the list.
    default property alias footer: foot.data

    signal taken(index: int)

    function take(index: int) {
        palette.close();
        palette.taken(index);
    }

    parent: Overlay.overlay
    x: (parent.width - width) / 2
    y: Theme.px(96)
    width: Math.min(Theme.px(560), parent.width - 2 * Theme.space24)
    implicitHeight: contentHeight + topPadding + bottomPadding
    padding: Theme.space8
    modal: true
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside

    onAboutToShow: {
        search.clear();
        list.currentIndex = 0;
    }
    onOpened: search.forceActiveFocus(Qt.PopupFocusReason)

    contentItem: ColumnLayout {
        spacing: Theme.space8

        SearchField {
            id: search

            Layout.fillWidth: true
            implicitHeight: Theme.px(36)
            onTextChanged: list.currentIndex = 0
            onAccepted: if (list.currentIndex >= 0 && list.count > 0) {
                palette.take(list.currentIndex);
            }
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
        }

        ListView {
            id: list

            Layout.fillWidth: true
            implicitHeight: Math.min(contentHeight, Theme.px(8 * 32))
            visible: count > 0
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: palette.listName

            ScrollBar.vertical: AppScrollBar {}
        }

        Caption {
            Layout.fillWidth: true
            Layout.margins: Theme.space8
            visible: list.count === 0 && text !== ""
            text: palette.emptyText
        }

        RowLayout {
            id: foot

            Layout.fillWidth: true
            visible: palette.footerShown
            spacing: Theme.space8
        }
    }

    background: PopupGround {
        radius: Theme.radiusLarge
    }

    T.Overlay.modal: Rectangle {
        color: Theme.dark ? "#80000000" : "#40161A22"
    }
}
