// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// Who judges, and by what. What is chosen counts at once.
AppDialog {
    id: dialog

    required property ModelJudge judge
    required property SetupEditor setup
    required property EndpointListModel endpoints

    signal searchWanted

    objectName: "judgeDialog"
    title: qsTr("Judge model")
    implicitWidth: Math.min(Theme.px(880), (dialog.parent?.width ?? 880) - 2 * Theme.space24)
    acceptText: qsTr("Done")
    rejectText: ""

    // The window's own does not reach beneath a dialog, and is about a lane.
    Shortcut {
        sequence: "Ctrl+L"
        enabled: dialog.visible
        onActivated: dialog.searchWanted()
    }

    contentItem: ColumnLayout {
        spacing: Theme.space12

        BodyText {
            Layout.fillWidth: true
            color: Theme.textSecondary
            text: qsTr("Each two answers are shown to it twice, in both orders, without names; the prompt, the answers and the rubric are all it is sent.")
        }

        ScrollView {
            id: scroll

            Layout.fillWidth: true
            Layout.fillHeight: true
            implicitHeight: Math.min(content.implicitHeight, (Overlay.overlay?.height ?? 700) - Theme.px(240))
            focus: true
            contentWidth: availableWidth
            clip: true

            ScrollBar.vertical: AppScrollBar {
                parent: scroll
                x: scroll.width - width
                height: scroll.height
            }

            GridLayout {
                id: content

                width: scroll.availableWidth - Theme.space12
                columns: width > Theme.px(640) ? 2 : 1
                columnSpacing: Theme.space24
                rowSpacing: Theme.space16

                ColumnLayout {
                    Layout.alignment: Qt.AlignTop
                    Layout.fillWidth: true
                    Layout.preferredWidth: Theme.px(320)
                    spacing: 0

                    InspectorHead {
                        Layout.fillWidth: true
                        Layout.leftMargin: -Theme.space16
                        Layout.rightMargin: -Theme.space16
                        focus: true
                        modelOnly: true
                        setup: dialog.setup
                        endpoints: dialog.endpoints
                        onSearchWanted: dialog.searchWanted()
                    }

                    AppSwitch {
                        objectName: "judgeExactSwitch"
                        Layout.fillWidth: true
                        text: qsTr("Ask for probabilities, without chance")
                        checked: dialog.judge.exact
                        onToggled: dialog.judge.exact = checked
                    }

                    Caption {
                        Layout.fillWidth: true
                        Layout.topMargin: Theme.space4
                        text: qsTr("Logprobs and temperature 0, where the server has them: verdicts are weighed then. Off for models that refuse them.")
                    }
                }

                RubricForm {
                    Layout.alignment: Qt.AlignTop
                    Layout.fillWidth: true
                    Layout.preferredWidth: Theme.px(420)
                    Layout.topMargin: Theme.space12
                    rubrics: dialog.judge.rubrics
                }
            }
        }
    }
}
