// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Lorikeet.App

/// What the verdicts come to, and where they can be taken.
AppDialog {
    id: dialog

    required property CompareJudging judging

    title: qsTr("Ratings")
    implicitWidth: Theme.px(560)
    acceptText: qsTr("Export …")
    rejectText: qsTr("Close")
    acceptable: (dialog.judging.byModels ? dialog.judging.modelCount : dialog.judging.count) > 0
    onAccepted: fileDialog.open()

    ColumnLayout {
        width: dialog.availableWidth
        spacing: Theme.space12

        Flow {
            Layout.fillWidth: true
            visible: dialog.judging.modelCount > 0
            spacing: Theme.space4

            Chip {
                objectName: "peopleChip"
                clickable: true
                tone: dialog.judging.byModels ? Chip.Neutral : Chip.Accent
                text: qsTr("%n verdict(s) of people", "", dialog.judging.count)
                onClicked: dialog.judging.byModels = false
            }

            Chip {
                objectName: "modelsChip"
                clickable: true
                tone: dialog.judging.byModels ? Chip.Accent : Chip.Neutral
                text: qsTr("%n verdict(s) of models", "", dialog.judging.modelCount)
                onClicked: dialog.judging.byModels = true
            }
        }

        BodyText {
            Layout.fillWidth: true
            color: Theme.textSecondary
            text: dialog.judging.ratingsNote
        }

        Flow {
            Layout.fillWidth: true
            visible: dialog.judging.tags.length > 0
            spacing: Theme.space4

            Chip {
                objectName: "allTagsChip"
                clickable: true
                tone: dialog.judging.tag === "" ? Chip.Accent : Chip.Neutral
                text: qsTr("all")
                onClicked: dialog.judging.tag = ""
            }

            Repeater {
                model: dialog.judging.tags

                Chip {
                    required property string modelData

                    objectName: "tagChip-" + modelData
                    clickable: true
                    tone: dialog.judging.tag === modelData ? Chip.Accent : Chip.Neutral
                    text: modelData
                    Accessible.description: qsTr("Rates the verdicts for this reason alone")
                    onClicked: dialog.judging.tag = modelData
                }
            }
        }

        Repeater {
            model: dialog.judging.ratings

            RowLayout {
                id: line

                required property ratingRow modelData

                Layout.fillWidth: true
                spacing: Theme.space12

                Text {
                    Layout.fillWidth: true
                    text: line.modelData.name
                    textFormat: Text.PlainText
                    font: Theme.bodyStrong
                    color: Theme.text
                    elide: Text.ElideMiddle
                }

                Text {
                    Layout.preferredWidth: Theme.px(76)
                    horizontalAlignment: Text.AlignRight
                    text: line.modelData.winRate
                    font: Theme.number
                    color: Theme.text
                }

                Text {
                    Layout.preferredWidth: Theme.px(84)
                    horizontalAlignment: Text.AlignRight
                    text: line.modelData.interval
                    font: Theme.number
                    color: Theme.textSecondary
                }

                Text {
                    Layout.preferredWidth: Theme.px(170)
                    text: line.modelData.games
                    font: Theme.metric
                    color: Theme.textMuted
                }
            }
        }
    }

    FileDialog {
        id: fileDialog

        title: qsTr("Export the verdicts")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "jsonl"
        nameFilters: [qsTr("Preferences for tuning (*.jsonl)"), qsTr("Table of verdicts (*.csv)")]
        onAccepted: dialog.judging.exportTo(selectedFile)
    }
}
