// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

/// One load test of the history.
Item {
    id: row

    required property int index
    required property string name
    required property string detail
    required property string when
    required property string figures
    required property string note
    required property string tags
    required property bool ticked
    required property string stateText
    /// It is another tool's.
    required property bool foreign
    property bool current: false
    property bool focused: false

    signal chosen
    signal openWanted
    signal tickWanted(wanted: bool)
    signal editWanted
    signal removeWanted

    function toggle() {
        row.tickWanted(!row.ticked);
    }

    function edit() {
        if (!row.foreign) {
            row.editWanted();
        }
    }

    height: Theme.px(56)
    Accessible.role: Accessible.ListItem
    Accessible.name: [row.name, row.stateText, row.detail, row.figures, row.when, row.tags, row.note].filter(text => text !== "").join(", ")
    Accessible.checkable: true
    Accessible.checked: row.ticked

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusControl
        color: row.current ? Theme.selected : hover.hovered ? Theme.hover : "transparent"

        FocusRing {
            gap: -2
            visible: row.focused
        }
    }

    HoverHandler {
        id: hover
    }

    TapHandler {
        onTapped: row.chosen()
        onDoubleTapped: row.openWanted()
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space12
        anchors.rightMargin: Theme.space8
        spacing: Theme.space12

        Rectangle {
            implicitWidth: Theme.px(18)
            implicitHeight: Theme.px(18)
            radius: Theme.space4
            color: row.ticked ? Theme.accent : Theme.surface
            border.width: row.ticked ? 0 : 1
            border.color: Theme.borderControl

            Icon {
                anchors.centerIn: parent
                visible: row.ticked
                name: "checkmark"
                size: 16
                color: Theme.textOnAccent
            }

            TapHandler {
                onTapped: row.toggle()
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space8

                BodyText {
                    Layout.maximumWidth: row.width / 3
                    text: row.name
                    font: Theme.bodyStrong
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }

                Chip {
                    visible: text !== ""
                    tone: Chip.Warning
                    text: row.stateText
                }

                Chip {
                    visible: text !== ""
                    text: row.tags
                    maximumTextWidth: Theme.px(180)
                }

                Caption {
                    Layout.fillWidth: true
                    text: row.note
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }
            }

            Caption {
                Layout.fillWidth: true
                text: row.detail
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
        }

        ColumnLayout {
            Layout.maximumWidth: row.width / 2.6
            spacing: 0

            Text {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignRight
                text: row.figures
                font: Theme.number
                color: Theme.text
                elide: Text.ElideRight
            }

            Caption {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignRight
                text: row.when
                wrapMode: Text.NoWrap
            }
        }

        AppButton {
            objectName: "openRunButton"
            visible: !row.foreign
            focusPolicy: Qt.NoFocus
            implicitHeight: Theme.px(28)
            text: qsTr("Open")
            onClicked: row.openWanted()
        }

        IconButton {
            visible: !row.foreign
            focusPolicy: Qt.NoFocus
            icon.name: "document-edit"
            text: qsTr("Name, note and tags")
            shortcutHint: "F2"
            onClicked: row.edit()
        }

        IconButton {
            focusPolicy: Qt.NoFocus
            icon.name: "edit-delete"
            text: qsTr("Remove it")
            shortcutHint: "Del"
            onClicked: row.removeWanted()
        }
    }
}
