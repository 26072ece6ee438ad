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

    // Null until they are shown for the first time.
    readonly property ChatPage chatPage: chatLoader.item as ChatPage
    readonly property ComparePage comparePage: compareLoader.item as ComparePage
    readonly property GridPage gridPage: gridLoader.item as GridPage
    readonly property LoadPage loadPage: loadLoader.item as LoadPage

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
            key: "load"
            title: qsTr("Load")
            icon: "speedometer"
            shortcut: "Ctrl+3"
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
        const loaders = [chatLoader, compareLoader, loadLoader, gridLoader, endpointsLoader, settingsLoader];
        return loaders.find(loader => loader.key === window.page).item as Item;
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
    onClosing: close => {
        if (window.workbench.load.running && !closeDialog.sure) {
            close.accepted = false;
            closeDialog.open();
            return;
        }
        window.preferences.windowGeometry = Qt.rect(window.x, window.y, window.width, window.height);
    }

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
        streams: window.workbench.streams
        current: window.page
        onChosen: key => window.showPage(key)
    }

    Item {
        anchors.left: rail.right
        anchors.right: parent.right
        height: parent.height

        PageLoader {
            id: chatLoader

            key: "chat"
            page: window.page
            sourceComponent: ChatPage {
                workbench: window.workbench
                onEndpointsWanted: window.showPage("endpoints")
            }
        }

        PageLoader {
            id: compareLoader

            key: "compare"
            page: window.page
            sourceComponent: ComparePage {
                workbench: window.workbench
            }
        }

        PageLoader {
            id: gridLoader

            key: "grid"
            page: window.page
            sourceComponent: GridPage {
                workbench: window.workbench
                onLanesWanted: window.showPage("compare")
            }
        }

        PageLoader {
            id: loadLoader

            key: "load"
            page: window.page
            sourceComponent: LoadPage {
                workbench: window.workbench
            }
        }

        PageLoader {
            id: endpointsLoader

            key: "endpoints"
            page: window.page
            sourceComponent: EndpointsPage {
                workbench: window.workbench
                onChatWanted: window.showPage("chat")
            }
        }

        PageLoader {
            id: settingsLoader

            key: "settings"
            page: window.page
            sourceComponent: SettingsPage {
                preferences: window.preferences
                keyStorage: window.workbench.keyStorage
            }
        }

        Notices {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: (window.comparePage?.visible ? window.comparePage.footHeight : 0) + Theme.space24
            width: Math.min(Theme.px(640), parent.width - 2 * Theme.space24)
            workbench: window.workbench
        }
    }

    WindowActions {
        id: actions

        workbench: window.workbench
        chatPage: window.chatPage
        comparePage: window.comparePage
        gridPage: window.gridPage
        loadPage: window.loadPage
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

    Connections {
        target: window.workbench.load

        function onChatOpened() {
            window.showPage("chat");
        }

        function onShown() {
            window.showPage("load");
        }
    }

    AppDialog {
        id: closeDialog

        property bool sure: false

        objectName: "closeDialog"
        title: qsTr("A load test is running")
        acceptText: qsTr("Stop it and quit")
        rejectText: qsTr("Stay")
        dangerous: true
        onAccepted: {
            closeDialog.sure = true;
            window.close();
        }

        contentItem: BodyText {
            text: qsTr("What is under way will be cancelled. What was measured so far stays in the history.")
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
