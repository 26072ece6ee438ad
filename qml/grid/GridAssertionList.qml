// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What the answers of a grid are held to, being written.
ColumnLayout {
    id: list

    required property GridAssertions assertions
    required property list<string> schemas

    spacing: Theme.space8

    RowLayout {
        Layout.fillWidth: true

        Caption {
            Layout.fillWidth: true
            text: qsTr("Answers are held to")
        }

        AppButton {
            objectName: "addAssertionButton"
            kind: AppButton.Flat
            implicitHeight: Theme.px(28)
            text: qsTr("Add")
            icon.name: "list-add"
            onClicked: list.assertions.add()
        }
    }

    Repeater {
        model: list.assertions

        GridAssertionRow {
            Layout.fillWidth: true
            assertions: list.assertions
            schemas: list.schemas
        }
    }

    Caption {
        Layout.fillWidth: true
        font: Theme.role(12, Font.Normal)
        text: list.assertions.count === 0 ? qsTr("Nothing: answers are kept and timed, and not judged.") : qsTr("{{ column }} stands for the value of the row.")
    }
}
