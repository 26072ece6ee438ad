// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// Load tests side by side: what differs, by how much, and whether that is more than chance.
FocusScope {
    id: view

    required property LoadController load

    readonly property LoadComparing comparing: view.load.comparing
    readonly property real nameWidth: Theme.px(190)

    signal closed

    function colourOf(outcome: int): color {
        return outcome === LoadComparing.Better ? Theme.success : outcome === LoadComparing.Worse ? Theme.danger : outcome === LoadComparing.Other ? Theme.text : Theme.textMuted;
    }

    function wordOf(outcome: int): string {
        switch (outcome) {
        case LoadComparing.Better:
            return qsTr("better");
        case LoadComparing.Worse:
            return qsTr("worse");
        case LoadComparing.Alike:
            return qsTr("alike");
        case LoadComparing.Other:
            return qsTr("other");
        case LoadComparing.Unlike:
            return qsTr("defined otherwise");
        case LoadComparing.Untested:
            return qsTr("untested");
        default:
            return "";
        }
    }

    Keys.onEscapePressed: view.closed()
    Keys.onPressed: event => event.accepted = scroll.visible && keys.take(event.key)

    KeyScroller {
        id: keys

        view: scroll
    }

    FocusFollower {
        view: scroll
        content: holder
    }

    Caption {
        anchors.centerIn: parent
        visible: !view.comparing.busy && !view.comparing.shown
        text: qsTr("These cannot be compared.")
    }

    RowLayout {
        id: head

        x: Theme.space16
        y: Theme.space12
        width: parent.width - 2 * Theme.space16
        spacing: Theme.space8

        IconButton {
            focus: true
            icon.name: "go-previous"
            text: qsTr("Back")
            shortcutHint: "Esc"
            onClicked: view.closed()
        }

        Text {
            Layout.fillWidth: true
            text: qsTr("Load tests side by side")
            font: Theme.sessionTitle
            color: Theme.text
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Chip {
            visible: view.comparing.busy
            tone: Chip.Info
            text: qsTr("comparing …")
        }
    }

    ScrollView {
        id: scroll

        anchors.top: head.bottom
        anchors.topMargin: Theme.space8
        anchors.bottom: parent.bottom
        width: parent.width
        visible: view.comparing.shown
        clip: true
        contentWidth: availableWidth

        ScrollBar.vertical: AppScrollBar {
            parent: scroll
            x: scroll.width - width
            height: scroll.height
        }

        Item {
            id: holder

            width: scroll.availableWidth
            implicitHeight: column.implicitHeight + Theme.space16

            ColumnLayout {
                id: column

                x: Theme.space16
                width: parent.width - 2 * Theme.space16
                spacing: Theme.space12

                Repeater {
                    model: view.comparing.sentences

                    BodyText {
                        required property string modelData

                        objectName: "comparingSentence"
                        Layout.fillWidth: true
                        text: modelData
                        font: Theme.bodyStrong
                    }
                }

                Rectangle {
                    Layout.fillWidth: true
                    visible: view.comparing.cautions.length > 0
                    implicitHeight: cautions.implicitHeight + 2 * Theme.space12
                    radius: Theme.radiusCard
                    color: Theme.warningTint

                    ColumnLayout {
                        id: cautions

                        x: Theme.space16
                        y: Theme.space12
                        width: parent.width - 2 * Theme.space16
                        spacing: Theme.space4

                        Repeater {
                            model: view.comparing.cautions

                            BodyText {
                                required property string modelData

                                Layout.fillWidth: true
                                text: modelData
                                color: Theme.warning
                            }
                        }
                    }
                }

                GridLayout {
                    Layout.fillWidth: true
                    columns: view.width < Theme.px(900) ? 1 : 2
                    columnSpacing: Theme.space12
                    rowSpacing: Theme.space12

                    Chart {
                        Layout.fillWidth: true
                        Layout.preferredWidth: 1
                        source: view.comparing.firstToken
                        logOffered: false
                    }

                    Chart {
                        Layout.fillWidth: true
                        Layout.preferredWidth: 1
                        source: view.comparing.tokens
                        logOffered: false
                    }
                }

                Rectangle {
                    Layout.fillWidth: true
                    implicitHeight: table.implicitHeight + 2 * Theme.space8
                    radius: Theme.radiusCard
                    color: Theme.surface
                    border.width: 1
                    border.color: Theme.borderSubtle

                    ColumnLayout {
                        id: table

                        x: Theme.space16
                        y: Theme.space8
                        width: parent.width - 2 * Theme.space16
                        spacing: 0

                        RowLayout {
                            Layout.fillWidth: true
                            spacing: Theme.space8

                            Item {
                                Layout.preferredWidth: view.nameWidth
                                implicitHeight: Theme.px(30)
                            }

                            Repeater {
                                model: view.comparing.names

                                Text {
                                    required property string modelData
                                    required property int index

                                    Layout.fillWidth: true
                                    Layout.preferredWidth: 1
                                    text: String.fromCharCode(65 + index) + "  " + modelData
                                    textFormat: Text.PlainText
                                    font: Theme.bodyStrong
                                    color: Theme.lane(index)
                                    elide: Text.ElideRight
                                    Accessible.role: Accessible.ColumnHeader
                                    Accessible.name: text
                                }
                            }
                        }

                        Repeater {
                            model: view.comparing.rows

                            ColumnLayout {
                                id: row

                                required property comparedRow modelData

                                Layout.fillWidth: true
                                spacing: 0

                                Rectangle {
                                    Layout.fillWidth: true
                                    implicitHeight: 1
                                    color: Theme.borderSubtle
                                }

                                RowLayout {
                                    Layout.fillWidth: true
                                    spacing: Theme.space8

                                    BodyText {
                                        Layout.preferredWidth: view.nameWidth
                                        text: row.modelData.name
                                        wrapMode: Text.NoWrap
                                        elide: Text.ElideRight
                                    }

                                    Repeater {
                                        model: row.modelData.cells

                                        RowLayout {
                                            id: cell

                                            required property comparedFigure modelData

                                            Layout.fillWidth: true
                                            Layout.preferredWidth: 1
                                            Layout.preferredHeight: Theme.px(30)
                                            spacing: Theme.space8
                                            activeFocusOnTab: cell.modelData.why !== ""
                                            Accessible.role: Accessible.Cell
                                            Accessible.focusable: true
                                            Accessible.description: cell.modelData.why
                                            Accessible.name: [row.modelData.name, cell.modelData.value, cell.modelData.difference, view.wordOf(cell.modelData.outcome)].filter(text => text !== "").join(", ")

                                            HoverHandler {
                                                id: hover
                                            }

                                            RowToolTip {
                                                visible: (hover.hovered || cell.activeFocus) && text !== ""
                                                text: cell.modelData.why
                                            }

                                            Text {
                                                Layout.preferredWidth: Theme.px(76)
                                                text: cell.modelData.sure ? cell.modelData.value : "(" + cell.modelData.value + ")"
                                                font: Theme.number
                                                color: cell.modelData.sure ? Theme.text : Theme.textMuted

                                                FocusRing {
                                                    gap: 2
                                                    visible: cell.activeFocus
                                                }
                                            }

                                            Text {
                                                text: view.wordOf(cell.modelData.outcome)
                                                font: Theme.metric
                                                color: view.colourOf(cell.modelData.outcome)
                                            }

                                            Text {
                                                Layout.fillWidth: true
                                                text: cell.modelData.difference
                                                font: Theme.role(12, Font.Normal)
                                                color: view.colourOf(cell.modelData.outcome)
                                                elide: Text.ElideRight
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    visible: view.comparing.setUp.length > 0
                    spacing: Theme.space4

                    Text {
                        text: qsTr("Set up otherwise")
                        font: Theme.bodyStrong
                        color: Theme.text
                    }

                    Repeater {
                        model: view.comparing.setUp

                        RowLayout {
                            id: other

                            required property comparedSetUp modelData

                            Layout.fillWidth: true
                            spacing: Theme.space8

                            Caption {
                                Layout.preferredWidth: view.nameWidth + Theme.space16
                                text: other.modelData.name
                            }

                            Repeater {
                                model: other.modelData.values

                                Caption {
                                    required property string modelData

                                    Layout.fillWidth: true
                                    Layout.preferredWidth: 1
                                    text: modelData === "" ? "–" : modelData
                                    color: Theme.text
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
