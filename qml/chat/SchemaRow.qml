// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import Lorikeet
import Lorikeet.App

/// In what an answer does not keep to its schema: a line for each place, with its path, what is
/// wrong there, and the schema's word for it.
Item {
    id: root

    required property TimelineRow row
    readonly property int most: 6
    readonly property bool folded: !root.row.expanded && root.row.faults.length > root.most

    implicitHeight: column.implicitHeight + 2 * Theme.space12
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.row.label

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusCard
        color: Theme.dangerTint
    }

    Column {
        id: column

        x: Theme.px(14)
        y: Theme.space12
        width: root.width - 2 * x
        spacing: Theme.space4

        Text {
            width: parent.width
            text: root.row.label
            textFormat: Text.PlainText
            font: Theme.bodyStrong
            color: Theme.danger
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Repeater {
            model: root.folded ? root.row.faults.slice(0, root.most) : root.row.faults

            Flow {
                id: fault

                required property answerFault modelData
                readonly property string place: fault.modelData.path === "" ? qsTr("the whole") : fault.modelData.path

                width: column.width
                spacing: Theme.space8
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("%1 %2, keyword %3").arg(fault.place).arg(fault.modelData.words).arg(fault.modelData.keyword)

                Text {
                    width: Math.min(implicitWidth, fault.width)
                    text: fault.place
                    textFormat: Text.PlainText
                    font: Theme.code
                    color: Theme.danger
                    wrapMode: Text.WrapAnywhere
                    Accessible.ignored: true
                }

                Text {
                    width: Math.min(implicitWidth, fault.width)
                    text: fault.modelData.words
                    textFormat: Text.PlainText
                    font: Theme.body
                    color: Theme.text
                    wrapMode: Text.Wrap
                    Accessible.ignored: true
                }

                Text {
                    text: fault.modelData.keyword
                    textFormat: Text.PlainText
                    font: Theme.metric
                    color: Theme.textSecondary
                    Accessible.ignored: true
                }
            }
        }

        Flow {
            visible: root.row.acceptable || root.row.faults.length > root.most
            // The words begin where the text above does.
            x: -Theme.space8
            width: parent.width + Theme.space8
            spacing: Theme.space4

            TextAction {
                objectName: "acceptAroundButton"
                visible: root.row.acceptable
                text: qsTr("Accept what stands around the JSON")
                onClicked: root.row.request(TimelineRow.AcceptAround)
            }

            TextAction {
                visible: root.row.faults.length > root.most
                text: root.folded ? qsTr("Show all %n", "", root.row.faults.length) : qsTr("Show fewer")
                onClicked: root.row.expanded = !root.row.expanded
            }
        }
    }
}
