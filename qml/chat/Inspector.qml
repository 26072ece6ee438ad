// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// What the next answer is asked with: model, adapter, system prompt and parameters.
FocusScope {
    id: inspector

    required property Workbench workbench
    /// It lies over the conversation and has a button to close it.
    property bool sheet: false

    signal closeWanted
    /// For an adapter or a model.
    signal searchWanted

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Parameters")

    function focusPicker() {
        head.focusModel();
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.px(48)
            Layout.leftMargin: Theme.space16
            Layout.rightMargin: Theme.space8

            Text {
                Layout.fillWidth: true
                text: qsTr("Params")
                font: Theme.bodyStrong
                color: Theme.accent
            }

            AppButton {
                visible: inspector.workbench.parameters.touchedCount > 0
                kind: AppButton.Flat
                implicitHeight: Theme.px(28)
                text: qsTr("Reset all")
                onClicked: inspector.workbench.parameters.resetAll()
            }

            IconButton {
                visible: inspector.sheet
                icon.name: "window-close"
                text: qsTr("Close")
                onClicked: inspector.closeWanted()
            }
        }

        Rectangle {
            Layout.fillWidth: true
            implicitHeight: 1
            color: Theme.borderSubtle
        }

        ScrollView {
            id: scroll

            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            contentWidth: availableWidth

            ScrollBar.vertical: AppScrollBar {
                parent: scroll
                x: scroll.width - width
                height: scroll.height
            }

            ColumnLayout {
                width: scroll.availableWidth
                spacing: 0

                InspectorHead {
                    id: head

                    Layout.fillWidth: true
                    focus: true
                    chat: inspector.workbench.chat
                    picker: inspector.workbench.picker
                    tools: inspector.workbench.adapterTools
                    merge: inspector.workbench.merge
                    onSearchWanted: inspector.searchWanted()
                }

                Repeater {
                    model: inspector.workbench.parameters

                    ParameterRow {
                        Layout.fillWidth: true
                        parameters: inspector.workbench.parameters
                    }
                }

                Item {
                    implicitHeight: Theme.space16
                }
            }
        }
    }
}
