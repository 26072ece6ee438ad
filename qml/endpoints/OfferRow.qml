// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts

/// Something that was found and could become an endpoint by one click.
Rectangle {
    id: row

    property string title
    property string detail
    property string action: qsTr("Add")
    property string actionName
    /// It is there and answers, not only described somewhere.
    property bool alive: false
    /// In a narrow list.
    property bool compact: false

    signal addWanted

    implicitHeight: Theme.px(52)
    Accessible.role: Accessible.Grouping
    Accessible.name: row.title
    Accessible.description: row.detail
    radius: Theme.radiusCard
    color: row.alive ? Theme.successTint : Theme.infoTint
    border.width: 1
    border.color: Theme.borderSubtle

    HoverHandler {
        id: hover
    }

    RowToolTip {
        visible: hover.hovered && (titleText.truncated || detailText.truncated)
        text: qsTr("%1\n%2").arg(row.title).arg(row.detail)
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: row.compact ? Theme.space8 : Theme.space16
        anchors.rightMargin: row.compact ? Theme.space8 : Theme.space12
        spacing: Theme.space12

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Text {
                id: titleText

                Layout.fillWidth: true
                text: row.title
                textFormat: Text.PlainText
                font: Theme.bodyStrong
                color: Theme.text
                elide: Text.ElideRight
            }

            Text {
                id: detailText

                Layout.fillWidth: true
                text: row.detail
                textFormat: Text.PlainText
                font: Theme.role(12, Font.Normal)
                color: Theme.textSecondary
                elide: Text.ElideRight
            }
        }

        AppButton {
            text: row.action
            Accessible.name: row.actionName
            onClicked: row.addWanted()
        }
    }
}
