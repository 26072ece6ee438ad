// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// The list of endpoints, and the form for one of them.
FocusScope {
    id: page

    required property Workbench workbench

    readonly property EndpointListModel endpoints: page.workbench.endpoints
    readonly property EndpointEditor editor: page.workbench.editor

    signal chatWanted

    Keys.onEscapePressed: page.chatWanted()

    onVisibleChanged: if (page.visible) {
        page.workbench.lookAgain();
        if (page.editor.endpointId === "" && !page.editor.dirty && !page.workbench.chat.demo) {
            page.editor.load(page.workbench.chat.endpointId);
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    Rectangle {
        id: side

        width: Theme.px(264)
        height: parent.height
        color: Theme.window

        ColumnLayout {
            anchors.fill: parent
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                Layout.preferredHeight: Theme.px(56)
                Layout.leftMargin: Theme.space16
                Layout.rightMargin: Theme.space8

                Text {
                    Layout.fillWidth: true
                    text: qsTr("Endpoints")
                    font: Theme.sessionTitle
                    color: Theme.text
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }

                IconButton {
                    objectName: "newEndpointButton"
                    icon.name: "list-add"
                    text: qsTr("Add an endpoint")
                    onClicked: {
                        page.editor.startNew();
                        form.focusFirst();
                    }
                }
            }

            ListView {
                id: list

                objectName: "endpointList"
                Layout.fillWidth: true
                Layout.fillHeight: true
                clip: true
                activeFocusOnTab: true
                model: page.endpoints
                boundsBehavior: Flickable.StopAtBounds
                keyNavigationEnabled: true
                highlightMoveDuration: 0
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Endpoints")

                ScrollBar.vertical: AppScrollBar {}

                delegate: EndpointRow {
                    width: list.width
                    current: page.editor.endpointId === endpointId
                    focusedRow: list.activeFocus && ListView.isCurrentItem
                    onChosen: {
                        list.currentIndex = index;
                        page.editor.load(endpointId);
                    }
                    onRemoveWanted: page.endpoints.remove(endpointId)
                }

                footer: ColumnLayout {
                    width: list.width
                    spacing: Theme.space8

                    Text {
                        Layout.leftMargin: Theme.space16
                        Layout.topMargin: Theme.space16
                        visible: page.workbench.localServers.count > 0
                        text: qsTr("Found on this machine")
                        font: Theme.role(12, Font.DemiBold)
                        color: Theme.textMuted
                    }

                    Repeater {
                        model: page.workbench.localServers

                        LocalServerRow {
                            Layout.fillWidth: true
                            Layout.leftMargin: Theme.space8
                            Layout.rightMargin: Theme.space8
                            compact: true
                            onAddWanted: row => page.workbench.localServers.add(row)
                        }
                    }
                }
            }
        }

        Rectangle {
            anchors.right: parent.right
            width: 1
            height: parent.height
            color: Theme.borderSubtle
        }
    }

    EndpointForm {
        id: form

        anchors.left: side.right
        anchors.right: parent.right
        height: parent.height
        focus: true
        editor: page.editor
        onLeaveWanted: list.forceActiveFocus(Qt.BacktabFocusReason)
        onUseWanted: {
            page.workbench.chat.chooseEndpoint(page.editor.endpointId);
            page.chatWanted();
        }
        onRemoveWanted: {
            page.endpoints.remove(page.editor.endpointId);
            page.editor.startNew();
        }
    }
}
