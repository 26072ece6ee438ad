// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Lorikeet.App

T.ItemDelegate {
    id: row

    required property int index
    required property string endpointId
    required property string name
    required property string server
    required property int health
    required property string healthText
    /// Why it does not answer, and when it last did; empty: it does.
    required property string problem
    required property string lastAnswer
    required property bool demo
    property bool current: false
    property bool focusedRow: false

    readonly property string trouble: row.health === EndpointListModel.Failing ? qsTr("%1 %2").arg(row.problem).arg(row.lastAnswer).trim() : ""

    RowToolTip {
        visible: row.trouble !== "" && (row.hovered || row.focusedRow)
        text: row.trouble
    }

    signal chosen
    signal removeWanted

    implicitHeight: Theme.px(56)
    padding: Theme.space2
    leftPadding: Theme.space8
    rightPadding: Theme.space8
    focusPolicy: Qt.ClickFocus
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2, %3").arg(row.name).arg(row.server).arg(row.healthText)
    Accessible.description: row.trouble
    Accessible.selected: row.current
    onClicked: row.chosen()

    Keys.onPressed: event => {
        event.accepted = true;
        switch (event.key) {
        case Qt.Key_Return:
        case Qt.Key_Enter:
        case Qt.Key_Space:
            row.chosen();
            break;
        case Qt.Key_Delete:
            if (!row.demo) {
                row.removeWanted();
            }
            break;
        default:
            event.accepted = false;
        }
    }

    contentItem: Item {
        ColumnLayout {
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.space8
            width: parent.width - 2 * x
            spacing: Theme.space2

            Text {
                Layout.fillWidth: true
                text: row.name
                font: row.current ? Theme.bodyStrong : Theme.body
                color: Theme.text
                elide: Text.ElideRight
                textFormat: Text.PlainText
            }

            RowLayout {
                spacing: Theme.space4

                Text {
                    Layout.fillWidth: true
                    text: row.server
                    font: Theme.role(12, Font.Normal)
                    color: Theme.textMuted
                    elide: Text.ElideRight
                    textFormat: Text.PlainText
                }

                Text {
                    text: row.healthText
                    font: Theme.metric
                    color: row.health === EndpointListModel.Healthy ? Theme.success : row.health === EndpointListModel.Failing ? Theme.danger : Theme.textMuted
                }
            }
        }
    }

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.leftMargin: row.leftPadding
            anchors.rightMargin: row.rightPadding
            anchors.topMargin: row.topPadding
            anchors.bottomMargin: row.bottomPadding
            radius: Theme.radiusControl
            color: row.current ? Theme.selected : row.hovered ? Theme.hover : "transparent"

            FocusRing {
                gap: -2
                visible: row.focusedRow
            }
        }
    }
}
