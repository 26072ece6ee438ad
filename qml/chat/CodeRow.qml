// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import Lorikeet
import Lorikeet.App

/// A code block: language, line count, wrap and copy in its head, which stays in sight while a long
/// block scrolls; coloured code below; long code is folded.
Item {
    id: root

    required property TimelineRow row
    readonly property real headHeight: Theme.px(36)
    readonly property real footHeight: root.row.foldable ? Theme.px(34) : 0
    readonly property string languageName: root.row.language === "" ? qsTr("text") : root.row.language

    implicitHeight: root.headHeight + 2 * Theme.space12 + document.textHeight + root.footHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Code block, %1, %n lines", "", root.row.lines).arg(root.languageName)

    Connections {
        target: root.row

        function onSwitched() {
            (treeSwitch.item as TextAction)?.forceActiveFocus(Qt.TabFocusReason);
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

        SideScroller {
            id: scroller

            x: Theme.px(14)
            y: root.headHeight
            width: card.width - 2 * x
            height: document.textHeight + 2 * Theme.space12
            contentWidth: root.row.wrapped ? 0 : document.textWidth

            RowDocument {
                id: document

                anchors.fill: edit
                row: root.row
                edit: edit
            }

            RowText {
                id: edit

                y: Theme.space12
                width: root.row.wrapped ? scroller.width : Math.max(scroller.width, document.textWidth)
                row: root.row
                font: Theme.code
                wrapMode: root.row.wrapped ? TextEdit.WrapAtWordBoundaryOrAnywhere : TextEdit.NoWrap
                LayoutMirroring.enabled: false
                Accessible.name: root.row.spoken
            }
        }

        Rectangle {
            visible: root.row.foldable && !root.row.expanded
            x: 1
            y: foot.y - height
            width: card.width - 2
            height: Theme.px(28)
            gradient: Gradient {
                GradientStop {
                    position: 0
                    color: Qt.alpha(Theme.sunken, 0)
                }

                GradientStop {
                    position: 1
                    color: Theme.sunken
                }
            }
        }

        Loader {
            id: foot

            active: root.row.foldable
            y: card.height - root.footHeight
            width: card.width
            height: root.footHeight
            sourceComponent: Item {
                Rectangle {
                    width: parent.width
                    height: 1
                    color: Theme.borderSubtle
                }

                TextAction {
                    anchors.centerIn: parent
                    text: root.row.expanded ? qsTr("Show less") : qsTr("Show all %n lines", "", root.row.lines)
                    onClicked: root.row.expanded = !root.row.expanded
                }
            }
        }

        // Stays at the top of the timeline while the block goes by.
        Rectangle {
            y: Math.max(0, Math.min(-root.y, card.height - root.headHeight - root.footHeight))
            width: card.width
            height: root.headHeight
            radius: Theme.radiusCard
            color: Theme.sunken
            border.color: Theme.borderSubtle

            Rectangle {
                x: 1
                y: parent.height - Theme.radiusCard
                width: parent.width - 2
                height: Theme.radiusCard
                color: Theme.sunken
            }

            Rectangle {
                y: parent.height - 1
                width: parent.width
                height: 1
                color: Theme.borderSubtle
            }

            Text {
                x: Theme.px(14)
                height: parent.height
                text: root.languageName
                font: Theme.metric
                color: Theme.textMuted
                verticalAlignment: Text.AlignVCenter
            }

            Row {
                anchors.right: parent.right
                anchors.rightMargin: Theme.space8
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.space4

                Text {
                    visible: root.row.lines > 20
                    height: parent.height
                    rightPadding: Theme.space4
                    text: qsTr("%n lines", "", root.row.lines)
                    font: Theme.metric
                    color: Theme.textMuted
                    verticalAlignment: Text.AlignVCenter
                }

                Loader {
                    id: treeSwitch

                    active: root.row.treeable
                    visible: active
                    sourceComponent: TextAction {
                        objectName: "showAsTreeButton"
                        text: qsTr("Tree")
                        Accessible.name: qsTr("Show the JSON as a tree")
                        onClicked: root.row.asTree = true
                    }
                }

                RowButton {
                    text: root.row.wrapped ? qsTr("Do not wrap lines") : qsTr("Wrap lines")
                    icon.name: "text-wrap"
                    checkable: true
                    checked: root.row.wrapped
                    onClicked: root.row.wrapped = !root.row.wrapped
                }

                CopyButton {
                    text: qsTr("Copy code")
                    onClicked: root.row.copyBlock()
                }
            }
        }
    }
}
