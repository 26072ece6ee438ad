// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Lorikeet.App

/// A schema as a form. Within it, Alt+Up and Alt+Down move a property, Alt+Left and Alt+Right fold
/// it, Alt+Insert adds one behind it, Alt+Delete takes it out, Ctrl+Alt+Z takes back.
FocusScope {
    id: view

    required property SchemaForm form
    /// What the whole is called.
    property string rootName: qsTr("The answer")
    /// Ctrl+Alt+Z is its own; else of who shows more than this.
    property bool undoes: true
    /// The row that has the focus; -1: none.
    property int focusedRow: -1

    readonly property bool acts: view.visible && view.activeFocus && view.focusedRow >= 0

    function rowAt(index: int): SchemaFormRow {
        return list.itemAtIndex(index) as SchemaFormRow;
    }

    function undo() {
        view.form.undo();
        view.refresh();
    }

    /// Shows what there is now, also where somebody types.
    function refresh() {
        view.rowAt(view.focusedRow)?.refresh();
    }

    implicitWidth: Theme.px(400)
    implicitHeight: Theme.px(240)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: 1
        border.color: Theme.borderControl
    }

    ListView {
        id: list

        objectName: "schemaForm"
        anchors.fill: parent
        anchors.margins: 2
        focus: true
        clip: true
        model: view.form
        // Tab goes from row to row, so those next to the one with the focus must be there.
        cacheBuffer: Theme.px(800)
        keyNavigationEnabled: false
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Properties of the schema")

        ScrollBar.vertical: AppScrollBar {}

        delegate: SchemaFormRow {
            id: row

            width: list.width
            form: view.form
            rootName: view.rootName
            onActiveFocusChanged: {
                if (row.activeFocus) {
                    view.focusedRow = row.index;
                    list.positionViewAtIndex(row.index, ListView.Contain);
                } else if (view.focusedRow === row.index) {
                    view.focusedRow = -1;
                }
            }
            onIndexChanged: if (row.activeFocus) {
                view.focusedRow = row.index;
            }
            // What was refused is told below the fields.
            onHeightChanged: if (row.activeFocus) {
                list.positionViewAtIndex(row.index, ListView.Contain);
            }
        }
    }

    BodyText {
        objectName: "schemaFormProblem"
        anchors.fill: parent
        anchors.margins: Theme.space24
        visible: text !== ""
        text: view.form.problem
        color: Theme.textSecondary
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }

    Connections {
        target: view.form

        function onRowWanted(row: int, isNew: bool) {
            list.forceLayout();
            list.positionViewAtIndex(row, ListView.Contain);
            view.rowAt(row)?.take(isNew);
        }
    }

    Shortcut {
        enabled: view.acts
        sequence: "Alt+Up"
        onActivated: view.form.move(view.focusedRow, -1)
    }

    Shortcut {
        enabled: view.acts
        sequence: "Alt+Down"
        onActivated: view.form.move(view.focusedRow, 1)
    }

    Shortcut {
        enabled: view.acts
        sequence: "Alt+Left"
        onActivated: view.form.setFolded(view.focusedRow, true)
    }

    Shortcut {
        enabled: view.acts
        sequence: "Alt+Right"
        onActivated: view.form.setFolded(view.focusedRow, false)
    }

    Shortcut {
        enabled: view.acts
        sequences: ["Alt+Ins", "Ctrl+Return"]
        onActivated: view.form.addAfter(view.focusedRow)
    }

    Shortcut {
        enabled: view.acts
        sequence: "Alt+Del"
        onActivated: view.form.remove(view.focusedRow)
    }

    Shortcut {
        enabled: view.undoes && view.visible && view.form.canUndo
        sequence: "Ctrl+Alt+Z"
        onActivated: view.undo()
    }
}
