// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// Several adapters with weights, which the server merges for each request.
AppDialog {
    id: dialog

    required property MergeEditor merge
    required property AdapterPicker picker

    objectName: "mergeDialog"
    implicitWidth: Theme.px(560)
    title: qsTr("Merge adapters")
    acceptText: qsTr("Use the merge")
    acceptable: dialog.merge.problem === ""
    onAccepted: dialog.merge.apply()

    component Labelled: RowLayout {
        id: labelled

        property string label

        Layout.fillWidth: true
        spacing: Theme.space12

        BodyText {
            Layout.preferredWidth: Theme.px(140)
            text: labelled.label
            color: Theme.textSecondary
        }
    }

    contentItem: ColumnLayout {
        spacing: Theme.space8

        ListView {
            id: list

            objectName: "mergeList"
            Layout.fillWidth: true
            implicitHeight: Math.min(contentHeight, Theme.px(220))
            clip: true
            spacing: Theme.space8
            model: dialog.merge
            boundsBehavior: Flickable.StopAtBounds

            ScrollBar.vertical: AppScrollBar {}

            delegate: RowLayout {
                id: row

                required property int index
                required property string adapterId
                required property string weight

                width: list.width
                spacing: Theme.space8

                AppComboBox {
                    id: idBox

                    Layout.fillWidth: true
                    editable: true
                    model: dialog.picker.recent
                    editText: row.adapterId
                    placeholderText: qsTr("id, such as org/adapter")
                    Accessible.name: qsTr("Id of adapter %1").arg(row.index + 1)
                    onEditTextChanged: dialog.merge.setId(row.index, editText)
                }

                AppField {
                    Layout.preferredWidth: Theme.px(84)
                    mono: true
                    text: row.weight
                    horizontalAlignment: TextInput.AlignRight
                    inputMethodHints: Qt.ImhFormattedNumbersOnly
                    Accessible.name: qsTr("Weight of adapter %1").arg(row.index + 1)
                    onTextEdited: dialog.merge.setWeight(row.index, text)
                }

                IconButton {
                    icon.name: "list-remove"
                    enabled: dialog.merge.count > 1
                    text: qsTr("Take out adapter %1").arg(row.index + 1)
                    onClicked: dialog.merge.dropRow(row.index)
                }
            }
        }

        AppButton {
            Layout.leftMargin: -Theme.space8
            kind: AppButton.Flat
            implicitHeight: Theme.px(28)
            text: qsTr("Another adapter")
            icon.name: "list-add"
            onClicked: dialog.merge.add()
        }

        Labelled {
            label: qsTr("Source of all")

            AppComboBox {
                Layout.fillWidth: true
                model: dialog.picker.sources
                currentIndex: Math.max(0, dialog.picker.sources.indexOf(dialog.merge.source))
                Accessible.name: qsTr("Source of all")
                onActivated: dialog.merge.source = currentText
            }
        }

        Labelled {
            label: qsTr("Strategy")

            AppComboBox {
                objectName: "mergeStrategy"
                Layout.fillWidth: true
                model: dialog.merge.strategies
                currentIndex: dialog.merge.strategy
                Accessible.name: qsTr("Strategy")
                Accessible.description: dialog.merge.help
                onActivated: index => dialog.merge.strategy = index
            }
        }

        Caption {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.px(140) + Theme.space12
            font: Theme.role(12, Font.Normal)
            text: dialog.merge.help
        }

        Labelled {
            label: qsTr("Density")
            visible: dialog.merge.densityUsed

            AppField {
                Layout.fillWidth: true
                mono: true
                text: dialog.merge.density
                inputMethodHints: Qt.ImhFormattedNumbersOnly
                Accessible.name: qsTr("Density")
                onTextEdited: dialog.merge.density = text
            }
        }

        Labelled {
            label: qsTr("Vote on signs by")
            visible: dialog.merge.signMethodUsed

            AppComboBox {
                Layout.fillWidth: true
                model: dialog.merge.signMethods
                currentIndex: dialog.merge.signMethod
                Accessible.name: qsTr("Vote on signs by")
                onActivated: index => dialog.merge.signMethod = index
            }
        }

        Caption {
            objectName: "mergeProblem"
            Layout.fillWidth: true
            visible: text !== ""
            text: dialog.merge.problem
            color: Theme.danger
        }

        Caption {
            Layout.fillWidth: true
            font: Theme.role(12, Font.Normal)
            text: qsTr("All of them must have the same rank and come from the same source.")
        }
    }
}
