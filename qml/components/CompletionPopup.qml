// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Templates as T
import Lorikeet.App

/// What a sign in a text may stand for, to choose from while one types on. The text keeps the focus
/// and hands the keys over: arrows move, Tab and Enter take, Esc closes.
T.Popup {
    id: popup

    /// Where the sign is, and what was typed behind it.
    required property mention at
    /// Something can be typed at all.
    property bool wanted: true
    property alias model: list.model
    property alias delegate: list.delegate
    property alias searchName: list.objectName
    property string listName
    /// A way out at the end of the list, also where it is empty and nothing was typed.
    property string footerText

    /// Where a person closed it by Esc: it stays closed until another sign.
    property int closedAt: -1
    property bool atFooter: false
    readonly property bool footerCurrent: popup.footerText !== "" && (popup.atFooter || list.count === 0)

    signal taken(row: int)
    signal footerTaken

    function take() {
        if (popup.footerCurrent) {
            popup.footerTaken();
        } else {
            popup.taken(list.currentIndex);
        }
    }

    function step(by: int) {
        if (popup.footerText !== "" && by > 0 && list.currentIndex === list.count - 1) {
            popup.atFooter = true;
        } else if (popup.atFooter) {
            popup.atFooter = false;
        } else if (by > 0) {
            list.incrementCurrentIndex();
        } else {
            list.decrementCurrentIndex();
        }
    }

    /// Whether the key was one for the list.
    function handle(event: KeyEvent): bool {
        if (!popup.visible || event.modifiers !== Qt.NoModifier && event.modifiers !== Qt.KeypadModifier) {
            return false;
        }
        switch (event.key) {
        case Qt.Key_Down:
            popup.step(1);
            return true;
        case Qt.Key_Up:
            popup.step(-1);
            return true;
        case Qt.Key_Tab:
        case Qt.Key_Return:
        case Qt.Key_Enter:
            popup.take();
            return true;
        case Qt.Key_Escape:
            popup.closedAt = popup.at.start;
            return true;
        default:
            return false;
        }
    }

    width: Theme.px(320)
    height: list.height + (footer.visible ? footer.implicitHeight : 0) + topPadding + bottomPadding
    padding: Theme.space4
    visible: popup.wanted && popup.at.start >= 0 && popup.at.start !== popup.closedAt && (list.count > 0 || popup.footerText !== "" && popup.at.query === "")
    focus: false
    closePolicy: Popup.NoAutoClose

    onAtChanged: {
        if (popup.at.start < 0) {
            popup.closedAt = -1;
        }
        popup.atFooter = false;
        list.currentIndex = 0;
    }

    contentItem: Column {
        ListView {
            id: list

            width: parent.width
            height: Math.min(count, 8) * Theme.px(32)
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: popup.listName

            ScrollBar.vertical: AppScrollBar {}
        }

        AppMenuItem {
            id: footer

            width: parent.width
            visible: popup.footerText !== ""
            text: popup.footerText
            highlighted: popup.footerCurrent
            onTriggered: popup.footerTaken()
        }
    }

    background: PopupGround {}
}
