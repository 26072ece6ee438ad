// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// A model that judges the answers: who it is, what it said of those in sight, and how sure that is.
FocusScope {
    id: strip

    required property CompareController compare

    readonly property ModelJudge judge: strip.compare.judge

    signal setupWanted
    signal pairsWanted
    signal ratingsWanted

    implicitHeight: visible ? column.implicitHeight + 2 * Theme.space8 : 0
    visible: strip.judge.shown && strip.compare.laneCount > 1
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Judge model")

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.borderSubtle
    }

    Rectangle {
        objectName: "judgeProgress"
        width: parent.width * strip.judge.progress
        height: Theme.px(2)
        visible: strip.judge.running
        color: Theme.accent
    }

    ColumnLayout {
        id: column

        x: Theme.space16
        y: Theme.space8
        width: strip.width - 2 * Theme.space16
        spacing: Theme.space4

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space8

            AppButton {
                objectName: "judgeButton"
                focus: true
                text: strip.judge.running ? qsTr("Stop judging") : strip.judge.judged ? qsTr("Judge again") : qsTr("Judge")
                enabled: strip.judge.running || strip.judge.problem === ""
                Accessible.description: strip.judge.problem
                onClicked: {
                    if (strip.judge.running) {
                        strip.judge.stop();
                    } else {
                        strip.judge.run();
                    }
                }
            }

            AppButton {
                objectName: "judgeSetupButton"
                Layout.fillWidth: true
                Layout.minimumWidth: Theme.px(120)
                Layout.maximumWidth: implicitWidth
                kind: AppButton.Flat
                text: strip.judge.judge === "" ? qsTr("Choose a judge …") : qsTr("%1, “%2” …", "judge, rubric").arg(strip.judge.judge).arg(strip.judge.rubrics.name)
                Accessible.name: qsTr("Judge and rubric: %1").arg(text)
                onClicked: strip.setupWanted()
            }

            AppSwitch {
                objectName: "judgeAlwaysSwitch"
                text: qsTr("Judge each answer")
                checked: strip.judge.always
                onToggled: strip.judge.always = checked
            }

            Caption {
                id: status

                objectName: "judgeStatus"
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignRight
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
                text: strip.judge.running ? strip.judge.status : strip.judge.problem !== "" ? strip.judge.problem : strip.judge.judged ? "" : qsTr("%n pair(s) of answers, each asked in both orders", "", strip.judge.pairCount)
                Accessible.role: Accessible.StaticText
                Accessible.name: text

                HoverHandler {
                    id: statusHover
                }

                RowToolTip {
                    visible: statusHover.hovered && status.text !== ""
                    text: status.text
                }
            }
        }

        Flow {
            Layout.fillWidth: true
            visible: strip.judge.judged
            spacing: Theme.space8

            Repeater {
                model: strip.judge.result.lanes

                Row {
                    id: entry

                    required property judgedLane modelData

                    height: Theme.px(28)
                    spacing: Theme.space4

                    LaneBadge {
                        anchors.verticalCenter: parent.verticalCenter
                        place: entry.modelData.place
                        letter: entry.modelData.letter
                        filled: entry.modelData.best
                    }

                    Text {
                        height: parent.height
                        verticalAlignment: Text.AlignVCenter
                        text: entry.modelData.share
                        font: Theme.number
                        color: entry.modelData.best ? Theme.text : Theme.textSecondary
                        Accessible.role: Accessible.StaticText
                        Accessible.name: qsTr("Lane %1: %2").arg(entry.modelData.letter).arg(entry.modelData.share)

                        HoverHandler {
                            id: shareHover
                        }

                        RowToolTip {
                            visible: shareHover.hovered
                            text: qsTr("The mean of its shares over its pairs, both orders: 100 % is preferred in all, 50 % as good. Where the server tells probabilities, a share is that of the verdict's letter among the three there were (first, second, neither), neither counting half for each; else the letter alone counts.")
                        }
                    }
                }
            }

            Chip {
                id: bias

                objectName: "judgeBias"
                height: Theme.px(28)
                visible: text !== ""
                hoverEnabled: true
                tone: strip.judge.result.biased ? Chip.Warning : Chip.Neutral
                text: strip.judge.result.bias
                Accessible.description: strip.judge.result.biasDetail

                HoverHandler {
                    id: biasHover
                }

                RowToolTip {
                    visible: biasHover.hovered
                    text: strip.judge.result.biasDetail
                }
            }

            Text {
                objectName: "judgeCost"
                height: Theme.px(28)
                verticalAlignment: Text.AlignVCenter
                text: strip.judge.result.cost
                font: Theme.metric
                color: Theme.textMuted
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }

            AppButton {
                objectName: "judgedPairsButton"
                implicitHeight: Theme.px(28)
                kind: AppButton.Flat
                text: qsTr("Pairs and reasons …")
                onClicked: strip.pairsWanted()
            }

            AppButton {
                objectName: "modelRatingsButton"
                implicitHeight: Theme.px(28)
                visible: strip.compare.judging.modelCount > 0
                kind: AppButton.Flat
                text: qsTr("Ratings …")
                Accessible.name: qsTr("Ratings by models")
                onClicked: strip.ratingsWanted()
            }
        }

        BodyText {
            objectName: "judgeError"
            Layout.fillWidth: true
            visible: text !== ""
            text: strip.judge.error
            color: Theme.danger
            maximumLineCount: 3
            elide: Text.ElideRight
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
    }
}
