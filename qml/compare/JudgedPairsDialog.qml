// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// What a model said of each two answers, in either order, and why.
AppDialog {
    id: dialog

    required property ModelJudge judge

    objectName: "judgedPairsDialog"
    title: qsTr("What the judge said")
    implicitWidth: Math.min(Theme.px(720), (dialog.parent?.width ?? 720) - 2 * Theme.space24)
    acceptText: qsTr("Close")
    rejectText: ""

    component Order: ColumnLayout {
        id: order

        required property string said
        required property string reason

        Layout.fillWidth: true
        spacing: 0

        Text {
            text: order.said
            font: Theme.number
            color: Theme.textSecondary
        }

        BodyText {
            Layout.fillWidth: true
            visible: text !== ""
            text: order.reason
        }
    }

    contentItem: ColumnLayout {
        spacing: Theme.space12

        BodyText {
            Layout.fillWidth: true
            color: Theme.textSecondary
            text: dialog.judge.result.summary + " " + dialog.judge.result.biasDetail
        }

        ListView {
            id: list

            objectName: "judgedPairs"
            Layout.fillWidth: true
            Layout.fillHeight: true
            implicitHeight: Math.min(contentHeight, Theme.px(420), (Overlay.overlay?.height ?? 700) - Theme.px(260))
            focus: true
            clip: true
            spacing: Theme.space16
            boundsBehavior: Flickable.StopAtBounds
            model: dialog.judge.result.pairs
            Keys.onUpPressed: list.flick(0, 800)
            Keys.onDownPressed: list.flick(0, -800)

            ScrollBar.vertical: AppScrollBar {}

            delegate: ColumnLayout {
                id: pair

                required property judgedPairRow modelData

                width: list.width - Theme.space12
                spacing: Theme.space4
                Accessible.role: Accessible.Grouping
                Accessible.name: qsTr("%1 and %2: %3").arg(pair.modelData.firstLetter).arg(pair.modelData.secondLetter).arg(pair.modelData.verdict)

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.space8

                    LaneBadge {
                        place: pair.modelData.firstPlace
                        letter: pair.modelData.firstLetter
                    }

                    LaneBadge {
                        place: pair.modelData.secondPlace
                        letter: pair.modelData.secondLetter
                    }

                    Text {
                        Layout.fillWidth: true
                        text: pair.modelData.verdict
                        font: Theme.bodyStrong
                        color: pair.modelData.agrees ? Theme.text : Theme.warning
                        elide: Text.ElideRight
                    }
                }

                Order {
                    said: pair.modelData.forward
                    reason: pair.modelData.forwardReason
                }

                Order {
                    said: pair.modelData.backward
                    reason: pair.modelData.backwardReason
                }

                BodyText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: pair.modelData.problem
                    color: Theme.danger
                }
            }
        }
    }
}
