// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// The top of the inspector: endpoint, model, adapter, system prompt.
FocusScope {
    id: head

    required property SetupEditor setup
    /// Null: the endpoint is chosen elsewhere.
    property EndpointListModel endpoints: null
    /// Nothing but who answers.
    property bool modelOnly: false

    readonly property ChatController chat: head.setup.chat
    readonly property AdapterPicker picker: head.setup.picker

    /// For an adapter, a model or an endpoint. Whoever answers it has Ctrl+L do the same.
    signal searchWanted

    function focusModel() {
        model.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    implicitHeight: column.implicitHeight + Theme.space16

    ColumnLayout {
        id: column

        x: Theme.space16
        y: Theme.space12
        width: head.width - 2 * Theme.space16
        spacing: Theme.space4

        RowLayout {
            Layout.fillWidth: true

            Caption {
                Layout.fillWidth: true
                text: head.endpoints !== null ? qsTr("Endpoint") : qsTr("Model")
            }

            AppButton {
                objectName: "searchChoicesButton"
                kind: AppButton.Flat
                implicitHeight: Theme.px(24)
                text: qsTr("Search  %1").arg("Ctrl+L")
                Accessible.name: qsTr("Search adapters, models and endpoints")
                onClicked: head.searchWanted()
            }
        }

        AppComboBox {
            id: endpointBox

            objectName: "endpointBox"
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.space8
            visible: head.endpoints !== null
            model: head.endpoints
            textRole: "name"
            valueRole: "endpointId"
            currentIndex: count > 0 ? indexOfValue(head.chat?.endpointId ?? "") : -1
            Accessible.name: qsTr("Endpoint")
            onActivated: head.chat.chooseEndpoint(String(endpointBox.currentValue))
        }

        Caption {
            visible: head.endpoints !== null
            text: qsTr("Model")
        }

        AppComboBox {
            id: model

            objectName: "modelBox"
            focus: true
            Layout.fillWidth: true
            editable: true
            model: head.picker.models
            placeholderText: head.picker.models.length > 0 ? qsTr("what the server serves") : qsTr("name of a model, or empty")
            Accessible.name: qsTr("Model")
            onActivated: head.picker.model = currentText
            onAccepted: head.picker.model = editText
            onActiveFocusChanged: if (!activeFocus) {
                head.picker.model = editText;
            }

            Binding on editText {
                value: head.picker.model
                when: !model.activeFocus
            }
        }

        Caption {
            Layout.fillWidth: true
            visible: text !== ""
            text: head.picker.reason
        }

        AdapterSection {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space12
            visible: head.picker.style !== AdapterPicker.NoAdapters
            picker: head.picker
            onSearchWanted: head.searchWanted()
            onMergeWanted: adapterActions.editMerge()
        }

        AdapterActions {
            id: adapterActions

            Layout.fillWidth: true
            visible: head.picker.style !== AdapterPicker.NoAdapters
            picker: head.picker
            tools: head.setup.adapterTools
            merge: head.setup.merge
        }

        Caption {
            Layout.topMargin: Theme.space12
            visible: !head.modelOnly
            text: qsTr("System prompt")
        }

        AppTextBox {
            id: system

            Layout.fillWidth: true
            visible: !head.modelOnly
            name: qsTr("System prompt")
            placeholderText: qsTr("None is sent")
            minimumLines: 2
            text: head.chat?.systemPrompt ?? ""
            onEdited: head.chat.systemPrompt = text

            Connections {
                target: head.chat

                function onSetupChanged() {
                    if (system.text !== head.chat.systemPrompt) {
                        system.text = head.chat.systemPrompt;
                    }
                }
            }
        }

        ExamplesSection {
            objectName: "examplesSection"
            Layout.fillWidth: true
            Layout.topMargin: Theme.space12
            visible: !head.modelOnly && (head.chat?.examplesNote ?? "") !== ""
            chat: head.chat
        }

        StructuredSection {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space12
            visible: !head.modelOnly
            structured: head.setup.structured
        }

        ToolsSection {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space12
            tools: head.setup.tools
        }
    }
}
