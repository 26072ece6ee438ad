// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// All answers to one prompt of a grid, side by side, and what they keep to.
AppDialog {
    id: dialog

    required property GridController grid
    property int row: 0
    readonly property real roomWide: Overlay.overlay?.width ?? 960
    readonly property real roomHigh: Overlay.overlay?.height ?? 600
    property list<gridAnswer> answers
    property string prompt

    signal compareWanted

    function show(row: int) {
        dialog.row = row;
        dialog.answers = dialog.grid.answers(row);
        dialog.prompt = dialog.grid.promptText(row);
        dialog.open();
    }

    objectName: "gridRowDialog"
    implicitWidth: Math.min(Theme.px(1280), dialog.roomWide - 2 * Theme.space24)
    title: qsTr("Row %1 of %2").arg(dialog.row + 1).arg(dialog.grid.cells.prompts)
    acceptText: qsTr("Close")
    rejectText: ""

    Connections {
        target: dialog.grid
        enabled: dialog.visible

        function onStateChanged() {
            dialog.answers = dialog.grid.answers(dialog.row);
        }
    }

    contentItem: FocusScope {
        focus: true
        implicitHeight: Math.max(Theme.px(260), dialog.roomHigh - Theme.px(200))
        Keys.onPressed: event => {
            const step = event.key === Qt.Key_Down || event.key === Qt.Key_J ? 1 : event.key === Qt.Key_Up || event.key === Qt.Key_K ? -1 : 0;
            const next = dialog.row + step;
            if (step !== 0 && next >= 0 && next < dialog.grid.cells.prompts) {
                dialog.show(next);
                event.accepted = true;
            }
        }

        ColumnLayout {
            anchors.fill: parent
            spacing: Theme.space12

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space8

                Rectangle {
                    Layout.fillWidth: true
                    implicitHeight: Math.min(asked.implicitHeight, Theme.px(8 * 18)) + Theme.space16
                    radius: Theme.radiusUser
                    color: Theme.userText
                    clip: true

                    BodyText {
                        id: asked

                        x: Theme.space12
                        y: Theme.space8
                        width: parent.width - 2 * Theme.space12
                        objectName: "gridRowPrompt"
                        text: dialog.prompt
                        maximumLineCount: 8
                        elide: Text.ElideRight
                    }
                }

                AppButton {
                    objectName: "compareRowButton"
                    Layout.alignment: Qt.AlignTop
                    kind: AppButton.Flat
                    enabled: dialog.grid.asked
                    text: qsTr("Open in Compare")
                    onClicked: {
                        dialog.close();
                        dialog.grid.compareRow(dialog.row);
                        dialog.compareWanted();
                    }
                }

                IconButton {
                    objectName: "previousRow"
                    Layout.alignment: Qt.AlignTop
                    icon.name: "go-up"
                    text: qsTr("Previous row")
                    shortcutHint: "K"
                    enabled: dialog.row > 0
                    onClicked: dialog.show(dialog.row - 1)
                }

                IconButton {
                    objectName: "nextRow"
                    Layout.alignment: Qt.AlignTop
                    icon.name: "go-down"
                    text: qsTr("Next row")
                    shortcutHint: "J"
                    enabled: dialog.row < dialog.grid.cells.prompts - 1
                    onClicked: dialog.show(dialog.row + 1)
                }
            }

            ListView {
                id: list

                objectName: "gridAnswers"
                focus: true
                Layout.fillWidth: true
                Layout.fillHeight: true
                orientation: ListView.Horizontal
                spacing: Theme.space12
                clip: true
                activeFocusOnTab: true
                keyNavigationEnabled: true
                highlightMoveDuration: 0
                boundsBehavior: Flickable.StopAtBounds
                model: dialog.answers
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Answers")

                ScrollBar.horizontal: AppScrollBar {}

                delegate: GridAnswerCard {
                    required property gridAnswer modelData

                    width: Math.max(Theme.px(300), (list.width - Theme.space12 * (list.count - 1)) / Math.max(1, list.count))
                    height: list.height - Theme.space12
                    answer: modelData
                }
            }
        }
    }
}
