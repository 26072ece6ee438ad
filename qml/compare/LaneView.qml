// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// One lane: its header, what is set for it alone, and its conversation.
FocusScope {
    id: view

    required property CompareController compare
    required property CompareLane lane

    readonly property bool focusedLane: view.compare.focusedPlace === view.lane.place
    readonly property bool isBase: view.compare.diff.base === view.lane.place
    readonly property bool onlyDifferences: view.compare.diff.only && !view.isBase && !view.lane.comparedAsJson && view.lane.differences.length > 0
    readonly property bool jsonDifferences: view.compare.diff.shown && !view.isBase && view.lane.jsonDifferences.length > 0

    signal parametersWanted
    signal choiceWanted
    signal dragBegun(at: point)
    signal dragMoved(at: point)
    signal dropped
    signal menuRequested(menu: int, messageId: string, answer: bool, at: Item)

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Lane %1, %2").arg(view.lane.letter).arg(view.lane.name)

    onActiveFocusChanged: if (view.activeFocus) {
        view.compare.focusedPlace = view.lane.place;
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Rectangle {
            Layout.fillWidth: true
            implicitHeight: 3
            color: Theme.lane(view.lane.place)
        }

        LaneHeader {
            id: header

            Layout.fillWidth: true
            compare: view.compare
            lane: view.lane
            focusedLane: view.focusedLane && view.compare.laneCount > 1
            onParametersWanted: view.parametersWanted()
            onChoiceWanted: view.choiceWanted()
            onDragBegun: at => view.dragBegun(at)
            onDragMoved: at => view.dragMoved(at)
            onDropped: view.dropped()
        }

        // It moves while the lane answers.
        Item {
            Layout.fillWidth: true
            implicitHeight: 2
            clip: true

            Rectangle {
                anchors.fill: parent
                color: Theme.borderSubtle
            }

            Rectangle {
                id: runner

                visible: view.lane.chat.running || view.lane.warmingUp
                width: Theme.reduceMotion ? parent.width : parent.width / 4
                height: parent.height
                color: Theme.lane(view.lane.place)

                NumberAnimation on x {
                    running: runner.visible && !Theme.reduceMotion
                    from: -runner.width
                    to: runner.parent?.width ?? 0
                    duration: 1400
                    loops: Animation.Infinite
                }
            }
        }

        Flow {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.space16
            Layout.rightMargin: Theme.space16
            Layout.topMargin: Theme.space8
            visible: view.lane.badges.length > 0 || likeness.visible || warming.visible
            spacing: Theme.space4

            Chip {
                id: warming

                objectName: "warmingChip"
                visible: view.lane.warmingUp
                tone: Chip.Info
                text: qsTr("warming up …")
                Accessible.description: qsTr("A short request goes first, which is not counted.")
            }

            Chip {
                id: likeness

                objectName: "likenessChip"
                visible: view.lane.likeness !== ""
                tone: Chip.Info
                text: view.lane.likeness
                Accessible.description: view.lane.likenessDetail

                HoverHandler {
                    id: likenessHover
                }

                RowToolTip {
                    visible: likenessHover.hovered
                    text: view.lane.likenessDetail
                }
            }

            Chip {
                visible: view.isBase && view.compare.diff.shown && view.compare.laneCount > 1
                text: qsTr("base of the comparison")
            }

            Repeater {
                model: view.lane.badges

                Chip {
                    required property string modelData

                    text: modelData
                    clickable: true
                    maximumTextWidth: Theme.px(200)
                    onClicked: {
                        view.compare.focusedPlace = view.lane.place;
                        view.parametersWanted();
                    }
                }
            }
        }

        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            Timeline {
                id: timeline

                objectName: "laneTimeline"
                width: parent.width
                height: parent.height - (json.visible ? json.height : 0)
                visible: !view.lane.chat.blank && !view.onlyDifferences && height > 0
                focus: true
                model: view.lane.chat.timeline
                // Answers that are held against each other want all the room there is.
                view.maxTextWidth: 1200
                view.maxWideWidth: 1200
                view.laneColor: Theme.lane(view.lane.place)
                view.anonymous: view.lane.anonymous
                onActionRequested: (action, messageId) => view.compare.act(view.lane.place, action, messageId)
                onMenuRequested: (menu, messageId, answer, at) => view.menuRequested(menu, messageId, answer, at)

                Connections {
                    target: view.lane.chat

                    function onAsked() {
                        timeline.view.beginAnswer();
                    }

                    function onSessionChanged() {
                        timeline.view.jumpToEnd();
                    }
                }
            }

            LaneDifferences {
                anchors.fill: parent
                visible: view.onlyDifferences
                pieces: view.lane.differences
                name: view.lane.name
            }

            LaneJsonDifferences {
                id: json

                anchors.bottom: parent.bottom
                width: parent.width
                height: view.compare.diff.only ? parent.height : Math.min(fullHeight, Math.round(parent.height * 0.45))
                visible: view.jsonDifferences
                lane: view.lane
                baseLetter: view.compare.diff.baseLetter
            }

            Column {
                anchors.centerIn: parent
                width: parent.width - 2 * Theme.space24
                visible: view.lane.chat.blank
                spacing: Theme.space8

                Caption {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: view.lane.chat.endpointName === "" ? qsTr("No endpoint is chosen for this lane.") : qsTr("What %1 answers will stand here.").arg(view.lane.name)
                }

                AppButton {
                    objectName: "chooseForLaneButton"
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: !view.lane.anonymous
                    kind: view.lane.chat.endpointName === "" ? AppButton.Plain : AppButton.Flat
                    text: qsTr("Choose who answers …")
                    onClicked: {
                        view.compare.focusedPlace = view.lane.place;
                        view.choiceWanted();
                    }
                }
            }
        }

        CallPanel {
            Layout.fillWidth: true
            Layout.margins: Theme.space8
            desk: view.lane.chat.calls
        }
    }

    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.borderSubtle
    }
}
