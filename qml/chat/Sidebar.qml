// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// The sessions, and the search through them.
FocusScope {
    id: sidebar

    required property SessionListModel sessions
    required property ChatController chat

    function focusSearch() {
        search.forceActiveFocus(Qt.ShortcutFocusReason);
        search.selectAll();
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.margins: Theme.space12
            Layout.rightMargin: Theme.space8
            Layout.bottomMargin: Theme.space4
            spacing: Theme.space4

            SearchField {
                id: search

                Layout.fillWidth: true
                placeholderText: qsTr("Search sessions")
                hint: activeFocus || sidebar.width < Theme.px(240) ? "" : "Ctrl+Shift+F"
                onTextChanged: sidebar.sessions.query = text
                Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
                Keys.onEscapePressed: {
                    clear();
                    list.forceActiveFocus(Qt.TabFocusReason);
                }
            }

            IconButton {
                icon.name: "list-add"
                text: qsTr("New chat")
                shortcutHint: "Ctrl+N"
                onClicked: sidebar.chat.newChat()
            }
        }

        ListView {
            id: list

            objectName: "sessionList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            focus: true
            model: sidebar.sessions
            boundsBehavior: Flickable.StopAtBounds
            activeFocusOnTab: true
            keyNavigationEnabled: true
            highlightMoveDuration: 0
            bottomMargin: Theme.space12
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Sessions")

            ScrollBar.vertical: AppScrollBar {}

            section.property: "section"
            section.delegate: Text {
                required property string section

                width: list.width
                leftPadding: Theme.space12
                topPadding: Theme.space12
                bottomPadding: Theme.space4
                font: Theme.role(12, Font.DemiBold)
                color: Theme.textMuted
                text: section
            }

            delegate: SessionRow {
                width: list.width
                current: sidebar.chat.sessionId === sessionId
                focusedRow: list.activeFocus && ListView.isCurrentItem
                onOpenWanted: sidebar.chat.open(sessionId)
                onRenamed: title => sidebar.chat.rename(sessionId, title)
                onPinToggled: sidebar.chat.setPinned(sessionId, !pinned)
                onRemoveWanted: sidebar.sessions.remove(sessionId)
            }
        }

        Caption {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: Theme.space16
            visible: list.count === 0
            horizontalAlignment: Text.AlignHCenter
            text: sidebar.sessions.searching ? qsTr("Nothing contains “%1”.").arg(sidebar.sessions.query) : qsTr("Your sessions will be listed here.")
        }
    }
}
