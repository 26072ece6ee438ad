// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import Lorikeet.App

/// Comparisons, the lanes of one of them, and what the focused lane is asked with.
FocusScope {
    id: page

    required property Workbench workbench

    readonly property CompareController compare: page.workbench.compare
    readonly property Preferences preferences: page.workbench.preferences
    readonly property bool narrow: page.width < Theme.px(1180 - 56)
    property bool sheetOpen: false
    /// Lanes want the room: beside them the parameters are shown when they are wanted.
    property bool inspectorWanted: false
    /// What stands at the bottom, for others to stand above.
    readonly property real footHeight: composerGround.height + ranking.height + verdictBar.height + judgeStrip.height
    readonly property bool inspectorShown: !page.compare.judging.hidden && (page.narrow ? page.sheetOpen : page.inspectorWanted)

    function toggleInspector() {
        if (page.narrow) {
            page.sheetOpen = !page.sheetOpen;
        } else {
            page.inspectorWanted = !page.inspectorWanted;
        }
    }

    function showInspector() {
        if (!page.inspectorShown) {
            page.toggleInspector();
        }
        inspector.focusPicker();
    }

    function chooseModel() {
        if (!page.compare.judging.hidden) {
            choicePalette.open();
        }
    }

    function showRatings(byModels: bool) {
        page.compare.judging.byModels = byModels;
        ratingsDialog.open();
    }

    function focusComposer() {
        composer.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    function focusLane(place: int) {
        page.compare.focusedPlace = place;
        lanes.focusLane(place);
    }

    function editLastPrompt() {
        const last = page.compare.lastPrompt();
        if (last !== "") {
            composer.edit(last);
        }
    }

    /// Moves the focus to the next pane in sight, or the previous one.
    function cyclePane(step: int) {
        const panes = [sidebar, bar, lanes, verdictBar, judgeStrip, composer, inspector];
        let at = panes.findIndex(pane => pane.activeFocus);
        do {
            at = (at + step + panes.length) % panes.length;
        } while (!panes[at].visible)
        if (panes[at] === lanes) {
            lanes.focusLane(page.compare.focusedPlace);
        } else {
            panes[at].forceActiveFocus(Qt.TabFocusReason);
        }
    }

    onNarrowChanged: page.sheetOpen = false

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    ComparisonSidebar {
        id: sidebar

        anchors.left: parent.left
        height: parent.height
        width: Theme.px(Math.max(200, Math.min(400, page.preferences.sidebarWidth)))
        visible: page.preferences.sidebarVisible && !page.narrow
        compare: page.compare
    }

    PaneSplitter {
        id: sidebarSplitter

        anchors.left: sidebar.right
        height: parent.height
        visible: sidebar.visible
        z: 1
        name: qsTr("Width of the comparisons")
        paneWidth: page.preferences.sidebarWidth
        minimum: 200
        maximum: 400
        usual: 264
        onResized: width => page.preferences.sidebarWidth = width
    }

    Item {
        id: middle

        anchors.left: sidebar.visible ? sidebarSplitter.right : parent.left
        anchors.right: inspector.visible && !page.narrow ? inspectorSplitter.left : parent.right
        height: parent.height

        CompareBar {
            id: bar

            width: parent.width
            z: 1
            compare: page.compare
            sidebarShown: page.preferences.sidebarVisible || page.narrow
            inspectorShown: page.inspectorShown
            onSidebarToggled: page.preferences.sidebarVisible = true
            onInspectorToggled: page.toggleInspector()
            onExportWanted: exportDialog.open()
            onSaveSetWanted: saveSetDialog.open()
            onPricesWanted: priceDialog.open()
            onSamplesWanted: sampleDialog.open()
        }

        LaneRow {
            id: lanes

            objectName: "lanes"
            anchors.top: bar.bottom
            anchors.bottom: verdictBar.top
            width: parent.width
            compare: page.compare
            onParametersWanted: page.showInspector()
            onChoiceWanted: page.chooseModel()
            onMenuRequested: (place, menu, messageId, answer, at) => {
                page.compare.focusedPlace = place;
                messageMenu.open(menu, messageId, answer, at);
            }
        }

        VerdictBar {
            id: verdictBar

            objectName: "verdictBar"
            anchors.bottom: judgeStrip.top
            width: parent.width
            compare: page.compare
            onRatingsWanted: page.showRatings(false)
        }

        JudgeStrip {
            id: judgeStrip

            objectName: "judgeStrip"
            anchors.bottom: ranking.top
            width: parent.width
            compare: page.compare
            onSetupWanted: judgeDialog.open()
            onPairsWanted: judgedPairsDialog.open()
            onRatingsWanted: page.showRatings(true)
        }

        RankingStrip {
            id: ranking

            anchors.bottom: composerGround.top
            width: parent.width
            compare: page.compare
            onPricesWanted: priceDialog.open()
        }

        Rectangle {
            id: composerGround

            anchors.bottom: parent.bottom
            width: parent.width
            height: chips.height + composer.implicitHeight + Theme.space8 + 2 * Theme.space12
            color: Theme.window

            Rectangle {
                width: parent.width
                height: 1
                color: Theme.borderSubtle
            }

            LaneChips {
                id: chips

                anchors.top: parent.top
                anchors.topMargin: Theme.space12
                anchors.left: composer.left
                width: composer.width
                compare: page.compare
            }

            Composer {
                id: composer

                anchors.horizontalCenter: parent.horizontalCenter
                anchors.top: chips.bottom
                anchors.topMargin: Theme.space8
                width: Math.min(Theme.px(1160), parent.width - 2 * Theme.space16)
                height: implicitHeight
                focus: true
                chat: page.compare
                preferences: page.preferences
                setup: page.workbench.laneSetup
                prompts: page.workbench.prompts
                setupShown: false
                placeholderText: page.compare.running ? qsTr("Write the next prompt …") : qsTr("Send to %n lane(s) …", "", page.compare.receiving)
                availableHeight: page.height
            }
        }
    }

    MessageMenu {
        id: messageMenu

        chat: page.workbench.laneSetup.chat
        onActionWanted: (action, messageId) => page.compare.act(page.compare.focusedPlace, action, messageId)
    }

    Connections {
        target: page.compare

        function onEditWanted(nodeId: string) {
            composer.edit(nodeId);
        }

        function onRequestShown(text: string) {
            requestDialog.text = text;
            requestDialog.open();
        }

        function onShown() {
            if (page.visible) {
                page.focusComposer();
            }
        }
    }

    RequestDialog {
        id: requestDialog

        onCopyWanted: page.workbench.chat.copyText(text)
    }

    RatingsDialog {
        id: ratingsDialog

        judging: page.compare.judging
    }

    JudgeDialog {
        id: judgeDialog

        judge: page.compare.judge
        setup: page.workbench.judgeSetup
        endpoints: page.workbench.endpoints
        onSearchWanted: judgePalette.open()
    }

    JudgedPairsDialog {
        id: judgedPairsDialog

        judge: page.compare.judge
    }

    ChoicePalette {
        id: judgePalette

        setup: page.workbench.judgeSetup
    }

    SaveSetDialog {
        id: saveSetDialog

        compare: page.compare
    }

    PriceDialog {
        id: priceDialog

        prices: page.compare.prices
    }

    SampleDialog {
        id: sampleDialog

        lanes: true
        onWanted: (count, atOnce) => page.compare.sampleAll(count, atOnce)
    }

    FileDialog {
        id: exportDialog

        title: qsTr("Export the comparison, without keys")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "md"
        nameFilters: [qsTr("Markdown (*.md)"), qsTr("Web page (*.html)"), qsTr("Picture (*.png)")]
        onAccepted: page.compare.exportTo(selectedFile, pictureStyle)
    }

    PictureStyle {
        id: pictureStyle

        objectName: "pictureStyle"
        text: LaneTextStyle {}
        ground: Theme.surface
        bar: Theme.window
        prompt: Theme.userText
        sunken: Theme.sunken
        border: Theme.borderSubtle
        added: Theme.diffAdded
        removed: Theme.diffRemoved
        textOnLane: Theme.textOnAccent
        lanes: Theme.lanes
    }

    // Behind the sheet: a click beside it closes it.
    Rectangle {
        anchors.fill: parent
        visible: page.narrow && page.sheetOpen
        color: Theme.dark ? "#80000000" : "#40161A22"

        TapHandler {
            onTapped: page.sheetOpen = false
        }
    }

    PaneSplitter {
        id: inspectorSplitter

        anchors.right: inspector.left
        height: parent.height
        visible: inspector.visible
        z: 1
        name: qsTr("Width of the parameters")
        paneAfter: true
        paneWidth: page.preferences.inspectorWidth
        minimum: 280
        maximum: 520
        usual: 312
        onResized: width => page.preferences.inspectorWidth = width
    }

    Inspector {
        id: inspector

        anchors.right: parent.right
        height: parent.height
        width: Theme.px(Math.max(280, Math.min(520, page.preferences.inspectorWidth)))
        visible: page.inspectorShown
        sheet: true
        title: qsTr("Params of lane %1").arg(page.compare.focused?.letter ?? "")
        setup: page.workbench.laneSetup
        endpoints: page.workbench.endpoints
        onCloseWanted: page.toggleInspector()
        onSearchWanted: page.chooseModel()
        Keys.onEscapePressed: event => {
            event.accepted = page.narrow;
            if (page.narrow) {
                page.sheetOpen = false;
                page.focusComposer();
            }
        }
    }

    ChoicePalette {
        id: choicePalette

        setup: page.workbench.laneSetup
        onClosed: page.focusComposer()
    }
}
