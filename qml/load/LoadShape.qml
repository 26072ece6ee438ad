// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import Lorikeet.App

/// The load over time, drawn as blocks. Each is dragged: its right edge in time, its top in load, its
/// body to another place. By keys: arrows choose a block and change its load, with Shift its time,
/// with Alt its place; Insert adds one, Delete removes it.
FocusScope {
    id: view

    required property LoadBlocks blocks
    property int current: 0

    readonly property real axisWidth: Theme.px(44)
    readonly property real axisHeight: Theme.px(22)
    readonly property real plotWidth: view.width - view.axisWidth - Theme.space12
    readonly property real plotHeight: view.height - view.axisHeight - Theme.space12
    readonly property int safeCurrent: Math.max(0, Math.min(view.blocks.count - 1, view.current))

    function choose(row: int) {
        view.current = Math.max(0, Math.min(view.blocks.count - 1, row));
    }

    implicitHeight: Theme.px(260)

    Item {
        id: area

        objectName: "loadShape"
        anchors.fill: parent
        focus: true
        activeFocusOnTab: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Shape of the load")
        Accessible.description: view.blocks.summary
        Accessible.focusable: true
        Keys.onPressed: event => {
            const row = view.safeCurrent;
            const shift = (event.modifiers & Qt.ShiftModifier) !== 0;
            const alt = (event.modifiers & Qt.AltModifier) !== 0;
            if ((event.modifiers & Qt.ControlModifier) !== 0) {
                return;
            }
            switch (event.key) {
            case Qt.Key_Left:
            case Qt.Key_Right:
                {
                    const step = event.key === Qt.Key_Right ? 1 : -1;
                    if (shift) {
                        view.blocks.nudgeSeconds(row, step);
                    } else if (alt) {
                        view.blocks.move(row, row + step);
                        view.choose(row + step);
                    } else {
                        view.choose(row + step);
                    }
                    event.accepted = true;
                    break;
                }
            case Qt.Key_Up:
            case Qt.Key_Down:
                view.blocks.nudgeLoad(row, event.key === Qt.Key_Up ? 1 : -1);
                event.accepted = true;
                break;
            case Qt.Key_Home:
                view.choose(0);
                event.accepted = true;
                break;
            case Qt.Key_End:
                view.choose(view.blocks.count - 1);
                event.accepted = true;
                break;
            case Qt.Key_Insert:
                view.choose(view.blocks.add(LoadBlocks.Poisson, row));
                event.accepted = true;
                break;
            case Qt.Key_Delete:
                view.blocks.remove(row);
                view.choose(row);
                event.accepted = true;
                break;
            }
        }
    }

    // The scale of the load.
    Repeater {
        model: 5

        Item {
            id: line

            required property int index

            x: view.axisWidth
            y: Theme.space8 + view.plotHeight * (1 - line.index / 4)
            width: view.plotWidth
            height: 1

            Rectangle {
                width: parent.width
                height: 1
                color: line.index === 0 ? Theme.borderControl : Theme.borderSubtle
            }

            Text {
                anchors.right: parent.left
                anchors.rightMargin: Theme.space8
                anchors.verticalCenter: parent.verticalCenter
                text: view.blocks.scale[line.index]
                font: Theme.role(11, Font.Medium)
                color: Theme.textMuted
            }
        }
    }

    Item {
        x: view.axisWidth
        y: Theme.space8
        width: view.plotWidth
        height: view.plotHeight + view.axisHeight

        Repeater {
            id: repeater

            model: view.blocks

            LoadBlockItem {
                required property int index

                readonly property real unit: view.plotWidth / Math.max(0.001, view.blocks.seconds)

                row: index
                blocks: view.blocks
                plotHeight: view.plotHeight
                secondWidth: unit
                chosen: view.safeCurrent === index
                focused: area.activeFocus
                x: begin * unit
                width: seconds * unit
                height: view.plotHeight + view.axisHeight
                z: dragged ? 2 : chosen ? 1 : 0
                onTaken: {
                    view.choose(index);
                    area.forceActiveFocus(Qt.MouseFocusReason);
                }
                onMoved: to => {
                    view.blocks.move(index, to);
                    view.choose(to);
                }
            }
        }
    }

    Text {
        anchors.right: parent.right
        anchors.rightMargin: Theme.space12
        y: Theme.space8 + view.plotHeight + Theme.space4
        text: view.blocks.timeText(view.blocks.seconds)
        font: Theme.role(11, Font.Medium)
        color: Theme.textMuted
    }

    Rectangle {
        anchors.fill: parent
        visible: area.activeFocus
        color: "transparent"
        radius: Theme.radiusCard
        border.width: 2
        border.color: Theme.accent
    }
}
