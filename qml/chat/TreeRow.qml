// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Lorikeet
import Lorikeet.App

/// JSON as a tree, which grows while it is being written. Left and Right fold and unfold a value,
/// Up and Down go from one to the next.
Item {
    id: root

    required property TimelineRow row
    readonly property real headHeight: Theme.px(36)
    /// The end of what is being written is kept in sight, until a person looks elsewhere.
    property bool follows: true

    implicitHeight: root.headHeight + 2 * Theme.space8 + root.row.treeLines * Theme.px(24)
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("JSON as a tree")

    Connections {
        target: root.row

        function onAssigned() {
            list.currentIndex = 0;
            root.follows = true;
        }

        function onSwitched() {
            textSwitch.forceActiveFocus(Qt.TabFocusReason);
        }
    }

    JsonTree {
        id: tree

        text: root.row.asTree ? root.row.spoken : ""
        faults: root.row.asTree ? root.row.faults : []
        onGrown: if (root.row.streaming && root.follows) {
            list.positionViewAtEnd();
        }
    }

    Rectangle {
        id: card

        x: root.row.indent * Theme.px(20)
        width: root.width - x
        height: root.height
        radius: Theme.radiusCard
        color: Theme.sunken
        border.color: Theme.borderSubtle

        Text {
            x: Theme.px(14)
            width: actions.x - x
            height: root.headHeight
            text: tree.problem === "" || root.row.streaming ? qsTr("JSON as a tree") : tree.problem
            textFormat: Text.PlainText
            font: Theme.metric
            color: tree.problem === "" || root.row.streaming ? Theme.textMuted : Theme.danger
            elide: Text.ElideRight
            verticalAlignment: Text.AlignVCenter
        }

        Row {
            id: actions

            anchors.right: parent.right
            anchors.rightMargin: Theme.space8
            y: (root.headHeight - height) / 2
            spacing: Theme.space4

            TextAction {
                id: textSwitch

                objectName: "showAsTextButton"
                text: qsTr("Text")
                Accessible.name: qsTr("Show the JSON as text")
                onClicked: root.row.asTree = false
            }

            CopyButton {
                text: qsTr("Copy the JSON")
                onClicked: root.row.copyBlock()
            }
        }

        Rectangle {
            y: root.headHeight
            width: parent.width
            height: 1
            color: Theme.borderSubtle
        }

        ListView {
            id: list

            objectName: "jsonTree"
            x: 1
            y: root.headHeight + Theme.space8
            width: card.width - 2
            height: card.height - y - Theme.space8
            clip: true
            model: tree
            reuseItems: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.Tree
            Accessible.name: qsTr("JSON as a tree")
            onMovementEnded: root.follows = list.atYEnd
            onCurrentIndexChanged: if (list.activeFocus) {
                root.follows = list.currentIndex === list.count - 1;
            }
            Keys.onLeftPressed: {
                const line = list.currentItem as JsonTreeLine;
                if (line?.container && !line.folded) {
                    tree.setFolded(list.currentIndex, true);
                } else {
                    list.currentIndex = Math.max(0, tree.above(list.currentIndex));
                }
            }
            Keys.onRightPressed: tree.setFolded(list.currentIndex, false)
            Keys.onSpacePressed: {
                const line = list.currentItem as JsonTreeLine;
                tree.setFolded(list.currentIndex, !(line?.folded ?? false));
            }

            ScrollBar.vertical: AppScrollBar {}

            delegate: JsonTreeLine {
                id: line

                width: list.width
                streaming: root.row.streaming
                chosen: list.activeFocus && ListView.isCurrentItem
                onToggled: {
                    list.currentIndex = line.index;
                    tree.setFolded(line.index, !line.folded);
                }
            }
        }
    }
}
