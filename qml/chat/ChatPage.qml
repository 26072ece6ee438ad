// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Lorikeet.App

/// Sessions, the conversation, and what it is asked with.
FocusScope {
    id: page

    required property Workbench workbench

    readonly property Preferences preferences: page.workbench.preferences
    /// Too narrow for three columns: the inspector lies over the conversation when it is wanted.
    readonly property bool narrow: page.width < Theme.px(1180 - 56)
    property bool sheetOpen: false
    readonly property bool inspectorShown: page.narrow ? page.sheetOpen : page.preferences.inspectorVisible

    signal endpointsWanted

    function toggleInspector() {
        if (page.narrow) {
            page.sheetOpen = !page.sheetOpen;
        } else {
            page.preferences.inspectorVisible = !page.preferences.inspectorVisible;
        }
    }

    function showInspector() {
        if (!page.inspectorShown) {
            page.toggleInspector();
        }
        inspector.focusPicker();
    }

    function chooseModel() {
        choicePalette.open();
    }

    function focusSearch() {
        page.preferences.sidebarVisible = true;
        sidebar.focusSearch();
    }

    function focusComposer() {
        composer.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    function editLastPrompt() {
        const last = page.workbench.chat.lastPrompt();
        if (last !== "") {
            composer.edit(last);
        }
    }

    function chooseEndpoint() {
        titleBar.chooseEndpoint();
    }

    /// Moves the focus to the next pane in sight, or the previous one.
    function cyclePane(step: int) {
        const panes = [sidebar, titleBar, timeline, composer, inspector];
        let at = panes.findIndex(pane => pane.activeFocus);
        do {
            at = (at + step + panes.length) % panes.length;
        } while (!panes[at].visible)
        panes[at].forceActiveFocus(Qt.TabFocusReason);
    }

    onNarrowChanged: page.sheetOpen = false

    Sidebar {
        id: sidebar

        anchors.left: parent.left
        height: parent.height
        width: Theme.px(Math.max(200, Math.min(400, page.preferences.sidebarWidth)))
        visible: page.preferences.sidebarVisible
        sessions: page.workbench.sessions
        chat: page.workbench.chat
    }

    PaneSplitter {
        id: sidebarSplitter

        anchors.left: sidebar.right
        height: parent.height
        visible: sidebar.visible
        z: 1
        name: qsTr("Width of the sessions")
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

        TitleBar {
            id: titleBar

            width: parent.width
            z: 1
            workbench: page.workbench
            sidebarShown: sidebar.visible
            inspectorShown: page.inspectorShown
            onInspectorToggled: page.toggleInspector()
            onSidebarToggled: page.preferences.sidebarVisible = true
            onEndpointsWanted: page.endpointsWanted()
        }

        Rectangle {
            anchors.fill: parent
            color: Theme.surface
        }

        Timeline {
            id: timeline

            objectName: "timeline"
            anchors.top: titleBar.bottom
            anchors.bottom: composerGround.top
            anchors.bottomMargin: Theme.space8
            width: parent.width
            visible: !page.workbench.chat.blank
            model: page.workbench.chat.timeline
            // Code and tables are wider only where there is room for the difference to be seen.
            view.maxWideWidth: timeline.width > Theme.px(960 + 64) ? 960 : 760
            onActionRequested: (action, messageId) => page.workbench.chat.act(action, messageId)
            onMenuRequested: (menu, messageId, answer, at) => messageMenu.open(menu, messageId, answer, at)

            Connections {
                target: page.workbench.chat

                function onAsked() {
                    timeline.view.beginAnswer();
                }

                function onEditWanted(nodeId: string) {
                    composer.edit(nodeId);
                }

                function onRequestShown(text: string) {
                    requestDialog.text = text;
                    requestDialog.open();
                }

                function onSessionChanged() {
                    timeline.view.jumpToEnd();
                }
            }
        }

        MessageMenu {
            id: messageMenu

            chat: page.workbench.chat
            loadOffered: true
            onLoadWanted: messageId => page.workbench.load.fromChat(messageId)
            onActionWanted: (action, messageId) => page.workbench.chat.act(action, messageId)
        }

        RequestDialog {
            id: requestDialog

            onCopyWanted: page.workbench.chat.copyText(text)
        }

        // What was found may be more than a low window has room for.
        Flickable {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.top: composerGround.bottom
            anchors.topMargin: Theme.space8
            anchors.bottom: parent.bottom
            width: composer.width
            visible: page.workbench.chat.blank
            clip: true
            contentHeight: emptyChat.implicitHeight + 2 * Theme.space16
            boundsBehavior: Flickable.StopAtBounds

            ScrollBar.vertical: AppScrollBar {}

            EmptyChat {
                id: emptyChat

                y: Theme.space16
                width: parent.width
                workbench: page.workbench
                onPromptChosen: text => composer.fill(text)
                onEndpointsWanted: page.endpointsWanted()
            }
        }

        Item {
            id: composerGround

            // In an empty chat the composer stands where the eye is, else at the bottom.
            y: page.workbench.chat.blank ? Math.max(titleBar.height + Theme.space24, parent.height * 0.3) : parent.height - height
            width: parent.width
            height: composer.y + composer.implicitHeight + Theme.space16

            CallPanel {
                id: callPanel

                anchors.horizontalCenter: parent.horizontalCenter
                width: composer.width
                height: implicitHeight
                desk: page.workbench.chat.calls
            }

            Composer {
                id: composer

                anchors.horizontalCenter: parent.horizontalCenter
                y: callPanel.visible ? callPanel.height + Theme.space8 : 0
                width: Math.min(Theme.px(760), parent.width - 2 * Theme.space16)
                height: implicitHeight
                focus: true
                chat: page.workbench.chat
                preferences: page.preferences
                setup: page.workbench.setup
                prompts: page.workbench.prompts
                availableHeight: page.height
                onParametersWanted: page.showInspector()
                onChoiceWanted: page.chooseModel()
            }
        }
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
        sheet: page.narrow
        setup: page.workbench.setup
        onCloseWanted: page.sheetOpen = false
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

        setup: page.workbench.setup
        onClosed: page.focusComposer()
    }
}
