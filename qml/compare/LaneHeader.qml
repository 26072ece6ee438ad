// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// Who answers in a lane, and what can be done with the lane. Dragging it moves the lane, a double
/// click shows it alone.
Rectangle {
    id: header

    required property CompareController compare
    required property CompareLane lane
    property bool focusedLane: false
    signal parametersWanted
    /// Of what answers in the lane.
    signal choiceWanted
    // Places in the window.
    signal dragBegun(at: point)
    signal dragMoved(at: point)
    signal dropped

    objectName: "laneHeader" + header.lane.place
    implicitHeight: Theme.px(36)
    color: header.focusedLane ? Theme.selected : Theme.window
    Accessible.role: Accessible.Grouping
    Accessible.name: header.lane.facts === "" ? qsTr("Lane %1, %2").arg(header.lane.letter).arg(header.lane.name) : qsTr("Lane %1, %2, %3").arg(header.lane.letter).arg(header.lane.name).arg(header.lane.facts)

    DragHandler {
        id: drag

        enabled: header.compare.laneCount > 1 && header.compare.solo < 0
        target: null
        yAxis.enabled: false
        cursorShape: Qt.ClosedHandCursor
        onActiveChanged: {
            if (active) {
                header.dragBegun(centroid.scenePressPosition);
                header.dragMoved(centroid.scenePosition);
            } else {
                header.dropped();
            }
        }
        onCentroidChanged: if (active) {
            header.dragMoved(centroid.scenePosition);
        }
    }

    TapHandler {
        onTapped: (point, button) => {
            header.compare.focusedPlace = header.lane.place;
            if (tapCount === 2) {
                header.compare.solo = header.compare.solo < 0 ? header.lane.place : -1;
            }
        }
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space12
        anchors.rightMargin: Theme.space4
        spacing: Theme.space8

        LaneBadge {
            place: header.lane.place
            letter: header.lane.letter
            filled: header.focusedLane
        }

        Text {
            Layout.maximumWidth: implicitWidth + 1
            Layout.minimumWidth: Math.min(implicitWidth, Theme.px(90))
            Layout.fillWidth: true
            text: header.lane.name
            textFormat: Text.PlainText
            font: Theme.button
            color: Theme.text
            elide: Text.ElideRight
        }

        Text {
            Layout.fillWidth: true
            text: header.lane.facts
            textFormat: Text.PlainText
            font: Theme.metric
            color: Theme.textSecondary
            elide: Text.ElideRight
        }

        IconButton {
            implicitWidth: Theme.px(28)
            implicitHeight: Theme.px(28)
            visible: !header.lane.anonymous
            icon.name: "adjustlevels"
            text: qsTr("Endpoint, adapter and parameters of this lane")
            shortcutHint: "Ctrl+Shift+I"
            onClicked: {
                header.compare.focusedPlace = header.lane.place;
                header.parametersWanted();
            }
        }

        IconButton {
            objectName: "laneRunButton"
            implicitWidth: Theme.px(28)
            implicitHeight: Theme.px(28)
            visible: !header.lane.chat.blank
            icon.name: header.lane.chat.running ? "media-playback-stop" : "view-refresh"
            text: header.lane.chat.running ? qsTr("Stop this lane") : qsTr("Ask this lane again")
            onClicked: {
                header.compare.focusedPlace = header.lane.place;
                if (header.lane.chat.running) {
                    header.compare.stopLane(header.lane.place);
                } else {
                    header.compare.regenerate(header.lane.place);
                }
            }
        }

        IconButton {
            id: more

            objectName: "laneMenuButton"
            implicitWidth: Theme.px(28)
            implicitHeight: Theme.px(28)
            icon.name: "overflow-menu"
            text: qsTr("More about this lane")
            onClicked: {
                header.compare.focusedPlace = header.lane.place;
                menu.popup(more, 0, more.height);
            }
        }
    }

    AppMenu {
        id: menu

        minimumWidth: Theme.px(260)

        AppMenuItem {
            text: header.compare.solo < 0 ? qsTr("Show this lane alone") : qsTr("Show all lanes")
            icon.name: "view-fullscreen"
            shortcutHint: qsTr("double click")
            enabled: header.compare.laneCount > 1
            onTriggered: header.compare.solo = header.compare.solo < 0 ? header.lane.place : -1
        }

        AppMenuItem {
            objectName: "chooseForLaneItem"
            text: qsTr("Choose who answers …")
            icon.name: "edit-find"
            shortcutHint: "Ctrl+L"
            enabled: !header.lane.anonymous
            onTriggered: header.choiceWanted()
        }

        AppMenuItem {
            text: qsTr("Compare the others with this lane")
            icon.name: "vcs-diff"
            markable: true
            marked: header.compare.diff.base === header.lane.place
            enabled: header.compare.laneCount > 1
            onTriggered: header.compare.diff.base = header.lane.place
        }

        AppMenuItem {
            text: qsTr("Open as a chat")
            icon.name: "dialog-messages"
            enabled: !header.lane.chat.blank && !header.lane.anonymous
            onTriggered: header.compare.openAsChat(header.lane.place, "")
        }

        AppMenuSeparator {}

        AppMenuItem {
            text: qsTr("Move to the left")
            icon.name: "go-previous"
            shortcutHint: "Ctrl+Alt+Left"
            enabled: header.lane.place > 0
            onTriggered: header.compare.moveLane(header.lane.place, header.lane.place - 1)
        }

        AppMenuItem {
            text: qsTr("Move to the right")
            icon.name: "go-next"
            shortcutHint: "Ctrl+Alt+Right"
            enabled: header.lane.place + 1 < header.compare.laneCount
            onTriggered: header.compare.moveLane(header.lane.place, header.lane.place + 1)
        }

        AppMenuSeparator {}

        AppMenuItem {
            text: qsTr("Close the lane")
            icon.name: "window-close"
            shortcutHint: "Ctrl+W"
            danger: true
            enabled: header.compare.laneCount > 1
            onTriggered: header.compare.closeLane(header.lane.place)
        }
    }
}
