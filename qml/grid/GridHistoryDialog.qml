// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// The grids that were asked before, to be opened again.
AppDialog {
    id: dialog

    required property GridController grid

    objectName: "gridHistoryDialog"
    implicitWidth: Math.min(Theme.px(640), (Overlay.overlay?.width ?? 700) - 2 * Theme.space24)
    title: qsTr("Earlier grids")
    acceptText: qsTr("Open")
    acceptable: list.currentIndex >= 0 && list.count > 0
    onAboutToShow: {
        dialog.grid.history.refresh();
        list.currentIndex = 0;
    }
    onOpened: list.forceActiveFocus(Qt.TabFocusReason)
    onAccepted: dialog.grid.open(dialog.grid.history.idAt(list.currentIndex))

    contentItem: ColumnLayout {
        spacing: Theme.space8

        Caption {
            Layout.fillWidth: true
            visible: list.count === 0
            text: qsTr("None yet. Each grid that is asked is kept here with its answers.")
        }

        ListView {
            id: list

            objectName: "gridHistory"
            Layout.fillWidth: true
            implicitHeight: Math.min(contentHeight, (Overlay.overlay?.height ?? 600) - Theme.px(260))
            visible: count > 0
            clip: true
            focus: true
            keyNavigationEnabled: true
            model: dialog.grid.history
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.List
            Accessible.name: dialog.title
            Keys.onReturnPressed: dialog.accept()
            Keys.onEnterPressed: dialog.accept()
            Keys.onDeletePressed: dialog.grid.history.remove(list.currentIndex)

            ScrollBar.vertical: AppScrollBar {}

            delegate: Item {
                id: row

                required property int index
                required property string title
                required property string detail
                required property string when

                width: list.width
                height: Theme.px(52)
                Accessible.role: Accessible.ListItem
                Accessible.name: qsTr("%1, %2, %3").arg(row.title).arg(row.detail).arg(row.when)

                Rectangle {
                    anchors.fill: parent
                    radius: Theme.radiusControl
                    color: row.ListView.isCurrentItem ? Theme.selected : hover.hovered ? Theme.hover : "transparent"

                    FocusRing {
                        gap: -2
                        visible: row.ListView.isCurrentItem && list.activeFocus
                    }
                }

                HoverHandler {
                    id: hover
                }

                TapHandler {
                    onTapped: {
                        list.currentIndex = row.index;
                        list.forceActiveFocus(Qt.MouseFocusReason);
                    }
                    onDoubleTapped: dialog.accept()
                }

                RowLayout {
                    anchors.fill: parent
                    anchors.leftMargin: Theme.space12
                    anchors.rightMargin: Theme.space8
                    spacing: Theme.space12

                    ColumnLayout {
                        Layout.fillWidth: true
                        spacing: 0

                        BodyText {
                            Layout.fillWidth: true
                            text: row.title
                            wrapMode: Text.NoWrap
                            elide: Text.ElideRight
                        }

                        Caption {
                            Layout.fillWidth: true
                            text: row.detail
                            wrapMode: Text.NoWrap
                            elide: Text.ElideRight
                        }
                    }

                    Caption {
                        text: row.when
                        wrapMode: Text.NoWrap
                    }

                    IconButton {
                        objectName: "removeGridButton"
                        focusPolicy: Qt.NoFocus
                        icon.name: "edit-delete"
                        text: qsTr("Remove it and its answers")
                        shortcutHint: "Del"
                        onClicked: dialog.grid.history.remove(row.index)
                    }
                }
            }
        }

        ActionBar {
            objectName: "gridRemovedBar"
            Layout.fillWidth: true
            visible: dialog.grid.history.removed !== ""
            text: qsTr("“%1” was removed.").arg(dialog.grid.history.removed)
            action: qsTr("Undo")
            onTriggered: dialog.grid.history.undoRemove()
            onDismissed: dialog.grid.history.forgetRemoved()
        }
    }
}
