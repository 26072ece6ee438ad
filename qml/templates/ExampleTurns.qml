// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// Turns that are sent before a conversation, each with who says it.
ColumnLayout {
    id: turns

    property list<shownTurn> model
    property int mostLines: 4

    spacing: Theme.space8
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Examples")

    Repeater {
        model: turns.model

        ColumnLayout {
            id: turn

            required property shownTurn modelData

            Layout.fillWidth: true
            spacing: Theme.space2
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1: %2", "speaker, what they say").arg(turn.modelData.who).arg(turn.modelData.text)

            Caption {
                text: turn.modelData.who
                Accessible.ignored: true
            }

            BodyText {
                Layout.fillWidth: true
                text: turn.modelData.text
                textFormat: Text.PlainText
                maximumLineCount: turns.mostLines
                elide: Text.ElideRight
                Accessible.ignored: true
            }
        }
    }
}
