// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

/// One session of the sidebar; two lines high when it shows where a search found something.
T.ItemDelegate {
    id: row

    required property int index
    required property string sessionId
    required property string title
    required property bool pinned
    required property string snippet
    property bool current: false
    property bool focusedRow: false
    property bool pinnable: true

    signal openWanted
    signal renamed(title: string)
    signal pinToggled
    signal removeWanted

    function startRename() {
        editor.text = row.title;
        editor.visible = true;
        editor.selectAll();
        editor.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    function endRename(keep: bool) {
        if (!editor.visible) {
            return;
        }
        editor.visible = false;
        if (keep && editor.text !== row.title) {
            row.renamed(editor.text);
        }
        row.forceActiveFocus(Qt.TabFocusReason);
    }

    implicitHeight: Theme.px(row.snippet === "" ? 36 : 52) + Theme.space4
    leftPadding: Theme.space12
    rightPadding: Theme.space12
    topPadding: Theme.space2
    bottomPadding: Theme.space2
    focusPolicy: Qt.ClickFocus
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: row.pinned ? qsTr("%1, pinned").arg(row.title) : row.title
    Accessible.selected: row.current
    onClicked: row.openWanted()

    Keys.onPressed: event => {
        event.accepted = true;
        switch (event.key) {
        case Qt.Key_Return:
        case Qt.Key_Enter:
        case Qt.Key_Space:
            row.openWanted();
            break;
        case Qt.Key_F2:
            row.startRename();
            break;
        case Qt.Key_Delete:
            row.removeWanted();
            break;
        case Qt.Key_Menu:
            menu.popup(row, Theme.space24, row.height);
            break;
        default:
            event.accepted = false;
        }
    }

    contentItem: Item {
        ColumnLayout {
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.space12
            width: parent.width - x - (more.visible ? more.width : Theme.space8)
            spacing: Theme.space2

            Text {
                Layout.fillWidth: true
                text: row.title
                font: row.current ? Theme.bodyStrong : Theme.body
                color: Theme.text
                elide: Text.ElideRight
                textFormat: Text.PlainText
            }

            Text {
                Layout.fillWidth: true
                visible: row.snippet !== ""
                text: row.snippet
                font: Theme.role(12, Font.Normal)
                color: Theme.textSecondary
                elide: Text.ElideRight
                maximumLineCount: 1
                textFormat: Text.StyledText
            }
        }

        IconButton {
            id: more

            anchors.right: parent.right
            anchors.rightMargin: Theme.space4
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(28)
            height: Theme.px(28)
            visible: (row.hovered || row.focusedRow || menu.visible) && !editor.visible
            icon.name: "overflow-menu"
            text: qsTr("More about %1").arg(row.title)
            focusPolicy: Qt.NoFocus
            onClicked: menu.popup(more, 0, more.height)
        }

        AppField {
            id: editor

            anchors.fill: parent
            anchors.margins: Theme.space2
            visible: false
            Accessible.name: qsTr("Name of the session")
            onAccepted: row.endRename(true)
            onActiveFocusChanged: if (!activeFocus) {
                row.endRename(true);
            }
            Keys.onEscapePressed: row.endRename(false)
        }
    }

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.leftMargin: row.leftPadding
            anchors.rightMargin: row.rightPadding
            anchors.topMargin: row.topPadding
            anchors.bottomMargin: row.bottomPadding
            radius: Theme.radiusControl
            color: row.current ? Theme.selected : row.hovered ? Theme.hover : "transparent"

            FocusRing {
                gap: -2
                visible: row.focusedRow
            }
        }
    }

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: point => menu.popup(row, point.position.x, point.position.y)
    }

    AppMenu {
        id: menu

        AppMenuItem {
            text: qsTr("Rename")
            icon.name: "edit-rename"
            shortcutHint: "F2"
            onTriggered: row.startRename()
        }

        AppMenuItem {
            visible: row.pinnable
            height: visible ? implicitHeight : 0
            text: row.pinned ? qsTr("Unpin") : qsTr("Pin")
            icon.name: row.pinned ? "window-unpin" : "pin"
            onTriggered: row.pinToggled()
        }

        AppMenuSeparator {}

        AppMenuItem {
            text: qsTr("Delete")
            icon.name: "edit-delete"
            shortcutHint: qsTr("Del")
            danger: true
            onTriggered: row.removeWanted()
        }
    }
}
