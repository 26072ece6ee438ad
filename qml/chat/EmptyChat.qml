// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What stands below the composer while nothing has been said: whom one could ask, and what.
Item {
    id: empty

    required property Workbench workbench

    readonly property bool demo: empty.workbench.chat.demo
    /// Of what the environment describes; all of it is on the page of the endpoints.
    readonly property int offersShown: 3

    signal promptChosen(text: string)
    signal endpointsWanted

    implicitHeight: column.implicitHeight
    onVisibleChanged: if (empty.visible) {
        empty.workbench.lookAgain();
    }

    ColumnLayout {
        id: column

        width: empty.width
        spacing: Theme.space12

        Flow {
            Layout.fillWidth: true
            spacing: Theme.space8

            AppButton {
                objectName: "helloButton"
                text: qsTr("Send “Hello”")
                icon.name: "document-send"
                onClicked: empty.workbench.chat.send(qsTr("Hello"))
            }

            AppButton {
                text: qsTr("Explain LoRA in three sentences")
                onClicked: empty.promptChosen(qsTr("Explain LoRA adapters in three sentences."))
            }

            AppButton {
                text: qsTr("Write a function with a test")
                onClicked: empty.promptChosen(qsTr("Write a Python function that merges two sorted lists, with a test."))
            }

            AppButton {
                text: qsTr("Compare in a table")
                onClicked: empty.promptChosen(qsTr("Compare LoRA, QLoRA and full fine-tuning in a table."))
            }
        }

        RowLayout {
            spacing: Theme.space8

            AppButton {
                objectName: "loadEndpointButton"
                text: qsTr("Load-test this endpoint")
                icon.name: "speedometer"
                onClicked: empty.workbench.load.useEndpoint(empty.workbench.chat.endpointId)
            }
        }

        BodyText {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space8
            visible: empty.demo
            color: Theme.textSecondary
            text: qsTr("“Demo” is a small server inside Lorikeet. It needs no network, and its answers are made up.")
        }

        RowLayout {
            visible: empty.demo
            spacing: Theme.space8

            AppButton {
                objectName: "addEndpointButton"
                text: qsTr("Add an endpoint by its URL")
                icon.name: "list-add"
                onClicked: {
                    empty.workbench.editor.startNew();
                    empty.endpointsWanted();
                }
            }
        }

        Repeater {
            model: empty.workbench.localServers

            LocalServerRow {
                Layout.fillWidth: true
                servers: empty.workbench.localServers
            }
        }

        Repeater {
            model: empty.demo ? empty.workbench.environment : null

            EnvironmentRow {
                Layout.fillWidth: true
                visible: index < empty.offersShown
                offers: empty.workbench.environment
                onAddWanted: if (missing !== "") {
                    empty.endpointsWanted();
                }
            }
        }

        AppButton {
            visible: empty.demo && empty.workbench.environment.count > empty.offersShown
            kind: AppButton.Flat
            text: qsTr("%n more in the environment", "", empty.workbench.environment.count - empty.offersShown)
            onClicked: empty.endpointsWanted()
        }
    }
}
