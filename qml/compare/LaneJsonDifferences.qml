// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// Where a lane's last answer differs from the base's as JSON: each path with both values.
Rectangle {
    id: pane

    required property CompareLane lane
    property string baseLetter

    readonly property real fullHeight: title.height + list.contentHeight + list.topMargin + list.bottomMargin

    color: Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Differences of %1").arg(pane.lane.name)

    component Value: Rectangle {
        id: value

        property string sign
        property alias text: edit.text
        property alias font: edit.font

        Layout.fillWidth: true
        visible: value.text !== ""
        implicitHeight: edit.implicitHeight
        radius: Theme.px(4)

        Text {
            x: Theme.space8
            topPadding: Theme.px(3)
            text: value.sign
            font: Theme.code
            color: Theme.textSecondary
        }

        TextEdit {
            id: edit

            x: Theme.space24
            width: parent.width - Theme.space24 - Theme.space8
            topPadding: Theme.px(3)
            bottomPadding: Theme.px(3)
            readOnly: true
            selectByMouse: true
            activeFocusOnTab: true
            wrapMode: TextEdit.WrapAnywhere
            textFormat: TextEdit.PlainText
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.textOnAccent
            font.family: Theme.code.family
            font.pixelSize: Theme.code.pixelSize
        }
    }

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.borderSubtle
    }

    Text {
        id: title

        width: pane.width
        leftPadding: Theme.space16
        rightPadding: Theme.space16
        topPadding: Theme.space8
        bottomPadding: Theme.space4
        text: pane.lane.likenessSummary
        textFormat: Text.PlainText
        font: Theme.metric
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }

    ListView {
        id: list

        objectName: "jsonDifferenceList"
        anchors.top: title.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        topMargin: Theme.space4
        bottomMargin: Theme.space12
        spacing: Theme.space12
        clip: true
        activeFocusOnTab: true
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        model: pane.lane.jsonDifferences
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Paths that differ")

        ScrollBar.vertical: AppScrollBar {}

        delegate: Item {
            id: line

            required property jsonDifferenceRow modelData

            width: list.width
            implicitHeight: column.implicitHeight

            ColumnLayout {
                id: column

                x: Theme.space16
                width: parent.width - 2 * Theme.space16
                spacing: Theme.px(2)

                Text {
                    Layout.fillWidth: true
                    text: line.modelData.path
                    textFormat: Text.PlainText
                    font: Theme.code
                    color: Theme.text
                    wrapMode: Text.WrapAnywhere
                    Accessible.role: Accessible.StaticText
                    Accessible.name: line.modelData.base === "" ? qsTr("%1: only here, %2").arg(line.modelData.path).arg(line.modelData.other) : line.modelData.other === "" ? qsTr("%1: not here, %2 in %3").arg(line.modelData.path).arg(line.modelData.base).arg(pane.baseLetter) : qsTr("%1: %2 here, %3 in %4").arg(line.modelData.path).arg(line.modelData.other).arg(line.modelData.base).arg(pane.baseLetter)
                }

                Value {
                    sign: "−"
                    color: Theme.diffRemoved
                    font.strikeout: true
                    text: line.modelData.base
                }

                Value {
                    sign: "+"
                    color: Theme.diffAdded
                    font.underline: true
                    text: line.modelData.other
                }
            }
        }
    }
}
