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

    signal addWanted(row: int)

    implicitHeight: Theme.px(52)
    radius: Theme.radiusCard
    color: Theme.successTint
    border.width: 1
    border.color: Theme.borderSubtle

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space16
        anchors.rightMargin: Theme.space12
        spacing: Theme.space12

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Text {
                Layout.fillWidth: true
                text: qsTr("%1 answers on this machine").arg(row.name)
                font: Theme.bodyStrong
                color: Theme.text
                elide: Text.ElideRight
            }

            Text {
                Layout.fillWidth: true
                text: row.detail === "" ? row.address : qsTr("%1 · %2").arg(row.address).arg(row.detail)
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
