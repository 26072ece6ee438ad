// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Dialogs
import QtQuick.Layouts
import QtQuick.Shapes
import Lorikeet.App

/// The list of endpoints, and the form for one of them.
FocusScope {
    id: page

    required property Workbench workbench

    readonly property EndpointListModel endpoints: page.workbench.endpoints
    readonly property EndpointEditor editor: page.workbench.editor
    readonly property EndpointFiles files: page.workbench.files

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

                IconButton {
                    objectName: "endpointFilesButton"
                    icon.name: "overflow-menu"
                    text: qsTr("Import or export")
                    onClicked: filesMenu.popup(this, 0, height)
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
                            servers: page.workbench.localServers
                        }
                    }

                    Text {
                        Layout.leftMargin: Theme.space16
                        Layout.topMargin: Theme.space16
                        visible: page.workbench.environment.count > 0
                        text: qsTr("Found in the environment")
                        font: Theme.role(12, Font.DemiBold)
                        color: Theme.textMuted
                    }

                    Repeater {
                        model: page.workbench.environment

                        EnvironmentRow {
                            Layout.fillWidth: true
                            Layout.leftMargin: Theme.space8
                            Layout.rightMargin: Theme.space8
                            compact: true
                            offers: page.workbench.environment
                        }
                    }

                    Item {
                        implicitHeight: Theme.space16
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

    AppMenu {
        id: filesMenu

        minimumWidth: Theme.px(260)

        AppMenuItem {
            text: qsTr("Import from a file …")
            icon.name: "document-import"
            onTriggered: importDialog.open()
        }

        AppMenuItem {
            text: qsTr("Export to a file …")
            icon.name: "document-export"
            enabled: page.files.canExport
            onTriggered: exportDialog.open()
        }
    }

    FileDialog {
        id: importDialog

        title: qsTr("Import endpoints")
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Endpoints (*.json)"), qsTr("All files (*)")]
        onAccepted: page.files.read(selectedFiles)
    }

    FileDialog {
        id: exportDialog

        title: qsTr("Export endpoints, without their keys")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "json"
        nameFilters: [qsTr("Endpoints (*.json)")]
        onAccepted: page.files.write(selectedFile)
    }

    ImportDialog {
        files: page.files
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
        onLoadWanted: page.workbench.load.useEndpoint(page.editor.endpointId)
        onRemoveWanted: {
            page.endpoints.remove(page.editor.endpointId);
            page.editor.startNew();
        }
    }

    DropArea {
        id: drop

        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: event => page.files.read(event.urls)

        Rectangle {
            anchors.fill: parent
            visible: drop.containsDrag
            color: Theme.surface
            opacity: 0.92
        }

        BodyText {
            anchors.centerIn: parent
            visible: drop.containsDrag
            text: qsTr("Drop a file of endpoints here")
            font: Theme.sessionTitle
        }

        Shape {
            anchors.fill: parent
            anchors.margins: Theme.space16
            visible: drop.containsDrag

            ShapePath {
                fillColor: "transparent"
                strokeColor: Theme.accent
                strokeWidth: 2
                strokeStyle: ShapePath.DashLine
                dashPattern: [4, 3]

                PathRectangle {
                    width: drop.width - 2 * Theme.space16
                    height: drop.height - 2 * Theme.space16
                    radius: Theme.radiusLarge
                }
            }
        }
    }
}
