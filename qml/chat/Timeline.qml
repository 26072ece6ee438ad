// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import Lorikeet
import Lorikeet.App

/// The timeline of one lane: the view with a delegate for each kind of row, its scroll bar, the
/// way back to the newest text, and the announcements to screen readers.
FocusScope {
    id: root

    property alias model: view.model
    property alias view: view
    /// Of the answer that streams, for the pill; 0: not known.
    property real tokensPerSecond: 0

    signal actionRequested(int action, string messageId)
    /// A TimelineRow.Menu is to open below an item.
    signal menuRequested(int menu, string messageId, bool answer, Item at)

    function announce(sentence: string) {
        view.Accessible.announce(sentence);
    }

    TimelineView {
        id: view

        anchors.fill: parent
        focus: true
        laneColor: Theme.lane(0)
        style: LaneTextStyle {}

        Accessible.role: Accessible.List
        Accessible.name: qsTr("Conversation")
        Accessible.focusable: true

        onActionRequested: (action, message) => root.actionRequested(action, message)
        onMenuRequested: (menu, message, answer, at) => root.menuRequested(menu, message, answer, at)
        onContextMenuRequested: at => menu.popup(at.x, at.y)
        onAnswerStarted: {
            announcer.start();
            root.announce(qsTr("Answer started"));
        }
        onAnswerFinished: {
            announcer.stop();
            root.announce(view.lastProblem() !== "" ? view.lastProblem() : qsTr("Answer finished, %n words", "", view.lastAnswerWords()));
        }

        TimelineDelegate {
            kind: TimelineDelegate.Message

            MessageItem {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Header

            HeaderRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.User

            UserRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Reasoning

            ReasoningRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Waiting

            WaitingRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Prose

            ProseRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Code

            CodeRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Aside

            AsideRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Schema

            SchemaRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Tree

            TreeRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Table

            TableRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Rule

            RuleRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Image

            ImageRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Math

            MathRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Notice

            NoticeRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Error

            ErrorRow {}
        }

        TimelineDelegate {
            kind: TimelineDelegate.Footer

            FooterRow {}
        }
    }

    // Said now and then, never per token.
    Timer {
        id: announcer

        interval: 7000
        repeat: true
        onTriggered: root.announce(qsTr("Still answering, %n words", "", view.lastAnswerWords()))
    }

    RowToolTip {
        x: Math.min(view.hoverPoint.x, root.width - width)
        y: view.hoverPoint.y + Theme.space24
        text: view.hoveredLink
        visible: view.hoveredLink !== ""
    }

    AppMenu {
        id: menu

        AppMenuItem {
            text: qsTr("Copy")
            icon.name: "edit-copy"
            shortcutHint: "Ctrl+C"
            enabled: view.hasSelection
            onTriggered: view.copy()
        }

        AppMenuItem {
            text: qsTr("Copy as plain text")
            icon.name: "edit-copy"
            shortcutHint: "Ctrl+Alt+C"
            enabled: view.hasSelection
            onTriggered: view.copyPlain()
        }

        AppMenuSeparator {}

        AppMenuItem {
            text: qsTr("Select all")
            icon.name: "edit-select-all"
            shortcutHint: "Ctrl+A"
            onTriggered: view.selectAll()
        }
    }

    // Focus is seen when it came by keyboard.
    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.width: 2
        border.color: Theme.accent
        visible: view.activeFocus && view.focusByKeyboard
    }

    AbstractButton {
        id: pill

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space16
        height: Theme.px(32)
        width: pillText.implicitWidth + Theme.px(28)
        visible: !view.following && !view.atEnd
        focusPolicy: Qt.TabFocus
        text: view.newText ? (root.tokensPerSecond > 0 ? qsTr("New text \u00B7 %1 tok/s").arg(Math.round(root.tokensPerSecond)) : qsTr("New text")) : qsTr("Jump to latest")
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("Jump to latest")
        onClicked: view.jumpToEnd()

        contentItem: Text {
            id: pillText

            text: "\u2193  " + pill.text
            font: Theme.metric
            color: view.newText ? Theme.textOnAccent : Theme.text
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
        }

        background: Rectangle {
            radius: height / 2
            color: view.newText ? (pill.hovered ? Theme.accentHover : Theme.accent) : (pill.hovered ? Theme.hover : Theme.surface)
            border.width: pill.visualFocus ? 2 : 1
            border.color: pill.visualFocus ? Theme.accent : (view.newText ? "transparent" : Theme.borderControl)
        }
    }

    ScrollBar {
        id: bar

        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: Theme.px(12)
        policy: view.contentHeight > view.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
        minimumSize: 0.04
        size: view.contentHeight > 0 ? Math.min(1, view.height / view.contentHeight) : 1
        Accessible.role: Accessible.ScrollBar
        Accessible.name: qsTr("Scroll through the conversation")
        onPositionChanged: if (bar.pressed) {
            view.userScrollTo(bar.position * view.contentHeight);
        }

        contentItem: Rectangle {
            radius: width / 2
            color: bar.pressed || bar.hovered ? Theme.textMuted : Theme.borderControl
            opacity: bar.pressed || bar.hovered ? 1 : 0.6
        }

        Binding on position {
            value: view.contentHeight > 0 ? view.contentY / view.contentHeight : 0
            when: !bar.pressed
            restoreMode: Binding.RestoreNone
        }
    }
}
