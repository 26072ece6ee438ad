// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// A turn of a template before its prompt: who says it, and what.
ColumnLayout {
    id: row

    required property TemplateTurns turns
    required property int index
    required property int speaker
    required property string turnText
    readonly property string called: qsTr("example turn %1").arg(row.index + 1)

    function takeFocus() {
        box.forceActiveFocus(Qt.TabFocusReason);
    }

    spacing: Theme.space4

    component RowAction: IconButton {
        implicitWidth: Theme.px(28)
        implicitHeight: Theme.px(28)
        iconSize: 16
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space4

        AppComboBox {
            id: who

            objectName: "turnSpeaker"
            implicitWidth: Theme.px(140)
            implicitHeight: Theme.px(28)
            model: row.turns.speakers
            currentIndex: row.speaker
            Accessible.name: qsTr("Who says %1").arg(row.called)
            onActivated: index => row.turns.setSpeaker(row.index, index)
        }

        Item {
            Layout.fillWidth: true
        }

        RowAction {
            objectName: "moveTurnUp"
            icon.name: "go-up"
            text: qsTr("Move %1 up").arg(row.called)
            onClicked: row.turns.move(row.index, -1)
        }

        RowAction {
            objectName: "moveTurnDown"
            icon.name: "go-down"
            text: qsTr("Move %1 down").arg(row.called)
            onClicked: row.turns.move(row.index, 1)
        }

        RowAction {
            objectName: "removeTurn"
            icon.name: "edit-delete"
            text: qsTr("Take %1 out").arg(row.called)
            onClicked: row.turns.remove(row.index)
        }
    }

    AppTextBox {
        id: box

        objectName: "turnText"
        Layout.fillWidth: true
        name: qsTr("What %1 says").arg(row.called)
        mono: true
        minimumLines: 1
        maximumLines: 8
        text: row.turnText
        onEdited: row.turns.setText(row.index, box.text)
    }
}
