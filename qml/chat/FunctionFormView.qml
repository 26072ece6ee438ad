// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// Tools as a form: the functions, and one of them with its arguments. In the list, Up and Down go
/// from one to the next, Alt+Up and Alt+Down move it, Alt+Insert adds one behind it, Ctrl+D doubles it,
/// Alt+Delete takes it out; Ctrl+Alt+Z takes back anywhere.
FocusScope {
    id: view

    required property FunctionForm form
    readonly property bool isEmpty: view.form.problem === "" && view.form.count === 0

    function refresh() {
        nameField.text = view.form.name;
        descriptionField.text = view.form.description;
        parameters.refresh();
    }

    function undo() {
        view.form.undo();
        view.refresh();
    }

    implicitWidth: Theme.px(640)
    implicitHeight: Theme.px(300)

    component FormAction: IconButton {
        implicitWidth: Theme.px(28)
        implicitHeight: Theme.px(28)
        iconSize: 16
    }

    BodyText {
        objectName: "functionFormProblem"
        anchors.fill: parent
        anchors.margins: Theme.space24
        visible: text !== ""
        text: view.form.problem
        color: Theme.textSecondary
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }

    ColumnLayout {
        anchors.centerIn: parent
        visible: view.isEmpty
        spacing: Theme.space12

        BodyText {
            Layout.alignment: Qt.AlignHCenter
            text: qsTr("There is no function yet.")
            color: Theme.textSecondary
        }

        AppButton {
            objectName: "addFirstFunctionButton"
            Layout.alignment: Qt.AlignHCenter
            text: qsTr("Add a function")
            focus: view.isEmpty
            onClicked: view.form.add()
        }
    }

    RowLayout {
        anchors.fill: parent
        visible: view.form.count > 0
        spacing: Theme.space12

        ColumnLayout {
            Layout.minimumWidth: Theme.px(168)
            Layout.preferredWidth: Theme.px(168)
            Layout.maximumWidth: Theme.px(168)
            Layout.fillHeight: true
            spacing: Theme.space4

            ListView {
                id: list

                objectName: "functionList"
                Layout.fillWidth: true
                Layout.fillHeight: true
                clip: true
                focus: true
                activeFocusOnTab: true
                keyNavigationEnabled: false
                model: view.form
                currentIndex: view.form.current
                boundsBehavior: Flickable.StopAtBounds
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Functions")
                Accessible.description: view.form.nameProblem !== "" ? view.form.nameProblem : view.form.name
                Keys.onUpPressed: view.form.current = Math.max(0, view.form.current - 1)
                Keys.onDownPressed: view.form.current = Math.min(view.form.count - 1, view.form.current + 1)

                ScrollBar.vertical: AppScrollBar {}

                delegate: ChoiceRow {
                    id: choice

                    required property int index
                    required property string name
                    required property string description
                    required faulty

                    width: list.width
                    // The list is one stop for Tab.
                    focusPolicy: Qt.NoFocus
                    text: choice.name === "" ? qsTr("(no name)") : choice.name
                    detail: choice.faulty ? qsTr("to be mended") : choice.description
                    chosen: choice.index === view.form.current
                    onClicked: {
                        view.form.current = choice.index;
                        list.forceActiveFocus(Qt.MouseFocusReason);
                    }

                    FocusRing {
                        gap: -2
                        visible: choice.chosen && list.activeFocus
                    }
                }
            }

            RowLayout {
                spacing: Theme.space2

                FormAction {
                    objectName: "addFunctionButton"
                    icon.name: "list-add"
                    text: qsTr("Add a function")
                    shortcutHint: qsTr("Alt+Ins")
                    onClicked: view.form.add()
                }

                FormAction {
                    objectName: "duplicateFunctionButton"
                    enabled: !view.form.fixed
                    icon.name: "edit-copy"
                    text: qsTr("Double this function")
                    shortcutHint: qsTr("Ctrl+D")
                    onClicked: view.form.duplicate()
                }

                FormAction {
                    objectName: "moveFunctionUpButton"
                    icon.name: "go-up"
                    text: qsTr("Move it up")
                    shortcutHint: qsTr("Alt+Up")
                    onClicked: view.form.move(-1)
                }

                FormAction {
                    objectName: "moveFunctionDownButton"
                    icon.name: "go-down"
                    text: qsTr("Move it down")
                    shortcutHint: qsTr("Alt+Down")
                    onClicked: view.form.move(1)
                }

                FormAction {
                    objectName: "removeFunctionButton"
                    icon.name: "edit-delete"
                    text: qsTr("Take it out")
                    shortcutHint: qsTr("Alt+Del")
                    onClicked: view.form.remove()
                }
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.space8

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space8
                enabled: !view.form.fixed

                SteadyField {
                    id: nameField

                    objectName: "functionName"
                    Layout.preferredWidth: Theme.px(190)
                    mono: true
                    value: view.form.name
                    problem: view.form.nameProblem !== ""
                    placeholderText: qsTr("name_of_the_function")
                    Accessible.name: qsTr("Name of the function")
                    onTextEdited: view.form.name = text
                }

                SteadyField {
                    id: descriptionField

                    objectName: "functionDescription"
                    Layout.fillWidth: true
                    value: view.form.description
                    placeholderText: qsTr("What it does and when to call it, told to the model")
                    Accessible.name: qsTr("Description of the function")
                    onTextEdited: view.form.description = text
                }

                Chip {
                    objectName: "functionStrict"
                    clickable: true
                    tone: view.form.strict ? Chip.Accent : Chip.Neutral
                    text: view.form.strict ? qsTr("strict") : qsTr("not strict")
                    Accessible.role: Accessible.CheckBox
                    Accessible.checkable: true
                    Accessible.checked: view.form.strict
                    Accessible.name: qsTr("The server is to hold the arguments to their schema")
                    onClicked: view.form.strict = !view.form.strict
                }
            }

            Caption {
                objectName: "functionProblem"
                Layout.fillWidth: true
                visible: text !== ""
                text: view.form.nameProblem !== "" ? view.form.nameProblem : view.form.otherProblem
                color: Theme.danger
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }

            Caption {
                objectName: "functionOthers"
                Layout.fillWidth: true
                visible: text !== ""
                text: view.form.others === "" ? "" : qsTr("Only in the text: %1").arg(view.form.others)
                maximumLineCount: 2
                elide: Text.ElideRight
            }

            SchemaFormView {
                id: parameters

                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: view.form.hasParameters
                form: view.form.parameters
                rootName: qsTr("Its arguments")
                undoes: false
            }

            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: !view.form.hasParameters && !view.form.fixed
                spacing: Theme.space12

                Item {
                    Layout.fillHeight: true
                }

                BodyText {
                    Layout.alignment: Qt.AlignHCenter
                    text: qsTr("It takes no arguments.")
                    color: Theme.textSecondary
                }

                AppButton {
                    objectName: "addParametersButton"
                    Layout.alignment: Qt.AlignHCenter
                    text: qsTr("Add arguments")
                    onClicked: view.form.addParameters()
                }

                Item {
                    Layout.fillHeight: true
                }
            }

            Item {
                Layout.fillHeight: true
                visible: view.form.fixed
            }
        }
    }

    Connections {
        target: view.form

        function onFunctionWanted(isNew: bool) {
            list.positionViewAtIndex(view.form.current, ListView.Contain);
            view.refresh();
            if (isNew) {
                nameField.forceActiveFocus(Qt.TabFocusReason);
                nameField.selectAll();
            }
        }
    }

    Shortcut {
        enabled: view.visible && list.activeFocus
        sequence: "Alt+Up"
        onActivated: view.form.move(-1)
    }

    Shortcut {
        enabled: view.visible && list.activeFocus
        sequence: "Alt+Down"
        onActivated: view.form.move(1)
    }

    Shortcut {
        enabled: view.visible && list.activeFocus
        sequences: ["Alt+Ins", "Ctrl+Return"]
        onActivated: view.form.add()
    }

    Shortcut {
        enabled: view.visible && list.activeFocus && !view.form.fixed
        sequence: "Ctrl+D"
        onActivated: view.form.duplicate()
    }

    Shortcut {
        enabled: view.visible && list.activeFocus
        sequences: ["Alt+Del", "Del"]
        onActivated: view.form.remove()
    }

    Shortcut {
        enabled: view.visible && view.form.canUndo
        sequence: "Ctrl+Alt+Z"
        onActivated: view.undo()
    }
}
