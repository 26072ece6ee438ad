// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// The adapter of the next answer, chosen the way the server wants it: from a list, by an id that
/// is typed, or by scales.
ColumnLayout {
    id: section

    required property AdapterPicker picker

    readonly property bool scales: section.picker.style === AdapterPicker.Scales
    readonly property bool typed: section.picker.style === AdapterPicker.FreeText
    /// Of a list without end; the rest is found by searching.
    readonly property int rowsShown: 6

    signal searchWanted
    signal mergeWanted

    spacing: Theme.space4

    RowLayout {
        Layout.fillWidth: true
        Layout.minimumHeight: section.scales ? Theme.px(24) : 0

        Caption {
            Layout.fillWidth: true
            text: section.scales ? qsTr("Adapter scales") : qsTr("Adapter")
        }

        AppButton {
            visible: section.scales && section.picker.adapterLabel !== qsTr("base model")
            kind: AppButton.Flat
            implicitHeight: Theme.px(24)
            text: qsTr("Leave to the server")
            onClicked: section.picker.resetScales()
        }
    }

    ChoiceRow {
        Layout.fillWidth: true
        visible: !section.scales
        text: qsTr("Base model, no adapter")
        chosen: section.picker.adapterId === "" && !section.picker.merged
        onClicked: section.picker.choose("")
    }

    Repeater {
        model: section.picker

        ColumnLayout {
            id: adapter

            required property int index
            required property string adapterId
            required property string name
            required property string detail
            required property bool chosen
            required property real scale
            required property bool scaleSet

            Layout.fillWidth: true
            visible: section.scales || adapter.index < section.rowsShown || adapter.chosen
            spacing: 0

            ChoiceRow {
                Layout.fillWidth: true
                visible: !section.scales
                text: adapter.name
                detail: adapter.detail
                chosen: adapter.chosen
                onClicked: section.picker.choose(adapter.adapterId)
            }

            RowLayout {
                Layout.fillWidth: true
                visible: section.scales

                Text {
                    Layout.fillWidth: true
                    text: adapter.name
                    font: Theme.body
                    color: adapter.scaleSet ? Theme.text : Theme.textSecondary
                    elide: Text.ElideMiddle
                    textFormat: Text.PlainText
                }

                Text {
                    text: adapter.scale.toLocaleString(Qt.locale(), "f", 2)
                    font: Theme.number
                    color: adapter.scaleSet ? Theme.text : Theme.textMuted
                }
            }

            AppSlider {
                Layout.fillWidth: true
                visible: section.scales
                unset: !adapter.scaleSet
                from: 0
                to: 2
                stepSize: 0.05
                value: adapter.scale
                Accessible.name: qsTr("Scale of %1").arg(adapter.name)
                onMoved: section.picker.setScale(adapter.index, value)
            }
        }
    }

    AppButton {
        visible: !section.scales && section.picker.count > section.rowsShown
        kind: AppButton.Flat
        implicitHeight: Theme.px(28)
        text: qsTr("All %n adapters …", "", section.picker.count)
        onClicked: section.searchWanted()
    }

    ChoiceRow {
        Layout.fillWidth: true
        visible: section.picker.merged
        text: section.picker.adapterLabel
        detail: section.picker.merged ? qsTr("merged for each request") : ""
        chosen: true
        onClicked: section.mergeWanted()
    }

    AppComboBox {
        id: typedId

        objectName: "adapterBox"
        Layout.fillWidth: true
        Layout.topMargin: Theme.space4
        visible: section.typed
        editable: true
        model: section.picker.recent
        placeholderText: qsTr("id, such as org/adapter")
        Accessible.name: qsTr("Id of an adapter")
        onActivated: section.picker.choose(currentText)
        onAccepted: section.picker.chooseFrom(editText, source.currentText)

        // No binding: what is typed stays until something is chosen, wherever the focus goes.
        Component.onCompleted: typedId.editText = section.picker.adapterId

        Connections {
            target: section.picker

            function onChoiceChanged() {
                typedId.editText = section.picker.adapterId;
            }
        }
    }

    RowLayout {
        Layout.fillWidth: true
        visible: section.typed
        spacing: Theme.space8

        Caption {
            visible: source.visible
            text: qsTr("from")
        }

        AppComboBox {
            id: source

            Layout.fillWidth: true
            visible: section.picker.sources.length > 0
            model: section.picker.sources
            currentIndex: Math.max(0, section.picker.sources.indexOf(section.picker.adapterSource))
            Accessible.name: qsTr("Source of the adapter")
            onActivated: section.picker.chooseFrom(typedId.editText, currentText)
        }

        AppButton {
            objectName: "useAdapterButton"
            text: qsTr("Use")
            enabled: typedId.editText.trim() !== "" && typedId.editText !== section.picker.adapterId
            onClicked: section.picker.chooseFrom(typedId.editText, source.currentText)
        }
    }
}
