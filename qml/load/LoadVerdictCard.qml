// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What to make of a run, in words; and what ended it early.
ColumnLayout {
    id: card

    required property LoadController load

    readonly property LoadResults results: card.load.results

    visible: card.results.whole || card.load.problem !== ""
    spacing: Theme.space12

    Rectangle {
        Layout.fillWidth: true
        implicitHeight: verdict.implicitHeight + 2 * Theme.space12
        visible: card.results.whole && card.load.state !== LoadController.Running
        radius: Theme.radiusCard
        color: card.results.verdict === LoadResults.Kept ? Theme.successTint : card.results.verdict === LoadResults.Missed ? Theme.dangerTint : card.results.verdict === LoadResults.Unsure ? Theme.warningTint : Theme.sunken

        ColumnLayout {
            id: verdict

            x: Theme.space16
            y: Theme.space12
            width: parent.width - 2 * Theme.space16
            spacing: Theme.space4

            Text {
                objectName: "loadHeadline"
                Layout.fillWidth: true
                text: card.results.headline
                font: Theme.sessionTitle
                color: card.results.verdict === LoadResults.Kept ? Theme.success : card.results.verdict === LoadResults.Missed ? Theme.danger : card.results.verdict === LoadResults.Unsure ? Theme.warning : Theme.text
                wrapMode: Text.Wrap
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }

            BodyText {
                Layout.fillWidth: true
                visible: text !== ""
                text: card.results.finding
            }

            Repeater {
                model: card.results.sweep ? [] : card.results.limits

                BodyText {
                    required property loadVerdict modelData

                    Layout.fillWidth: true
                    text: (modelData.kept ? "✓  " : "✗  ") + modelData.sentence
                    color: modelData.kept ? Theme.success : modelData.known ? Theme.danger : Theme.warning
                }
            }
        }
    }

    Rectangle {
        Layout.fillWidth: true
        implicitHeight: problem.implicitHeight + 2 * Theme.space12
        visible: card.load.problem !== ""
        radius: Theme.radiusCard
        color: Theme.dangerTint

        BodyText {
            id: problem

            objectName: "loadProblem"
            x: Theme.space16
            y: Theme.space12
            width: parent.width - 2 * Theme.space16
            text: card.load.problem
            color: Theme.danger
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
    }
}
