// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// Asks what is to become of endpoints in a file whose names are taken.
AppDialog {
    id: dialog

    required property EndpointFiles files

    objectName: "importDialog"
    implicitWidth: Theme.px(560)
    title: qsTr("%n names of the file are taken", "", dialog.files.collisions)
    acceptText: qsTr("Import")
    visible: dialog.files.collisions > 0
    onAccepted: dialog.files.import()
    onRejected: dialog.files.cancel()

    contentItem: ListView {
        id: list

        implicitHeight: Math.min(contentHeight, Theme.px(320))
        clip: true
        model: dialog.files
        spacing: Theme.space16
        boundsBehavior: Flickable.StopAtBounds

        ScrollBar.vertical: AppScrollBar {}

        delegate: ColumnLayout {
            id: row

            required property int index
            required property string name
            required property string present
            required property string brought
            required property int choice

            width: list.width
            spacing: Theme.space4

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space16

                BodyText {
                    Layout.fillWidth: true
                    text: row.name
                    font: Theme.bodyStrong
                    textFormat: Text.PlainText
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }

                AppComboBox {
                    Layout.preferredWidth: Theme.px(200)
                    model: [qsTr("Keep both"), qsTr("Replace"), qsTr("Leave as it is")]
                    currentIndex: row.choice
                    Accessible.name: qsTr("What to do with %1").arg(row.name)
                    onActivated: index => dialog.files.choose(row.index, index)
                }
            }

            Caption {
                Layout.fillWidth: true
                font: Theme.role(12, Font.Normal)
                text: row.present === row.brought ? qsTr("%1, with other settings").arg(row.brought) : qsTr("%1 here, %2 in the file").arg(row.present).arg(row.brought)
            }
        }
    }
}
