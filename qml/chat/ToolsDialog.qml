// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// The functions a model may call, being written, and what calls are answered without asking.
AppDialog {
    id: dialog

    required property ToolsEditor editor
    readonly property real room: Overlay.overlay?.height ?? 600

    objectName: "toolsDialog"
    implicitWidth: Math.min(Theme.px(760), (Overlay.overlay?.width ?? 800) - 2 * Theme.space24)
    title: qsTr("Tools")
    acceptText: qsTr("Use these tools")
    acceptable: !dialog.editor.checking && dialog.editor.toolsProblem === "" && dialog.editor.mockProblem === ""

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
            implicitHeight: Math.max(Theme.px(110), Math.min(Theme.px(320), dialog.room - Theme.px(460)))
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

        Caption {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space8
            text: qsTr("Mock, if wanted: an object with an answer for each function, or a list of rules with name, arguments and result. What it does not answer, you do.")
        }

        SchemaText {
            id: mock

            objectName: "mockText"
            Layout.fillWidth: true
            implicitHeight: Theme.px(96)
            name: qsTr("Mock, as JSON")
            faultyLine: dialog.editor.mockLine
            onEdited: dialog.editor.mockText = mock.text
        }

        Verdict {
            objectName: "mockVerdict"
            visible: text !== ""
            problem: dialog.editor.mockProblem
            line: dialog.editor.mockLine
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
            }
        }
    }
}
