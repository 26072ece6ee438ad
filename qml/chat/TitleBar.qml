// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQml
import Lorikeet.App

/// What is talked about, and with whom.
FocusScope {
    id: bar

    required property Workbench workbench
    property bool sidebarShown: true
    property bool inspectorShown: true

    signal inspectorToggled
    signal sidebarToggled
    signal endpointsWanted

    readonly property ChatController chat: bar.workbench.chat

    function chooseEndpoint() {
        endpoints.popup(endpointChip, 0, endpointChip.height + Theme.space4);
    }

    implicitHeight: Theme.px(48)

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.borderSubtle
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space16
        anchors.rightMargin: Theme.space8
        spacing: Theme.space8

        IconButton {
            visible: !bar.sidebarShown
            icon.name: "sidebar-expand-left"
            text: qsTr("Show the sessions")
            shortcutHint: "Ctrl+B"
            onClicked: bar.sidebarToggled()
        }

        Text {
            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth + 1
            text: bar.chat.title
            textFormat: Text.PlainText
            font: Theme.sessionTitle
            color: Theme.text
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Chip {
            id: endpointChip

            objectName: "endpointChip"
            focus: true
            Layout.leftMargin: Theme.space4
            clickable: true
            opens: true
            tone: bar.chat.endpointName === "" ? Chip.Warning : Chip.Neutral
            text: bar.chat.endpointName === "" ? qsTr("Choose an endpoint") : bar.chat.serverName === "" || bar.chat.serverName === bar.chat.endpointName ? bar.chat.endpointName : qsTr("%1 · %2").arg(bar.chat.endpointName).arg(bar.chat.serverName)
            Accessible.description: qsTr("The endpoint that answers")
            onClicked: bar.chooseEndpoint()
        }

        Chip {
            id: healthChip

            objectName: "healthChip"
            visible: bar.chat.healthText !== ""
            clickable: bar.chat.health !== EndpointListModel.Asking
            tone: bar.chat.health === EndpointListModel.Healthy ? Chip.Success : bar.chat.health === EndpointListModel.Failing ? Chip.Danger : Chip.Neutral
            text: bar.chat.healthText
            onClicked: bar.workbench.endpoints.refresh(bar.chat.endpointId)

            RowToolTip {
                visible: healthChip.hovered
                text: bar.chat.problem === "" ? qsTr("Time to the answer of a small request. Click to ask again.") : qsTr("%1 Click to ask again.").arg(bar.chat.problem)
            }
        }

        Item {
            Layout.fillWidth: true
        }

        IconButton {
            icon.name: "adjustlevels"
            text: bar.inspectorShown ? qsTr("Hide the parameters") : qsTr("Show the parameters")
            shortcutHint: "Ctrl+Shift+I"
            checked: bar.inspectorShown
            onClicked: bar.inspectorToggled()
        }
    }

    AppMenu {
        id: endpoints

        minimumWidth: Theme.px(300)

        Instantiator {
            model: bar.workbench.endpoints

            AppMenuItem {
                required property string endpointId
                required property string name
                required property string healthText

                text: name
                detail: healthText
                markable: true
                marked: bar.chat.endpointId === endpointId
                onTriggered: bar.chat.chooseEndpoint(endpointId)
            }

            onObjectAdded: (index, object) => endpoints.insertItem(index, object as AppMenuItem)
            onObjectRemoved: (index, object) => endpoints.removeItem(object as AppMenuItem)
        }

        AppMenuSeparator {}

        AppMenuItem {
            text: qsTr("Endpoints …")
            icon.name: "network-connect"
            onTriggered: bar.endpointsWanted()
        }
    }
}
