// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What the answers are held to.
FormField {
    id: fields

    required property LoadSetup setup

    readonly property list<string> presets: ["ttft_p95=500ms, itl_p99=50ms, errors=1%", "ttft_p95=1s, itl_p99=100ms, errors=1%", "ttft_p99=2s, tpot_p99=100ms", "ttft_p99=450ms, tpot_p99=40ms", "e2e_p95=10s, errors=1%"]

    label: qsTr("Objective")
    note: fields.setup.objectiveProblem !== "" ? fields.setup.objectiveProblem : fields.setup.task === LoadSetup.Chat ? qsTr("Limits of ttft, itl, tpot, e2e and others by percentile, and of errors.") : qsTr("Limits of e2e and e2e_planned by percentile, and of errors; there are no times of tokens.")
    noteIsProblem: fields.setup.objectiveProblem !== ""

    AppField {
        objectName: "loadObjective"
        Layout.fillWidth: true
        mono: true
        text: fields.setup.objective
        placeholderText: qsTr("none: ttft_p95=500ms, errors=1%")
        problem: fields.setup.objectiveProblem !== ""
        Accessible.name: fields.label
        onTextEdited: fields.setup.objective = text
    }

    IconButton {
        icon.name: "view-list-details"
        text: qsTr("Usual objectives")
        onClicked: menu.popup(this, 0, height)

        AppMenu {
            id: menu

            minimumWidth: Theme.px(380)

            AppMenuItem {
                text: qsTr("None")
                onTriggered: fields.setup.objective = ""
            }

            AppMenuItem {
                text: qsTr("Chat, brisk")
                detail: fields.presets[0]
                onTriggered: fields.setup.objective = fields.presets[0]
            }

            AppMenuItem {
                text: qsTr("Chat")
                detail: fields.presets[1]
                onTriggered: fields.setup.objective = fields.presets[1]
            }

            AppMenuItem {
                text: qsTr("MLPerf, 8B server")
                detail: fields.presets[2]
                onTriggered: fields.setup.objective = fields.presets[2]
            }

            AppMenuItem {
                text: qsTr("MLPerf, 70B interactive")
                detail: fields.presets[3]
                onTriggered: fields.setup.objective = fields.presets[3]
            }

            AppMenuItem {
                text: qsTr("Whole answers")
                detail: fields.presets[4]
                onTriggered: fields.setup.objective = fields.presets[4]
            }
        }
    }
}
