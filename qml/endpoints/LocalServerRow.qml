// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts

/// A server that answers on one of the usual ports of this machine and is not an endpoint yet.
Rectangle {
    id: row

    required property int index
    required property string name
    required property string address
    required property string detail
    /// In a narrow list, below a heading that says the rest.
    property bool compact: false

    signal addWanted(row: int)

    implicitHeight: Theme.px(52)
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("%1 answers on this machine").arg(row.name)
    radius: Theme.radiusCard
    color: Theme.successTint
    border.width: 1
    border.color: Theme.borderSubtle

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: row.compact ? Theme.space8 : Theme.space16
        anchors.rightMargin: row.compact ? Theme.space8 : Theme.space12
        spacing: Theme.space12

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Text {
                Layout.fillWidth: true
                text: row.compact ? row.name : qsTr("%1 answers on this machine").arg(row.name)
                textFormat: Text.PlainText
                font: Theme.bodyStrong
                color: Theme.text
                elide: Text.ElideRight
            }

            Text {
                Layout.fillWidth: true
                text: row.compact ? row.address.replace(/^https?:\/\//, "").replace(/\/v1$/, "") : row.detail === "" ? row.address : qsTr("%1 · %2").arg(row.address).arg(row.detail)
                textFormat: Text.PlainText
                font: Theme.role(12, Font.Normal)
                color: Theme.textSecondary
                elide: Text.ElideRight
            }
        }

        AppButton {
            text: qsTr("Add")
            Accessible.name: qsTr("Add %1").arg(row.name)
            onClicked: row.addWanted(row.index)
        }
    }
}
