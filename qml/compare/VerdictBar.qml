// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// Which of the answers is better, or in which order they stand, while nobody knows whose they are; by
/// click, or by 1, 2 …
FocusScope {
    id: bar

    required property CompareController compare

    readonly property CompareJudging judging: bar.compare.judging
    readonly property bool two: bar.compare.laneCount === 2
    /// All answers are given a place, instead of the best one being named.
    readonly property bool ordering: bar.judging.ranks && bar.compare.laneCount > 2

    signal ratingsWanted

    function typed(event: KeyEvent) {
        if (event.modifiers !== Qt.NoModifier || note.activeFocus || !bar.judging.hidden) {
            return;
        }
        event.accepted = true;
        const digit = event.key - Qt.Key_0;
        if (event.key === Qt.Key_R && bar.compare.laneCount > 2) {
            bar.judging.ranks = !bar.judging.ranks;
            bar.forceActiveFocus(Qt.ShortcutFocusReason);
        } else if (bar.ordering) {
            event.accepted = bar.typedPlace(event.key, digit);
        } else {
            event.accepted = bar.typedBest(digit);
        }
    }

    function typedBest(digit: int): bool {
        const lanes = bar.compare.laneCount;
        if (digit < 1 || digit > lanes + 2) {
            return false;
        }
        if (digit <= lanes) {
            bar.judging.prefer(digit - 1);
        } else if (digit === lanes + 1) {
            bar.judging.tie();
        } else {
            bar.judging.allBad();
        }
        return true;
    }

    function typedPlace(key: int, digit: int): bool {
        switch (key) {
        case Qt.Key_0:
            bar.judging.allBad();
            return true;
        case Qt.Key_Left:
            bar.judging.rankedNext -= 1;
            return true;
        case Qt.Key_Right:
            bar.judging.rankedNext += 1;
            return true;
        case Qt.Key_Backspace:
            bar.judging.unrank();
            return true;
        case Qt.Key_Return:
        case Qt.Key_Enter:
            bar.judging.keepOrder();
            return true;
        }
        if (digit < 1 || digit > bar.compare.laneCount) {
            return false;
        }
        bar.judging.rankNext(digit);
        return true;
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
                text: bar.judging.outcome !== "" ? bar.judging.outcome : bar.judging.ready ? (bar.ordering ? qsTr("Which place has each?") : qsTr("Which is better?")) : qsTr("Whose answers they are is shown after the verdict.")
                font: Theme.bodyStrong
                color: Theme.text
            }

            Repeater {
                model: bar.judging.hidden && !bar.ordering ? bar.compare.laneCount : 0

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

            Repeater {
                model: bar.judging.hidden && bar.ordering ? bar.compare.laneCount : 0

                PlaceChoice {
                    required property int index

                    enabled: bar.judging.ready
                    judging: bar.judging
                    place: index
                    count: bar.compare.laneCount
                }
            }

            AppButton {
                objectName: "keepOrderButton"
                visible: bar.judging.hidden && bar.ordering
                enabled: bar.judging.ready && bar.judging.ordered
                kind: AppButton.Primary
                text: qsTr("Keep this order  (Enter)")
                onClicked: bar.judging.keepOrder()
            }

            AppButton {
                objectName: "tieButton"
                visible: bar.judging.hidden && !bar.ordering
                enabled: bar.judging.ready
                text: qsTr("Tie  (%1)").arg(bar.compare.laneCount + 1)
                onClicked: bar.judging.tie()
            }

            AppButton {
                objectName: "allBadButton"
                visible: bar.judging.hidden
                enabled: bar.judging.ready
                text: bar.two ? qsTr("Both bad  (%1)").arg(bar.compare.laneCount + 2) : qsTr("All bad  (%1)").arg(bar.ordering ? 0 : bar.compare.laneCount + 2)
                onClicked: bar.judging.allBad()
            }

            AppButton {
                objectName: "orderButton"
                visible: bar.judging.hidden && !bar.two
                kind: AppButton.Flat
                text: bar.ordering ? qsTr("Only the best  (R)") : qsTr("Put all in order  (R)")
                Accessible.description: qsTr("Gives each answer a place, the same one to those that are as good")
                onClicked: bar.judging.ranks = !bar.judging.ranks
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
