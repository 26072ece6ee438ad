// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// Facts in two columns: what, and what it is.
GridLayout {
    id: grid

    required property list<fact> facts

    visible: grid.facts.length > 0
    columns: 2
    columnSpacing: Theme.space16
    rowSpacing: Theme.space4

    Repeater {
        model: grid.facts

        BodyText {
            required property int index
            required property fact modelData

            Layout.row: index
            Layout.column: 0
            Layout.alignment: Qt.AlignTop
            text: modelData.label
            color: Theme.textMuted
        }
    }

    Repeater {
        model: grid.facts

        BodyText {
            required property int index
            required property fact modelData

            Layout.row: index
            Layout.column: 1
            Layout.fillWidth: true
            text: modelData.value
            textFormat: Text.PlainText
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        }
    }
}
