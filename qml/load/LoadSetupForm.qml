// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QtQml
import Lorikeet.App

/// A load test set up: whom it asks, what, in which shape, and what it is held to.
FocusScope {
    id: form

    required property LoadController load
    required property SetupEditor editor
    required property PromptLibrary prompts

    readonly property LoadSetup setup: form.load.setup
    /// One column, not two.
    readonly property bool narrow: form.width < Theme.px(980)

    signal choiceWanted

    component Heading: Text {
        Layout.topMargin: Theme.space8
        font: Theme.bodyStrong
        color: Theme.text
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }

    ScrollView {
        id: scroll

        anchors.fill: parent
        clip: true
        focus: true
        contentWidth: availableWidth

        ScrollBar.vertical: AppScrollBar {
            parent: scroll
            x: scroll.width - width
            height: scroll.height
        }

        Item {
            width: scroll.availableWidth
            implicitHeight: grid.implicitHeight + 2 * Theme.space16

            GridLayout {
                id: grid

                x: Theme.space16
                y: Theme.space16
                width: parent.width - 2 * Theme.space16
                columns: form.narrow ? 1 : 2
                columnSpacing: Theme.space24
                rowSpacing: Theme.space16

                ColumnLayout {
                    Layout.alignment: Qt.AlignTop
                    Layout.fillWidth: form.narrow
                    Layout.preferredWidth: form.narrow ? grid.width : Theme.px(424)
                    Layout.maximumWidth: form.narrow ? grid.width : Theme.px(424)
                    spacing: Theme.space12

                    FormField {
                        label: qsTr("Begin with")

                        AppComboBox {
                            id: presetBox

                            objectName: "loadPreset"
                            Layout.fillWidth: true
                            model: form.load.presets
                            textRole: "name"
                            displayText: qsTr("a preset …")
                            currentIndex: -1
                            Accessible.name: qsTr("Preset")
                            onActivated: index => {
                                form.load.presets.use(index);
                                presetBox.currentIndex = -1;
                            }
                        }

                        AppButton {
                            id: saveButton

                            objectName: "savePresetButton"
                            text: qsTr("Save as …")
                            onClicked: saveDialog.open()
                        }

                        IconButton {
                            id: presetsButton

                            objectName: "presetsButton"
                            visible: form.load.presets.own.length > 0
                            icon.name: "overflow-menu"
                            text: qsTr("Presets of your own")
                            onClicked: presetsMenu.popup(presetsButton, 0, presetsButton.height)
                            onVisibleChanged: if (!presetsButton.visible && presetsButton.activeFocus) {
                                saveButton.forceActiveFocus(Qt.TabFocusReason);
                            }
                        }
                    }

                    FormField {
                        label: qsTr("Endpoint, model and adapter")
                        note: form.load.chat.problem
                        noteIsProblem: true

                        AppButton {
                            objectName: "loadChoice"
                            Layout.fillWidth: true
                            text: form.load.chat.endpointName + " · " + form.editor.picker.adapterLabel
                            onClicked: form.choiceWanted()
                        }

                        Chip {
                            visible: text !== ""
                            text: form.load.chat.healthText
                            tone: form.load.chat.health === EndpointListModel.Healthy ? Chip.Success : form.load.chat.health === EndpointListModel.Failing ? Chip.Danger : Chip.Neutral
                            maximumTextWidth: Theme.px(120)
                        }
                    }

                    LoadMixList {
                        Layout.fillWidth: true
                        mix: form.setup.mix
                    }

                    Heading {
                        text: qsTr("What is asked")
                    }

                    LoadWorkloadFields {
                        Layout.fillWidth: true
                        load: form.load
                        prompts: form.prompts
                    }
                }

                ColumnLayout {
                    Layout.alignment: Qt.AlignTop
                    Layout.fillWidth: true
                    spacing: Theme.space12

                    RowLayout {
                        Layout.fillWidth: true
                        spacing: Theme.space12

                        Segments {
                            objectName: "loadMode"
                            names: [qsTr("Draw the load"), qsTr("Find the limit")]
                            current: form.setup.sweeping ? 1 : 0
                            onChosen: index => form.setup.sweeping = index === 1
                        }

                        Item {
                            Layout.fillWidth: true
                        }
                    }

                    Rectangle {
                        Layout.fillWidth: true
                        visible: !form.setup.sweeping && !form.setup.traceAlone
                        implicitHeight: Theme.px(268)
                        radius: Theme.radiusCard
                        color: Theme.window
                        border.width: 1
                        border.color: Theme.borderSubtle

                        LoadShape {
                            id: drawing

                            anchors.fill: parent
                            anchors.margins: 1
                            blocks: form.setup.blocks
                            onSafeCurrentChanged: form.setup.block.row = drawing.safeCurrent
                        }
                    }

                    LoadBlockFields {
                        Layout.fillWidth: true
                        visible: !form.setup.sweeping && !form.setup.traceAlone
                        blocks: form.setup.blocks
                        editor: form.setup.block
                        traceOffered: form.setup.task === LoadSetup.Chat
                        recorded: form.setup.kind === LoadSetup.Trace
                        onChosen: row => drawing.choose(row)
                        onTraceWanted: {
                            form.setup.useTrace();
                            drawing.choose(form.setup.blocks.count - 1);
                            if (form.setup.file === "") {
                                trace.chooseFile();
                            }
                        }
                    }

                    LoadTraceFields {
                        id: trace

                        Layout.fillWidth: true
                        visible: !form.setup.sweeping && form.setup.kind === LoadSetup.Trace
                        setup: form.setup
                    }

                    LoadSweepFields {
                        Layout.fillWidth: true
                        visible: form.setup.sweeping
                        setup: form.setup
                    }

                    Caption {
                        objectName: "loadShapeProblem"
                        Layout.fillWidth: true
                        visible: text !== ""
                        text: form.setup.shapeProblem
                        color: Theme.danger
                        Accessible.role: Accessible.AlertMessage
                        Accessible.name: text
                    }

                    LoadExpectationCard {
                        Layout.fillWidth: true
                        setup: form.setup
                    }

                    LoadObjectiveFields {
                        setup: form.setup
                    }

                    Heading {
                        text: qsTr("How it goes")
                    }

                    LoadRunFields {
                        Layout.fillWidth: true
                        setup: form.setup
                    }
                }
            }
        }
    }

    FocusFollower {
        view: scroll
        content: grid
    }

    AppMenu {
        id: presetsMenu

        Instantiator {
            model: form.load.presets.own

            AppMenuItem {
                required property string modelData

                objectName: "removePreset"
                text: qsTr("Remove “%1”").arg(modelData)
                icon.name: "edit-delete"
                danger: true
                // Afterwards: a menu does not close if its item goes while it is triggered.
                onTriggered: Qt.callLater(form.load.presets.remove, modelData)
            }

            onObjectAdded: (index, object) => presetsMenu.insertItem(index, object as AppMenuItem)
            onObjectRemoved: (index, object) => presetsMenu.removeItem(object as AppMenuItem)
        }
    }

    AppDialog {
        id: saveDialog

        title: qsTr("Save as a preset")
        acceptText: form.load.presets.isTaken(presetName.text) ? qsTr("Replace") : qsTr("Save")
        acceptable: presetName.text.trim() !== ""
        onAboutToShow: presetName.clear()
        onOpened: presetName.forceActiveFocus(Qt.PopupFocusReason)
        onAccepted: form.load.presets.save(presetName.text)

        contentItem: FormField {
            label: qsTr("Name")
            note: form.load.presets.isTaken(presetName.text) ? qsTr("One of yours is called so, and would be replaced.") : qsTr("A file that “lori load --profile” reads too. It has no key, and no seed.")

            AppField {
                id: presetName

                objectName: "presetName"
                Layout.fillWidth: true
                Accessible.name: qsTr("Name of the preset")
                onAccepted: if (saveDialog.acceptable) {
                    saveDialog.accept();
                }
            }
        }
    }
}
