// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// Which of the answers is better, while nobody knows whose they are; by click, or by 1, 2 …
FocusScope {
    id: bar

    required property CompareController compare

    readonly property CompareJudging judging: bar.compare.judging
    readonly property bool two: bar.compare.laneCount === 2

    signal ratingsWanted

    function typed(event: KeyEvent) {
        const digit = event.key - Qt.Key_1;
        const lanes = bar.compare.laneCount;
        if (event.modifiers !== Qt.NoModifier || note.activeFocus || digit < 0 || digit > lanes + 1) {
            return;
        }
        event.accepted = true;
        if (digit < lanes) {
            bar.judging.prefer(digit);
        } else if (digit === lanes) {
            bar.judging.tie();
        } else {
            bar.judging.allBad();
        }
    }

    implicitHeight: visible ? column.implicitHeight + 2 * Theme.space8 : 0
    visible: bar.judging.blind && bar.compare.laneCount > 1
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Verdict")
    Keys.onPressed: event => bar.typed(event)

    Connections {
        target: bar.judging

        function onChanged() {
            note.text = bar.judging.note;
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.borderSubtle
    }

    ColumnLayout {
        id: column

        x: Theme.space16
        y: Theme.space8
        width: bar.width - 2 * Theme.space16
        spacing: Theme.space8

        Flow {
            Layout.fillWidth: true
            spacing: Theme.space8

            Text {
                height: Theme.px(32)
                verticalAlignment: Text.AlignVCenter
                text: bar.judging.outcome !== "" ? bar.judging.outcome : bar.judging.ready ? qsTr("Which is better?") : qsTr("Whose answers they are is shown after the verdict.")
                font: Theme.bodyStrong
                color: Theme.text
            }

            Repeater {
                model: bar.judging.hidden ? bar.compare.laneCount : 0

                AppButton {
                    required property int index

                    objectName: "preferButton" + index
                    focus: index === 0
                    enabled: bar.judging.ready
                    text: qsTr("%1  (%2)", "lane, key").arg(String.fromCharCode(65 + index)).arg(index + 1)
                    Accessible.name: qsTr("%1 is better").arg(String.fromCharCode(65 + index))
                    onClicked: bar.judging.prefer(index)
                }
            }

            AppButton {
                objectName: "tieButton"
                visible: bar.judging.hidden
                enabled: bar.judging.ready
                text: qsTr("Tie  (%1)").arg(bar.compare.laneCount + 1)
                onClicked: bar.judging.tie()
            }

            AppButton {
                objectName: "allBadButton"
                visible: bar.judging.hidden
                enabled: bar.judging.ready
                text: bar.two ? qsTr("Both bad  (%1)").arg(bar.compare.laneCount + 2) : qsTr("All bad  (%1)").arg(bar.compare.laneCount + 2)
                onClicked: bar.judging.allBad()
            }

            AppButton {
                visible: bar.judging.hidden && !bar.compare.blank
                kind: AppButton.Flat
                text: qsTr("Reveal")
                onClicked: bar.judging.reveal()
            }

            AppButton {
                objectName: "ratingsButton"
                visible: bar.judging.count > 0
                kind: AppButton.Flat
                text: qsTr("Ratings of %n verdict(s)", "", bar.judging.count)
                onClicked: bar.ratingsWanted()
            }
        }

        RowLayout {
            Layout.fillWidth: true
            visible: bar.judging.hidden && bar.judging.ready
            spacing: Theme.space4

            Caption {
                text: qsTr("Because of")
            }

            Repeater {
                model: bar.judging.reasons

                Chip {
                    required property string modelData

                    clickable: true
                    checkable: false
                    tone: bar.judging.chosenReasons.includes(modelData) ? Chip.Accent : Chip.Neutral
                    text: modelData
                    onClicked: bar.judging.toggleReason(modelData)
                }
            }

            AppField {
                id: note

                Layout.fillWidth: true
                Layout.leftMargin: Theme.space8
                implicitHeight: Theme.px(28)
                placeholderText: qsTr("A note, if you like")
                Accessible.name: qsTr("Note on the verdict")
                onTextEdited: bar.judging.note = text
            }
        }
    }
}
