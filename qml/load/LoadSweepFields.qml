// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// How the limit is looked for.
ColumnLayout {
    id: fields

    required property LoadSetup setup

    spacing: Theme.space16

    BodyText {
        Layout.fillWidth: true
        color: Theme.textSecondary
        text: qsTr("The load is doubled until the server gives no more, or breaks the objective; then it goes in between, closer and closer. The two loads at the edge are run again, with other prompts, until it is clear what most of the runs say. What comes out: how much it holds, at how much it breaks, and by what.")
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space12

        FormField {
            Layout.preferredWidth: 2
            Layout.alignment: Qt.AlignTop
            label: qsTr("What grows")

            AppComboBox {
                objectName: "sweepUnit"
                Layout.fillWidth: true
                model: [qsTr("users at once"), qsTr("requests a second")]
                currentIndex: fields.setup.sweepUnit
                Accessible.name: qsTr("What grows")
                onActivated: index => fields.setup.sweepUnit = index
            }
        }

        LoadNumberField {
            label: qsTr("From")
            number: fields.setup.sweepFrom
        }

        LoadNumberField {
            label: qsTr("Up to")
            number: fields.setup.sweepMost
        }
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space12

        LoadNumberField {
            label: qsTr("Each load, s")
            fieldName: "sweepStage"
            number: fields.setup.sweepStage
        }

        LoadNumberField {
            label: qsTr("of it warm-up, s")
            number: fields.setup.sweepWarmUp
        }

        LoadNumberField {
            label: qsTr("Refinements")
            number: fields.setup.sweepRefinements
        }

        LoadNumberField {
            label: qsTr("Runs at the edge")
            fieldName: "sweepRepeats"
            number: fields.setup.sweepRepeats
        }
    }
}
