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
    /// There is no room for all at once.
    readonly property bool low: dialog.room < Theme.px(780)
    /// Which of the views is wanted; see there.
    property int wanted: ToolsDialog.AsText
    readonly property int shown: dialog.wanted === ToolsDialog.Answers && !dialog.low ? ToolsDialog.AsText : dialog.wanted
    readonly property real roomForTools: dialog.low ? Math.max(Theme.px(160), dialog.room - Theme.px(310)) : Math.max(Theme.px(110), Math.min(Theme.px(360), dialog.room - Theme.px(dialog.wide ? 490 : 630)))

    enum View {
        AsText,
        AsForm,
        Answers
    }

    function showText(place: int) {
        dialog.wanted = ToolsDialog.AsText;
        tools.show(place);
    }

    objectName: "toolsDialog"
    implicitWidth: Math.min(Theme.px(940), (Overlay.overlay?.width ?? 800) - 2 * Theme.space24)
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

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space16

            Caption {
                Layout.fillWidth: true
                text: qsTr("A list of functions, each with name, description and the JSON Schema of its parameters; or the tools of a request to chat completions.")
            }

            Segments {
                objectName: "toolsViews"
                Layout.alignment: Qt.AlignTop
                names: dialog.low ? [qsTr("Text"), qsTr("Form"), qsTr("Answers")] : [qsTr("Text"), qsTr("Form")]
                current: dialog.shown
                Accessible.name: qsTr("How the tools are shown")
                onChosen: index => dialog.wanted = index
            }
        }

        SchemaText {
            id: tools

            objectName: "toolsText"
            Layout.fillWidth: true
            Layout.fillHeight: true
            implicitHeight: dialog.roomForTools
            visible: dialog.shown === ToolsDialog.AsText
            focus: dialog.shown === ToolsDialog.AsText
            name: qsTr("Tools, as JSON")
            faultyLine: dialog.editor.toolsLine
            onEdited: dialog.editor.toolsText = tools.text
        }

        FunctionFormView {
            objectName: "functionForm"
            Layout.fillWidth: true
            Layout.fillHeight: true
            implicitHeight: dialog.roomForTools
            visible: dialog.shown === ToolsDialog.AsForm
            focus: dialog.shown === ToolsDialog.AsForm
            form: dialog.editor.functions
        }

        Binding {
            target: dialog.editor.functions
            property: "shown"
            value: dialog.visible && dialog.shown === ToolsDialog.AsForm
        }

        RowLayout {
            Layout.fillWidth: true
            visible: dialog.shown !== ToolsDialog.Answers
            spacing: Theme.space8

            Verdict {
                objectName: "toolsVerdict"
                problem: dialog.editor.toolsProblem
                line: dialog.editor.toolsLine
                fine: dialog.editor.draftNames === "" ? "" : qsTr("Fit for use: %1.").arg(dialog.editor.draftNames)
            }

            AppButton {
                objectName: "showToolsFaultButton"
                visible: dialog.editor.toolsPlace >= 0
                kind: AppButton.Flat
                implicitHeight: Theme.px(28)
                text: qsTr("Go there")
                onClicked: dialog.showText(dialog.editor.toolsPlace)
            }
        }

        // What is wrong where nobody looks.
        Verdict {
            visible: dialog.low && text !== ""
            problem: dialog.shown === ToolsDialog.Answers ? (dialog.editor.toolsProblem !== "" ? qsTr("Tools: %1").arg(dialog.editor.toolsProblem) : "") : dialog.editor.mockProblem !== "" ? qsTr("Mock: %1").arg(dialog.editor.mockProblem) : dialog.editor.commandsProblem !== "" ? qsTr("Commands: %1").arg(dialog.editor.commandsProblem) : ""
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space8
            visible: !dialog.low || dialog.shown === ToolsDialog.Answers
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
