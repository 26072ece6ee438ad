// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Lorikeet.App

/// Which lanes a prompt goes to: a press on one leaves it out, or takes it in again.
Flow {
    id: chips

    required property CompareController compare

    spacing: Theme.space4
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Lanes that receive the prompt")

    Repeater {
        model: chips.compare.lanes

        T.AbstractButton {
            id: chip

            required property CompareLane lane

            implicitWidth: row.implicitWidth + Theme.space12
            implicitHeight: Theme.px(24)
            focusPolicy: Qt.StrongFocus
            hoverEnabled: true
            opacity: chip.lane.receives ? 1 : 0.6
            Accessible.role: Accessible.CheckBox
            Accessible.checkable: true
            Accessible.checked: chip.lane.receives
            Accessible.name: qsTr("Lane %1, %2").arg(chip.lane.letter).arg(chip.lane.name)
            onClicked: chip.lane.receives = !chip.lane.receives

            contentItem: Item {
                Row {
                    id: row

                    anchors.verticalCenter: parent.verticalCenter
                    x: Theme.px(3)
                    spacing: Theme.px(6)

                    LaneBadge {
                        place: chip.lane.place
                        letter: chip.lane.letter
                        filled: chip.lane.receives
                    }

                    Text {
                        anchors.verticalCenter: parent.verticalCenter
                        text: chip.lane.name
                        textFormat: Text.PlainText
                        width: Math.min(implicitWidth, Theme.px(160))
                        elide: Text.ElideRight
                        font.family: Theme.metric.family
                        font.pixelSize: Theme.metric.pixelSize
                        font.weight: Theme.metric.weight
                        font.strikeout: !chip.lane.receives
                        color: Theme.textSecondary
                    }
                }
            }

            background: Rectangle {
                radius: Theme.radiusControl
                color: chip.hovered ? Theme.hover : Theme.sunken
                border.width: 1
                border.color: Theme.borderSubtle

                FocusRing {
                    gap: 1
                    visible: chip.visualFocus
                }
            }

            RowToolTip {
                visible: chip.hovered
                delay: 600
                text: chip.lane.receives ? qsTr("Receives the prompt. Click to leave it out.") : qsTr("Left out. Click to send to it too.")
            }
        }
    }
}
