// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQml
import Lorikeet.App

/// What else can be done with a message.
Item {
    id: menus

    required property ChatController chat
    property string messageId
    property bool answer: false
    /// A load test of an answer's request can be set up.
    property bool loadOffered: false

    /// A TimelineRow.Action on a message.
    signal actionWanted(action: int, messageId: string)
    signal loadWanted(messageId: string)

    function open(kind: int, message: string, answer: bool, at: Item) {
        menus.messageId = message;
        menus.answer = answer;
        if (kind === TimelineRow.Variants) {
            variantItems.model = menus.chat.variants(message);
            sampleItem.visible = menus.chat.canSample(message);
            variants.popup(at, 0, at.height);
        } else {
            more.popup(at, 0, at.height);
        }
    }

    AppMenu {
        id: more

        AppMenuItem {
            text: qsTr("Copy as Markdown")
            icon.name: "edit-copy"
            onTriggered: menus.chat.copy(menus.messageId)
        }

        AppMenuItem {
            text: qsTr("Copy as plain text")
            icon.name: "edit-copy"
            onTriggered: menus.chat.copyPlain(menus.messageId)
        }

        AppMenuSeparator {}

        AppMenuItem {
            text: qsTr("Go on from here in a new session")
            icon.name: "vcs-branch"
            onTriggered: menus.actionWanted(TimelineRow.Fork, menus.messageId)
        }

        AppMenuItem {
            visible: menus.answer
            height: visible ? implicitHeight : 0
            text: qsTr("Show the request")
            icon.name: "code-context"
            onTriggered: menus.actionWanted(TimelineRow.ShowRequest, menus.messageId)
        }

        AppMenuItem {
            objectName: "loadTestItem"
            visible: menus.answer && menus.loadOffered
            height: visible ? implicitHeight : 0
            text: qsTr("Load-test this request")
            icon.name: "speedometer"
            onTriggered: menus.loadWanted(menus.messageId)
        }

        AppMenuSeparator {}

        AppMenuItem {
            objectName: "deleteFromHere"
            text: qsTr("Delete from here")
            icon.name: "edit-delete"
            danger: true
            onTriggered: menus.actionWanted(TimelineRow.Delete, menus.messageId)
        }
    }

    AppMenu {
        id: variants

        minimumWidth: Theme.px(260)

        AppMenuItem {
            objectName: "askAgain"
            text: qsTr("With the present settings")
            icon.name: "view-refresh"
            shortcutHint: "Ctrl+R"
            onTriggered: menus.chat.regenerate(menus.messageId)
        }

        AppMenuItem {
            id: sampleItem

            objectName: "sampleItem"
            height: visible ? implicitHeight : 0
            text: qsTr("Several times, to count what is valid …")
            icon.name: "view-refresh"
            onTriggered: sampleDialog.open()
        }

        Instantiator {
            id: variantItems

            AppMenuItem {
                required property answerVariant modelData

                text: modelData.text
                detail: modelData.detail
                icon.name: "view-refresh"
                onTriggered: menus.chat.regenerateAs(menus.messageId, modelData)
            }

            onObjectAdded: (index, object) => variants.insertItem(index + 2, object as AppMenuItem)
            onObjectRemoved: (index, object) => variants.removeItem(object as AppMenuItem)
        }
    }

    SampleDialog {
        id: sampleDialog

        onWanted: (count, atOnce) => menus.chat.sample(menus.messageId, count, atOnce)
    }
}
