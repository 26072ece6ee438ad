// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What makes an answer good: a rubric to choose, and its criteria with their weights to write.
ColumnLayout {
    id: form

    required property RubricEditor rubrics

    spacing: Theme.space8

    Caption {
        text: qsTr("Rubric")
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space8

        AppComboBox {
            objectName: "rubricBox"
            Layout.fillWidth: true
            model: form.rubrics.names
            currentIndex: form.rubrics.current
            Accessible.name: qsTr("Rubric")
            onActivated: index => form.rubrics.current = index
        }

        AppButton {
            objectName: "newRubricButton"
            text: qsTr("New")
            Accessible.name: qsTr("New rubric")
            onClicked: form.rubrics.addRubric()
        }

        IconButton {
            objectName: "removeRubricButton"
            visible: form.rubrics.own
            icon.name: "edit-delete"
            text: qsTr("Delete this rubric")
            onClicked: form.rubrics.removeRubric()
        }
    }

    AppField {
        objectName: "rubricName"
        Layout.fillWidth: true
        visible: form.rubrics.own
        text: form.rubrics.name
        placeholderText: qsTr("Name of the rubric")
        onTextEdited: form.rubrics.name = text
    }

    Caption {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space8
        text: qsTr("A better answer has more of this; the number is the weight, 1 to 9.")
    }

    Repeater {
        model: form.rubrics

        RowLayout {
            id: line

            required property int index
            required property string criterion
            required property int weight

            Layout.fillWidth: true
            spacing: Theme.space8

            AppField {
                objectName: "criterionField"
                Layout.fillWidth: true
                text: line.criterion
                placeholderText: qsTr("It does what the request asks.")
                Accessible.name: qsTr("Criterion %1").arg(line.index + 1)
                onTextEdited: form.rubrics.setCriterion(line.index, text)
            }

            AppComboBox {
                objectName: "criterionWeight"
                Layout.preferredWidth: Theme.px(64)
                model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]
                currentIndex: line.weight - 1
                displayText: String(line.weight)
                Accessible.name: qsTr("Weight of criterion %1").arg(line.index + 1)
                onActivated: index => form.rubrics.setWeight(line.index, index + 1)
            }

            IconButton {
                objectName: "removeCriterion"
                icon.name: "edit-delete"
                text: qsTr("Leave this criterion out")
                onClicked: form.rubrics.removeCriterion(line.index)
            }
        }
    }

    AppButton {
        objectName: "addCriterionButton"
        kind: AppButton.Flat
        implicitHeight: Theme.px(28)
        text: qsTr("Add a criterion")
        onClicked: form.rubrics.addCriterion()
    }

    BodyText {
        Layout.fillWidth: true
        visible: text !== ""
        text: form.rubrics.problem
        color: Theme.danger
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
