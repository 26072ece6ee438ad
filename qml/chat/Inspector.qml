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

    required property SetupEditor setup
    /// It lies over the conversation and has a button to close it.
    property bool sheet: false
    /// To choose one from, where nothing else of the page does that; null: none is shown.
    property EndpointListModel endpoints: null
    property string title: qsTr("Params")

    signal closeWanted
    /// For an adapter or a model.
    signal searchWanted

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Parameters")

    function focusPicker() {
        head.focusModel();
    }

    FocusFollower {
        view: scroll
        content: content
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
                text: inspector.title
                font: Theme.bodyStrong
                color: Theme.accent
                elide: Text.ElideRight
            }

            AppButton {
                visible: inspector.setup.parameters.touchedCount > 0
                kind: AppButton.Flat
                implicitHeight: Theme.px(28)
                text: qsTr("Reset all")
                onClicked: inspector.setup.parameters.resetAll()
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
                id: content

                width: scroll.availableWidth
                spacing: 0

                InspectorHead {
                    id: head

                    Layout.fillWidth: true
                    focus: true
                    setup: inspector.setup
                    endpoints: inspector.endpoints
                    onSearchWanted: inspector.searchWanted()
                }

                Repeater {
                    model: inspector.setup.parameters

                    ParameterRow {
                        Layout.fillWidth: true
                        parameters: inspector.setup.parameters
                    }
                }

                ExtraBodySection {
                    Layout.fillWidth: true
                    Layout.leftMargin: Theme.space16
                    Layout.rightMargin: Theme.space16
                    extraBody: inspector.setup.extraBody
                }

                Item {
                    implicitHeight: Theme.space16
                }
            }
        }
    }
}
