// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// The load tests that are kept: opened, named, ticked to be compared.
FocusScope {
    id: view

    required property LoadController load

    readonly property LoadHistoryList history: view.load.history

    signal closed
    signal compareWanted
    signal importWanted

    function openCurrent() {
        if (list.currentIndex >= 0 && list.currentIndex < list.count) {
            view.load.open(view.history.idAt(list.currentIndex));
        }
    }

    Keys.onEscapePressed: view.closed()

    RowLayout {
        id: head

        x: Theme.space16
        y: Theme.space12
        width: parent.width - 2 * Theme.space16
        spacing: Theme.space8

        IconButton {
            icon.name: "go-previous"
            text: qsTr("Back")
            shortcutHint: "Esc"
            onClicked: view.closed()
        }

        Text {
            text: qsTr("Earlier load tests")
            font: Theme.sessionTitle
            color: Theme.text
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Item {
            Layout.fillWidth: true
        }

        SearchField {
            objectName: "historySearch"
            Layout.preferredWidth: Theme.px(220)
            visible: view.history.all > 0
            placeholderText: qsTr("Search")
            Accessible.name: qsTr("Search the load tests")
            text: view.history.filter
            onTextEdited: view.history.filter = text
            onTextChanged: view.history.filter = text
            Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
        }

        AppButton {
            objectName: "importRunsButton"
            text: qsTr("Import …")
            onClicked: view.importWanted()
        }

        AppButton {
            objectName: "compareRunsButton"
            kind: AppButton.Primary
            enabled: view.history.ticked >= 2
            text: view.history.ticked < 2 ? qsTr("Tick two or more to compare") : qsTr("Compare %n run(s)", "", view.history.ticked)
            onClicked: {
                view.load.compareTicked();
                view.compareWanted();
            }
        }
    }

    ListView {
        id: list

        objectName: "loadHistory"
        anchors.top: head.bottom
        anchors.topMargin: Theme.space8
        anchors.bottom: foot.top
        x: Theme.space16
        width: parent.width - 2 * Theme.space16
        clip: true
        focus: true
        activeFocusOnTab: true
        keyNavigationEnabled: true
        highlightMoveDuration: 0
        model: view.history
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Earlier load tests")
        Keys.onReturnPressed: view.openCurrent()
        Keys.onEnterPressed: view.openCurrent()
        Keys.onSpacePressed: (list.currentItem as LoadHistoryRow)?.toggle()
        Keys.onDeletePressed: view.history.remove(list.currentIndex)
        Keys.onPressed: event => {
            if (event.key === Qt.Key_F2) {
                (list.currentItem as LoadHistoryRow)?.edit();
                event.accepted = true;
            }
        }

        ScrollBar.vertical: AppScrollBar {}

        delegate: LoadHistoryRow {
            width: list.width
            current: ListView.isCurrentItem
            focused: ListView.isCurrentItem && list.activeFocus
            onChosen: {
                list.currentIndex = index;
                list.forceActiveFocus(Qt.MouseFocusReason);
            }
            onOpenWanted: view.load.open(view.history.idAt(index))
            onTickWanted: wanted => view.history.tick(index, wanted)
            onRemoveWanted: view.history.remove(index)
            onEditWanted: editDialog.edit(view.history.keyAt(index), name, note, tags)
        }
    }

    Caption {
        anchors.centerIn: list
        width: Math.min(Theme.px(420), list.width)
        horizontalAlignment: Text.AlignHCenter
        visible: list.count === 0
        text: view.history.all > 0 ? qsTr("None is called so.") : qsTr("None yet. Each load test is kept here, with each of its requests, also if this program does not end as it should.")
    }

    ColumnLayout {
        id: foot

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space12
        x: Theme.space16
        width: parent.width - 2 * Theme.space16
        spacing: Theme.space8

        ActionBar {
            Layout.fillWidth: true
            visible: view.history.removed !== ""
            text: qsTr("“%1” was removed.").arg(view.history.removed)
            action: qsTr("Undo")
            onTriggered: view.history.undoRemove()
            onDismissed: view.history.forgetRemoved()
        }

        Caption {
            Layout.fillWidth: true
            visible: list.count > 0
            text: view.history.retention
        }
    }

    AppDialog {
        id: editDialog

        property string key

        function edit(key: string, name: string, note: string, tags: string) {
            editDialog.key = key;
            nameField.text = name;
            noteField.text = note;
            tagsField.text = tags;
            editDialog.open();
        }

        objectName: "runWords"
        title: qsTr("Name, note and tags")
        acceptText: qsTr("Save")
        onOpened: nameField.forceActiveFocus(Qt.PopupFocusReason)
        onAccepted: view.history.describe(editDialog.key, nameField.text, noteField.text, tagsField.text)

        contentItem: ColumnLayout {
            spacing: Theme.space12

            FormField {
                label: qsTr("Name")

                AppField {
                    id: nameField

                    objectName: "runName"
                    Layout.fillWidth: true
                    Accessible.name: qsTr("Name")
                    onAccepted: editDialog.accept()
                }
            }

            FormField {
                label: qsTr("Note")

                AppTextBox {
                    id: noteField

                    Layout.fillWidth: true
                    name: qsTr("Note")
                    minimumLines: 3
                    maximumLines: 6
                }
            }

            FormField {
                label: qsTr("Tags, with commas")

                AppField {
                    id: tagsField

                    Layout.fillWidth: true
                    Accessible.name: qsTr("Tags")
                    onAccepted: editDialog.accept()
                }
            }
        }
    }
}
