// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Lorikeet.App

ApplicationWindow {
    id: window

    required property Workbench workbench
    /// The key of the page in sight.
    property string page: "chat"

    readonly property Preferences preferences: window.workbench.preferences

    /// A page appears on the rail by standing here.
    readonly property list<PageEntry> pages: [
        PageEntry {
            key: "chat"
            title: qsTr("Chat")
            icon: "dialog-messages"
            shortcut: "Ctrl+1"
        },
        PageEntry {
            key: "compare"
            title: qsTr("Compare")
            icon: "view-split-left-right"
            shortcut: "Ctrl+2"
        },
        PageEntry {
            key: "grid"
            title: qsTr("Grid")
            icon: "view-list-details"
            shortcut: "Ctrl+4"
        },
        PageEntry {
            key: "endpoints"
            title: qsTr("Endpoints")
            icon: "network-connect"
            shortcut: "Ctrl+5"
        }
    ]
    readonly property list<PageEntry> lastPages: [
        PageEntry {
            key: "settings"
            title: qsTr("Settings")
            icon: "configure"
            shortcut: "Ctrl+,"
        }
    ]

    function showPage(key: string) {
        window.page = key;
        window.currentPage().forceActiveFocus(Qt.TabFocusReason);
    }

    function currentPage(): Item {
        switch (window.page) {
        case "compare":
            return comparePage;
        case "grid":
            return gridPage;
        case "endpoints":
            return endpointsPage;
        case "settings":
            return settingsPage;
        default:
            return chatPage;
        }
    }

    function restoreGeometry() {
        const kept = window.preferences.windowGeometry;
        if (kept.width >= window.minimumWidth && kept.height >= window.minimumHeight) {
            window.width = Math.min(kept.width, Screen.desktopAvailableWidth);
            window.height = Math.min(kept.height, Screen.desktopAvailableHeight);
        }
    }

    width: 1440
    height: 900
    minimumWidth: 960
    minimumHeight: 600
    visible: true
    title: qsTr("%1 — Lorikeet").arg(window.page === "compare" ? window.workbench.compare.title : window.workbench.chat.title)
    color: Theme.window
    font: Theme.body

    palette.window: Theme.window
    palette.windowText: Theme.text
    palette.base: Theme.surface
    palette.alternateBase: Theme.sunken
    palette.text: Theme.text
    palette.button: Theme.surface
    palette.buttonText: Theme.text
    palette.highlight: Theme.accent
    palette.highlightedText: Theme.textOnAccent
    palette.placeholderText: Theme.textMuted
    palette.toolTipBase: Theme.text
    palette.toolTipText: Theme.window
    palette.link: Theme.link

    Component.onCompleted: window.restoreGeometry()
    onClosing: window.preferences.windowGeometry = Qt.rect(window.x, window.y, window.width, window.height)

    Binding {
        target: Theme
        property: "scheme"
        value: window.preferences.scheme
    }

    Binding {
        target: Theme
        property: "zoom"
        value: window.preferences.zoom
    }

    Binding {
        target: Theme
        property: "proseSize"
        value: window.preferences.proseSize
    }

    Binding {
        target: Theme
        property: "reduceMotion"
        value: window.preferences.reduceMotion
    }

    Rail {
        id: rail

        height: parent.height
        pages: window.pages
        lastPages: window.lastPages
        current: window.page
        onChosen: key => window.showPage(key)
    }

    Item {
        anchors.left: rail.right
        anchors.right: parent.right
        height: parent.height

        ChatPage {
            id: chatPage

            anchors.fill: parent
            visible: window.page === "chat"
            focus: visible
            workbench: window.workbench
            onEndpointsWanted: window.showPage("endpoints")
        }

        ComparePage {
            id: comparePage

            anchors.fill: parent
            visible: window.page === "compare"
            workbench: window.workbench
        }

        GridPage {
            id: gridPage

            anchors.fill: parent
            visible: window.page === "grid"
            workbench: window.workbench
            onLanesWanted: window.showPage("compare")
        }

        EndpointsPage {
            id: endpointsPage

            anchors.fill: parent
            visible: window.page === "endpoints"
            workbench: window.workbench
            onChatWanted: window.showPage("chat")
        }

        SettingsPage {
            id: settingsPage

            anchors.fill: parent
            visible: window.page === "settings"
            preferences: window.preferences
            keyStorage: window.workbench.keyStorage
        }

        Notices {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: (comparePage.visible ? comparePage.footHeight : 0) + Theme.space24
            width: Math.min(Theme.px(640), parent.width - 2 * Theme.space24)
            workbench: window.workbench
        }
    }

    WindowActions {
        id: actions

        workbench: window.workbench
        chatPage: chatPage
        comparePage: comparePage
        gridPage: gridPage
        page: window.page
        onPageWanted: key => window.showPage(key)
        onQuitWanted: window.close()
    }

    Connections {
        target: window.workbench.compare

        function onChatOpened() {
            window.showPage("chat");
        }
    }

    Shortcut {
        sequences: ["Ctrl+K", "Ctrl+/"]
        onActivated: commandPalette.open()
    }

    PromptLibraryDialog {
        prompts: window.workbench.prompts
    }

    TemplateFormDialog {
        form: window.workbench.prompts.form
    }

    CommandPalette {
        id: commandPalette

        actions: actions.all
    }
}
