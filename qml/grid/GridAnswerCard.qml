// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// One answer of a grid, whole.
Rectangle {
    id: card

    required property gridAnswer answer

    readonly property color ink: Theme.lane(card.answer.place)

    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.ListItem
    Accessible.name: card.answer.name

    Rectangle {
        width: parent.width
        height: Theme.px(3)
        color: card.ink
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.space12
        spacing: Theme.space4

        Text {
            Layout.fillWidth: true
            text: card.answer.name
            textFormat: Text.PlainText
            font: Theme.bodyStrong
            color: card.ink
            elide: Text.ElideRight
        }

        ScrollView {
            id: scroll

            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            contentWidth: availableWidth

            ScrollBar.vertical: AppScrollBar {
                parent: scroll
                x: scroll.width - width
                height: scroll.height
            }

            TextEdit {
                objectName: "gridAnswerText"
                width: scroll.availableWidth - Theme.space16
                text: card.answer.asked ? card.answer.text : qsTr("Not asked yet.")
                textFormat: TextEdit.PlainText
                font: Theme.body
                color: card.answer.asked ? Theme.text : Theme.textMuted
                selectionColor: Theme.accent
                selectedTextColor: Theme.textOnAccent
                readOnly: true
                selectByMouse: true
                wrapMode: TextEdit.Wrap
                Accessible.name: text
            }
        }

        Caption {
            Layout.fillWidth: true
            visible: text !== ""
            text: card.answer.error
            color: Theme.danger
        }

        Caption {
            Layout.fillWidth: true
            visible: text !== ""
            text: card.answer.failed.map(check => "✗ " + check).join("\n")
            color: Theme.danger
            maximumLineCount: 6
            elide: Text.ElideRight
        }

        Caption {
            Layout.fillWidth: true
            visible: text !== ""
            text: card.answer.passed.map(check => "✓ " + check).join("\n")
            color: Theme.success
            maximumLineCount: 6
            elide: Text.ElideRight
        }

        Caption {
            Layout.fillWidth: true
            visible: text !== ""
            text: card.answer.facts
        }
    }
}
