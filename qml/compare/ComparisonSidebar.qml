// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// The comparisons that are kept.
FocusScope {
    id: sidebar

    required property CompareController compare

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.px(56)
            Layout.leftMargin: Theme.space16
            Layout.rightMargin: Theme.space8

            Text {
                Layout.fillWidth: true
                text: qsTr("Comparisons")
                font: Theme.sessionTitle
                color: Theme.text
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }

            IconButton {
                objectName: "newComparisonButton"
                icon.name: "list-add"
                text: qsTr("New comparison")
                shortcutHint: "Ctrl+Shift+N"
                onClicked: sidebar.compare.newComparison()
            }
        }

        ListView {
            id: list

            objectName: "comparisonList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            focus: true
            model: sidebar.compare.comparisons
            boundsBehavior: Flickable.StopAtBounds
            activeFocusOnTab: true
            keyNavigationEnabled: true
            highlightMoveDuration: 0
            bottomMargin: Theme.space12
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Comparisons")

            ScrollBar.vertical: AppScrollBar {}

            section.property: "section"
            section.delegate: Text {
                required property string section

                width: list.width
                leftPadding: Theme.space12
                topPadding: Theme.space12
                bottomPadding: Theme.space4
                font: Theme.role(12, Font.DemiBold)
                color: Theme.textMuted
                text: section
            }

            delegate: SessionRow {
                width: list.width
                pinnable: false
                current: sidebar.compare.comparisonId === sessionId
                focusedRow: list.activeFocus && ListView.isCurrentItem
                onOpenWanted: sidebar.compare.open(sessionId)
                onRenamed: title => sidebar.compare.rename(sessionId, title)
                onRemoveWanted: sidebar.compare.comparisons.remove(sessionId)
            }
        }

        Caption {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: Theme.space16
            visible: list.count === 0
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Your comparisons will be listed here.")
        }
    }
}
