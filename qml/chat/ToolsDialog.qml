// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// The functions a model may call, being written, and what answers their calls besides the person.
AppDialog {
    id: dialog

    required property ToolsEditor editor
    readonly property real room: Overlay.overlay?.height ?? 600
    readonly property bool wide: dialog.width > Theme.px(600)

    objectName: "toolsDialog"
    implicitWidth: Math.min(Theme.px(760), (Overlay.overlay?.width ?? 800) - 2 * Theme.space24)
    title: qsTr("Tools")
    // A click beside it must not lose what was written.
    closePolicy: Popup.CloseOnEscape
    acceptText: qsTr("Use these tools")
    acceptable: !dialog.editor.checking && dialog.editor.toolsProblem === "" && dialog.editor.mockProblem === "" && dialog.editor.commandsProblem === ""

    component Verdict: BodyText {
        property string problem
        property int line: 0
        property string fine

        Layout.fillWidth: true
        text: problem === "" ? fine : line > 0 ? qsTr("Line %1: %2").arg(line).arg(problem) : problem
        color: problem === "" ? Theme.success : Theme.danger
        maximumLineCount: 3
        elide: Text.ElideRight
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }

    component AnswersText: ColumnLayout {
        id: answers

        property alias text: area.text
        property alias textName: area.objectName
        property alias verdictName: verdict.objectName
        property alias name: area.name
        property alias about: caption.text
        property alias problem: verdict.problem
        property alias line: verdict.line

        signal edited

        spacing: Theme.space8

        Caption {
            id: caption

            Layout.fillWidth: true
            // As high as the other's, so that the two boxes are in line.
            Layout.minimumHeight: dialog.wide ? Theme.px(52) : 0
            verticalAlignment: Text.AlignTop
        }

        SchemaText {
            id: area

            Layout.fillWidth: true
            implicitHeight: Theme.px(96)
            faultyLine: answers.line
            onEdited: answers.edited()
        }

        Verdict {
            id: verdict

            visible: text !== ""
        }
    }

    contentItem: ColumnLayout {
        spacing: Theme.space8

        Caption {
            Layout.fillWidth: true
            text: qsTr("A list of functions, each with name, description and the JSON Schema of its parameters; or the tools of a request to chat completions.")
        }

        SchemaText {
            id: tools

            objectName: "toolsText"
            Layout.fillWidth: true
            Layout.fillHeight: true
            implicitHeight: Math.max(Theme.px(110), Math.min(Theme.px(320), dialog.room - Theme.px(dialog.wide ? 480 : 620)))
            focus: true
            name: qsTr("Tools, as JSON")
            faultyLine: dialog.editor.toolsLine
            onEdited: dialog.editor.toolsText = tools.text
        }

        Verdict {
            objectName: "toolsVerdict"
            problem: dialog.editor.toolsProblem
            line: dialog.editor.toolsLine
            fine: dialog.editor.draftNames === "" ? "" : qsTr("Fit for use: %1.").arg(dialog.editor.draftNames)
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space8
            columns: dialog.wide ? 2 : 1
            columnSpacing: Theme.space16
            rowSpacing: Theme.space8

            AnswersText {
                id: mock

                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                textName: "mockText"
                verdictName: "mockVerdict"
                name: qsTr("Mock, as JSON")
                about: qsTr("Mock, if wanted: an object with an answer for each function, or a list of rules with name, arguments and result.")
                problem: dialog.editor.mockProblem
                line: dialog.editor.mockLine
                onEdited: dialog.editor.mockText = mock.text
            }

            AnswersText {
                id: commands

                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                textName: "commandsText"
                verdictName: "commandsVerdict"
                name: qsTr("Commands, as JSON")
                about: qsTr("Commands, if wanted: an object with one for each function, which gets the arguments on stdin. You are asked before it runs.")
                problem: dialog.editor.commandsProblem
                line: dialog.editor.commandsLine
                onEdited: dialog.editor.commandsText = commands.text
            }
        }

        Connections {
            target: dialog.editor

            function onTextChanged() {
                if (tools.text !== dialog.editor.toolsText) {
                    tools.text = dialog.editor.toolsText;
                }
                if (mock.text !== dialog.editor.mockText) {
                    mock.text = dialog.editor.mockText;
                }
                if (commands.text !== dialog.editor.commandsText) {
                    commands.text = dialog.editor.commandsText;
                }
            }
        }
    }
}
