// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QtQuick.Templates as T
import Lorikeet.App

/// The requests of a run. Only the rows in sight exist, however many there are.
FocusScope {
    id: area

    required property LoadController load

    readonly property LoadRequests requests: area.load.requests
    readonly property bool mixed: area.load.choiceNames.length > 0
    readonly property list<real> widths: [76, 68, area.mixed ? 150 : 0, 210, 84, 84, 76, 76, 84]
    readonly property list<string> names: [qsTr("#"), qsTr("Due"), qsTr("Adapter"), qsTr("Outcome"), qsTr("TTFT"), qsTr("End to end"), qsTr("Tokens"), qsTr("tok/s"), qsTr("Lag")]
    readonly property list<int> sortings: [LoadRequests.ByEnd, LoadRequests.ByDue, -1, -1, LoadRequests.ByFirstToken, LoadRequests.ByTotal, LoadRequests.ByTokens, LoadRequests.BySpeed, LoadRequests.ByLag]

    signal requestWanted(row: int)

    function show(row: int) {
        list.currentIndex = row;
        list.positionViewAtIndex(row, ListView.Contain);
    }

    RowLayout {
        id: tools

        width: parent.width
        spacing: Theme.space8

        AppComboBox {
            objectName: "requestFilter"
            Layout.preferredWidth: Theme.px(180)
            model: [qsTr("all requests"), qsTr("answered"), qsTr("failed"), qsTr("cancelled"), qsTr("beyond a limit"), qsTr("stalled")]
            currentIndex: area.requests.filter
            Accessible.name: qsTr("Which requests")
            onActivated: index => area.requests.filter = index
        }

        AppComboBox {
            Layout.preferredWidth: Theme.px(180)
            visible: area.mixed
            model: [qsTr("of all")].concat(area.load.choiceNames)
            currentIndex: area.requests.choice + 1
            Accessible.name: qsTr("Whose requests")
            onActivated: index => area.requests.choice = index - 1
        }

        Caption {
            Layout.fillWidth: true
            text: area.requests.count === area.requests.all ? qsTr("%Ln request(s)", "", area.requests.all) : qsTr("%1 of %2").arg(Number(area.requests.count).toLocaleString(Qt.locale(), 'f', 0)).arg(Number(area.requests.all).toLocaleString(Qt.locale(), 'f', 0))
        }
    }

    Rectangle {
        id: head

        anchors.top: tools.bottom
        anchors.topMargin: Theme.space8
        width: parent.width
        height: Theme.px(30)
        color: Theme.sunken
        radius: Theme.radiusControl

        Row {
            x: Theme.space8
            height: parent.height

            Repeater {
                model: area.names

                T.AbstractButton {
                    id: column

                    required property string modelData
                    required property int index
                    readonly property int sorting: area.sortings[column.index]
                    readonly property bool sorted: column.sorting >= 0 && area.requests.sorting === column.sorting

                    width: Theme.px(area.widths[column.index])
                    height: parent.height
                    visible: width > 0
                    enabled: column.sorting >= 0
                    focusPolicy: column.enabled ? Qt.StrongFocus : Qt.NoFocus
                    Accessible.name: column.sorted ? area.requests.descending ? qsTr("%1, sorted, greatest first").arg(column.modelData) : qsTr("%1, sorted, least first").arg(column.modelData) : column.modelData
                    Accessible.role: Accessible.ColumnHeader
                    onClicked: area.requests.sortBy(column.sorting)

                    contentItem: Text {
                        text: column.sorted ? column.modelData + (area.requests.descending ? " ↓" : " ↑") : column.modelData
                        font: Theme.role(12, Font.DemiBold)
                        color: column.sorted ? Theme.accent : Theme.textSecondary
                        horizontalAlignment: column.index < 4 ? Text.AlignLeft : Text.AlignRight
                        rightPadding: column.index < 4 ? 0 : Theme.space8
                        verticalAlignment: Text.AlignVCenter
                        elide: Text.ElideRight
                    }

                    background: Item {
                        FocusRing {
                            gap: -2
                            visible: column.visualFocus
                        }
                    }
                }
            }
        }
    }

    ListView {
        id: list

        objectName: "loadRequests"
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        focus: true
        activeFocusOnTab: true
        model: area.requests
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: true
        highlightMoveDuration: 0
        reuseItems: true
        Accessible.role: Accessible.Table
        Accessible.name: qsTr("Requests")
        Keys.onReturnPressed: area.requestWanted(list.currentIndex)
        Keys.onEnterPressed: area.requestWanted(list.currentIndex)
        Keys.onSpacePressed: area.requestWanted(list.currentIndex)
        Keys.onPressed: event => {
            const page = Math.max(1, Math.floor(list.height / Theme.px(28)) - 1);
            switch (event.key) {
            case Qt.Key_PageDown:
                list.currentIndex = Math.min(list.count - 1, list.currentIndex + page);
                event.accepted = true;
                break;
            case Qt.Key_PageUp:
                list.currentIndex = Math.max(0, list.currentIndex - page);
                event.accepted = true;
                break;
            case Qt.Key_Home:
                list.currentIndex = 0;
                event.accepted = true;
                break;
            case Qt.Key_End:
                list.currentIndex = list.count - 1;
                event.accepted = true;
                break;
            }
        }

        ScrollBar.vertical: AppScrollBar {}

        delegate: Item {
            id: row

            required property int index
            required property string number
            required property string due
            required property string choice
            required property int look
            required property string outcome
            required property int requestState
            required property string firstToken
            required property string total
            required property string tokens
            required property string speed
            required property string lag
            readonly property list<string> cells: [row.number, row.due, row.choice, row.outcome, row.firstToken, row.total, row.tokens, row.speed, row.lag]

            width: list.width
            height: Theme.px(28)
            Accessible.role: Accessible.Row
            Accessible.name: qsTr("Request %1, %2, TTFT %3, end to end %4").arg(row.number).arg(row.outcome).arg(row.firstToken).arg(row.total)

            Rectangle {
                anchors.fill: parent
                radius: Theme.radiusControl
                color: row.ListView.isCurrentItem ? Theme.selected : hover.hovered ? Theme.hover : "transparent"

                FocusRing {
                    gap: -2
                    visible: row.ListView.isCurrentItem && list.activeFocus
                }
            }

            HoverHandler {
                id: hover
            }

            TapHandler {
                onTapped: {
                    list.currentIndex = row.index;
                    list.forceActiveFocus(Qt.MouseFocusReason);
                    area.requestWanted(row.index);
                }
            }

            Row {
                x: Theme.space8
                height: parent.height

                Repeater {
                    model: row.cells

                    Text {
                        required property string modelData
                        required property int index

                        width: Theme.px(area.widths[index])
                        height: row.height
                        visible: width > 0
                        text: modelData
                        textFormat: Text.PlainText
                        font: index === 2 || index === 3 ? Theme.body : Theme.number
                        color: index === 3 ? row.requestState === LoadRequests.Failed ? Theme.danger : row.requestState === LoadRequests.Cancelled ? Theme.textMuted : Theme.textSecondary : index === 2 && row.look >= 0 ? Theme.lane(row.look) : Theme.text
                        horizontalAlignment: index < 4 ? Text.AlignLeft : Text.AlignRight
                        rightPadding: index < 4 ? Theme.space4 : Theme.space8
                        verticalAlignment: Text.AlignVCenter
                        elide: Text.ElideRight
                    }
                }
            }
        }
    }

    Caption {
        anchors.centerIn: list
        visible: list.count === 0
        text: area.requests.all > 0 ? qsTr("None of them is so.") : area.load.running ? qsTr("No request has ended yet.") : qsTr("No request was sent.")
    }
}
