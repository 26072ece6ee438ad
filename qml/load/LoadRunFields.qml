// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// How a run goes: what is not counted, what ends it, and what it never goes over.
ColumnLayout {
    id: fields

    required property LoadSetup setup

    spacing: Theme.space12

    RowLayout {
        Layout.fillWidth: true
        visible: !fields.setup.sweeping
        spacing: Theme.space12

        LoadNumberField {
            label: qsTr("Warm-up, s")
            fieldName: "loadWarmUp"
            number: fields.setup.warmUp
        }

        LoadNumberField {
            label: qsTr("Cool-down, s")
            number: fields.setup.coolDown
        }

        LoadNumberField {
            label: qsTr("Wait at the end, s")
            number: fields.setup.grace
        }
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space12

        LoadNumberField {
            visible: !fields.setup.sweeping
            label: qsTr("Stop after requests")
            fieldName: "loadStopRequests"
            placeholder: qsTr("none")
            number: fields.setup.stopRequests
        }

        LoadNumberField {
            label: qsTr("Stop over % failed")
            placeholder: qsTr("none")
            number: fields.setup.stopFailures
        }

        LoadNumberField {
            label: qsTr("Seed")
            placeholder: qsTr("fresh")
            number: fields.setup.seed
        }
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space12

        LoadNumberField {
            label: qsTr("Never over, at once")
            number: fields.setup.ceilingAtOnce
        }

        LoadNumberField {
            label: qsTr("Never over, in all")
            fieldName: "loadCeilingRequests"
            number: fields.setup.ceilingRequests
        }

        LoadNumberField {
            label: fields.setup.currency === "" ? qsTr("Never over, cost") : qsTr("Never over, %1").arg(fields.setup.currency)
            fieldName: "loadCeilingCost"
            placeholder: qsTr("none")
            number: fields.setup.ceilingCost
        }

        LoadNumberField {
            label: qsTr("Threads")
            number: fields.setup.threads
        }
    }

    Caption {
        Layout.fillWidth: true
        visible: fields.setup.sweeping
        text: qsTr("What it is never over holds for the whole search, not for each load.")
    }

    Caption {
        objectName: "loadPlanProblem"
        Layout.fillWidth: true
        visible: text !== ""
        text: fields.setup.planProblem
        color: Theme.danger
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
