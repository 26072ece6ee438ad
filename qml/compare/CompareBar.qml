// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQml
import Lorikeet.App

/// What is compared, and everything that concerns all lanes.
FocusScope {
    id: bar

    required property CompareController compare
    property bool sidebarShown: true
    property bool inspectorShown: true

    signal sidebarToggled
    signal inspectorToggled
    signal exportWanted
    signal saveSetWanted
    signal pricesWanted
    signal samplesWanted

    readonly property bool several: bar.compare.laneCount > 1
    readonly property bool roomy: bar.width > Theme.px(760)

    implicitHeight: Theme.px(48)

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.borderSubtle
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space16
        anchors.rightMargin: Theme.space8
        spacing: Theme.space8

        IconButton {
            visible: !bar.sidebarShown
            icon.name: "sidebar-expand-left"
            text: qsTr("Show the comparisons")
            shortcutHint: "Ctrl+B"
            onClicked: bar.sidebarToggled()
        }

        Text {
            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth + 1
            text: bar.compare.title
            textFormat: Text.PlainText
            font: Theme.sessionTitle
            color: Theme.text
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Item {
            Layout.fillWidth: true
        }

        Chip {
            objectName: "diffChip"
            focus: true
            clickable: bar.several
            visible: bar.several
            tone: bar.compare.diff.shown ? Chip.Accent : Chip.Neutral
            text: bar.compare.diff.shown ? qsTr("Diff against %1").arg(bar.compare.diff.baseLetter) : qsTr("Diff")
            Accessible.description: qsTr("Marks the words that differ (Ctrl+D)")
            onClicked: bar.compare.diff.shown = !bar.compare.diff.shown
        }

        Chip {
            objectName: "onlyDifferencesChip"
            clickable: true
            visible: bar.several && bar.compare.diff.shown
            tone: bar.compare.diff.only ? Chip.Accent : Chip.Neutral
            text: qsTr("Only differences")
            onClicked: bar.compare.diff.only = !bar.compare.diff.only
        }

        Chip {
            objectName: "jsonDiffChip"
            clickable: true
            visible: bar.several && bar.compare.diff.shown && bar.compare.diff.jsonPossible
            tone: bar.compare.diff.asJson ? Chip.Accent : Chip.Neutral
            text: bar.compare.diff.asJson ? qsTr("As JSON") : qsTr("As text")
            Accessible.description: qsTr("Compares answers that are JSON by their values, or by their words")
            onClicked: bar.compare.diff.asJson = !bar.compare.diff.asJson
        }

        Chip {
            objectName: "blindChip"
            clickable: true
            visible: bar.several
            tone: bar.compare.judging.blind ? Chip.Accent : Chip.Neutral
            text: qsTr("Blind vote")
            Accessible.description: qsTr("Shuffles the lanes and hides whose answers they are (Ctrl+Shift+B)")
            onClicked: bar.compare.judging.blind = !bar.compare.judging.blind
        }

        Chip {
            objectName: "judgeChip"
            clickable: true
            visible: bar.several
            tone: bar.compare.judge.shown ? Chip.Accent : Chip.Neutral
            text: qsTr("Judge model")
            Accessible.description: qsTr("Lets a model say which answers are better")
            onClicked: bar.compare.judge.shown = !bar.compare.judge.shown
        }

        AppButton {
            objectName: "compareAdaptersButton"
            visible: bar.compare.blank && bar.roomy
            kind: AppButton.Flat
            implicitHeight: Theme.px(28)
            text: qsTr("Base and all adapters")
            onClicked: bar.compare.compareAdapters()
        }

        IconButton {
            objectName: "addLaneButton"
            icon.name: "list-add"
            text: qsTr("Add a lane")
            shortcutHint: "Ctrl+T"
            enabled: bar.compare.canAdd
            onClicked: bar.compare.addLane()
        }

        IconButton {
            id: lanesButton

            objectName: "lanesButton"
            icon.name: "view-split-left-right"
            text: qsTr("Lanes: how they are asked, and sets to use again")
            onClicked: lanesMenu.popup(lanesButton, 0, lanesButton.height)
        }

        IconButton {
            objectName: "exportButton"
            icon.name: "document-export"
            text: qsTr("Export as Markdown, HTML or a picture")
            enabled: !bar.compare.blank && !bar.compare.judging.hidden
            onClicked: bar.exportWanted()
        }

        IconButton {
            icon.name: "adjustlevels"
            text: bar.inspectorShown ? qsTr("Hide the parameters") : qsTr("Show the parameters")
            shortcutHint: "Ctrl+Shift+I"
            checked: bar.inspectorShown
            enabled: !bar.compare.judging.hidden
            onClicked: bar.inspectorToggled()
        }
    }

    AppMenu {
        id: lanesMenu

        minimumWidth: Theme.px(300)

        AppMenuItem {
            text: qsTr("Base and all adapters")
            icon.name: "view-split-left-right"
            onTriggered: bar.compare.compareAdapters()
        }

        AppMenuItem {
            text: qsTr("Ask all lanes again")
            icon.name: "view-refresh"
            shortcutHint: "Ctrl+Shift+R"
            enabled: !bar.compare.blank
            onTriggered: bar.compare.regenerateAll()
        }

        AppMenuItem {
            objectName: "sampleLanesItem"
            text: qsTr("Ask all several times, to count what is valid …")
            icon.name: "view-refresh"
            enabled: !bar.compare.blank && !bar.compare.judging.hidden && !bar.compare.running
            onTriggered: bar.samplesWanted()
        }

        AppMenuSeparator {}

        AppMenuItem {
            text: qsTr("Ask all at once")
            markable: true
            marked: bar.compare.order === CompareController.Together
            onTriggered: bar.compare.order = CompareController.Together
        }

        AppMenuItem {
            text: qsTr("Ask all at once, in an order of chance")
            markable: true
            marked: bar.compare.order === CompareController.Shuffled
            onTriggered: bar.compare.order = CompareController.Shuffled
        }

        AppMenuItem {
            text: qsTr("Ask one after the other")
            markable: true
            marked: bar.compare.order === CompareController.OneByOne
            onTriggered: bar.compare.order = CompareController.OneByOne
        }

        AppMenuItem {
            text: qsTr("The same seed for all")
            markable: true
            marked: bar.compare.alignsSeeds
            onTriggered: bar.compare.alignsSeeds = !bar.compare.alignsSeeds
        }

        AppMenuItem {
            objectName: "warmUpItem"
            text: qsTr("Warm up first, uncounted")
            detail: qsTr("a short request to each lane")
            markable: true
            marked: bar.compare.warmsUp
            onTriggered: bar.compare.warmsUp = !bar.compare.warmsUp
        }

        AppMenuSeparator {}

        AppMenuItem {
            objectName: "pricesItem"
            text: qsTr("Prices of tokens …")
            icon.name: "office-chart-line"
            onTriggered: bar.pricesWanted()
        }

        AppMenuSeparator {}

        AppMenuItem {
            id: saveSet

            text: qsTr("Save these lanes …")
            icon.name: "bookmark-new"
            onTriggered: bar.saveSetWanted()
        }

        Instantiator {
            model: bar.compare.sets

            AppMenuItem {
                required property string setId
                required property string name
                required property string summary

                text: name
                detail: summary
                icon.name: "view-list-details"
                onTriggered: bar.compare.useSet(setId)
            }

            onObjectAdded: (index, object) => lanesMenu.insertItem(lanesMenu.count, object as AppMenuItem)
            onObjectRemoved: (index, object) => lanesMenu.removeItem(object as AppMenuItem)
        }
    }
}
