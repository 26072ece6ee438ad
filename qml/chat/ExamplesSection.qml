// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// The examples that are sent before the conversation, from a template of the library.
ColumnLayout {
    id: section

    required property PromptTarget chat
    property bool opened: false

    spacing: Theme.space4

    Caption {
        text: qsTr("Examples")
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space4

        BodyText {
            objectName: "examplesNote"
            Layout.fillWidth: true
            text: section.chat?.examplesNote ?? ""
            elide: Text.ElideRight
            maximumLineCount: 2
        }

        TextAction {
            objectName: "showExamplesButton"
            text: section.opened ? qsTr("Hide") : qsTr("Show")
            Accessible.name: section.opened ? qsTr("Hide the examples") : qsTr("Show the examples")
            onClicked: section.opened = !section.opened
        }

        TextAction {
            objectName: "clearExamplesButton"
            text: qsTr("Take out")
            Accessible.name: qsTr("Send no examples")
            onClicked: section.chat.clearExamples()
        }
    }

    ExampleTurns {
        objectName: "exampleTurns"
        Layout.fillWidth: true
        visible: section.opened
        model: section.opened && section.chat ? section.chat.examples : []
        mostLines: 100000
    }
}
