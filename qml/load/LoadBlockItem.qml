// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import Lorikeet.App

/// A block of the load, as it is drawn and dragged.
Item {
    id: block

    required property LoadBlocks blocks
    required property string title
    required property string detail
    required property int shape
    required property real seconds
    required property real from
    required property real to
    required property real begin
    required property list<point> outline
    /// A rate, not a number of users.
    required property bool open
    property int row: 0
    property real plotHeight: 0
    property real secondWidth: 1
    property bool chosen: false
    property bool focused: false

    readonly property bool dragged: body.active || edge.active || top.active
    readonly property color ink: block.shape === LoadBlocks.Pause ? Theme.textMuted : block.open ? Theme.lane(1) : Theme.lane(0)

    signal taken
    signal moved(to: int)

    function heightOf(load: real): real {
        return load * block.plotHeight;
    }

    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2", "a block of a load").arg(block.title).arg(block.detail)
    Accessible.selected: block.chosen

    Item {
        id: drawing

        width: block.width
        height: block.plotHeight
        x: body.active ? body.activeTranslation.x : 0
        opacity: body.active ? 0.75 : 1

        ClippedShape {
            id: curve

            /// A picture has no room outside of it, and lines go along its edges.
            readonly property real room: Theme.px(2)
            readonly property var line: block.outline.map(point => Qt.point(curve.room + point.x * (drawing.width - 1), curve.room + drawing.height - block.heightOf(Math.min(1, point.y))))

            anchors.fill: parent
            anchors.margins: -curve.room

            ShapePath {
                strokeColor: "transparent"
                fillColor: Qt.alpha(block.ink, block.chosen ? 0.34 : 0.2)

                PathPolyline {
                    path: [Qt.point(curve.room, curve.room + drawing.height)].concat(curve.line).concat([Qt.point(curve.room + drawing.width - 1, curve.room + drawing.height)])
                }
            }

            ShapePath {
                strokeColor: block.ink
                strokeWidth: Theme.px(2)
                fillColor: "transparent"
                joinStyle: ShapePath.RoundJoin
                strokeStyle: block.shape === LoadBlocks.Poisson || block.shape === LoadBlocks.Burst ? ShapePath.DashLine : ShapePath.SolidLine
                dashPattern: block.shape === LoadBlocks.Burst ? [1, 1.5] : [4, 2]

                PathPolyline {
                    path: curve.line
                }
            }
        }

        Rectangle {
            anchors.fill: parent
            anchors.rightMargin: 1
            visible: block.chosen
            color: "transparent"
            border.width: block.focused ? 2 : 1
            border.color: block.focused ? Theme.accent : Theme.borderControl
            radius: Theme.radiusControl
        }

        Column {
            x: Theme.space8
            y: Theme.space8
            width: block.width - Theme.space16

            Text {
                width: parent.width
                visible: implicitWidth <= width
                text: block.title
                font: Theme.bodyStrong
                color: Theme.text
                elide: Text.ElideRight
            }

            Text {
                width: parent.width
                visible: implicitWidth <= width
                text: block.detail
                font: Theme.role(12, Font.Normal)
                color: Theme.textSecondary
                elide: Text.ElideRight
            }
        }
    }

    Text {
        y: block.plotHeight + Theme.space4
        visible: block.begin > 0 && block.width > Theme.px(30)
        text: block.blocks.timeText(block.begin)
        font: Theme.role(11, Font.Medium)
        color: Theme.textMuted
    }

    TapHandler {
        gesturePolicy: TapHandler.DragThreshold
        onTapped: block.taken()
    }

    // To another place.
    DragHandler {
        id: body

        // How far it was dragged; when it is let go of, the handler's own is zero already.
        property real dragged: 0

        target: null
        yAxis.enabled: false
        grabPermissions: PointerHandler.CanTakeOverFromItems | PointerHandler.ApprovesTakeOverByAnything
        onActiveTranslationChanged: {
            if (body.active) {
                body.dragged = body.activeTranslation.x;
            }
        }
        onActiveChanged: {
            if (body.active) {
                body.dragged = 0;
                block.taken();
                return;
            }
            const to = block.blocks.rowAt(block.begin + (body.dragged + block.width / 2) / block.secondWidth);
            if (to !== block.row) {
                block.moved(to);
            }
        }
    }

    // In load: the whole top, or the end that is nearer.
    Item {
        x: Theme.px(10)
        y: block.plotHeight - block.heightOf(Math.max(block.outline[0]?.y ?? 0, block.outline[block.outline.length - 1]?.y ?? 0)) - Theme.px(8)
        width: Math.max(0, block.width - Theme.px(20))
        height: Theme.px(16)
        visible: block.shape !== LoadBlocks.Pause && block.shape !== LoadBlocks.Trace

        HoverHandler {
            cursorShape: Qt.SizeVerCursor
        }

        DragHandler {
            id: top

            property real before: 0
            property bool first: false
            property real perPixel: 0

            target: null
            xAxis.enabled: false
            // What is grabbed by its top or its edge is not taken for the whole.
            grabPermissions: PointerHandler.CanTakeOverFromAnything
            onActiveChanged: {
                if (top.active) {
                    block.taken();
                    top.first = top.centroid.pressPosition.x < block.width / 2;
                    top.before = top.first ? block.from : block.to;
                    top.perPixel = block.blocks.top / block.plotHeight;
                    block.blocks.hold();
                } else {
                    block.blocks.release();
                }
            }
            onActiveTranslationChanged: {
                if (!top.active) {
                    return;
                }
                const load = Math.max(0, top.before - top.activeTranslation.y * top.perPixel);
                block.blocks.dragLoad(block.row, load, top.first);
            }
        }
    }

    // In time.
    Item {
        x: block.width - Theme.px(5)
        width: Theme.px(10)
        height: block.plotHeight

        Rectangle {
            anchors.centerIn: parent
            width: Theme.px(3)
            height: Theme.px(28)
            radius: width / 2
            color: edgeHover.hovered || edge.active ? Theme.accent : block.chosen ? Theme.borderControl : "transparent"
        }

        HoverHandler {
            id: edgeHover

            cursorShape: Qt.SplitHCursor
        }

        DragHandler {
            id: edge

            property real before: 0
            property real perPixel: 0

            target: null
            yAxis.enabled: false
            grabPermissions: PointerHandler.CanTakeOverFromAnything
            onActiveChanged: {
                if (edge.active) {
                    block.taken();
                    edge.before = block.seconds;
                    edge.perPixel = 1 / block.secondWidth;
                }
            }
            // The scene stands still; the block grows under the pointer.
            onCentroidChanged: {
                if (edge.active) {
                    const moved = edge.centroid.scenePosition.x - edge.centroid.scenePressPosition.x;
                    block.blocks.setSeconds(block.row, Math.max(1, Math.round(edge.before + moved * edge.perPixel)));
                }
            }
        }
    }
}
