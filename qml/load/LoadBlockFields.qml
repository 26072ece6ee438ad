// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// What can be added to a load, and the numbers of the block that is chosen.
ColumnLayout {
    id: fields

    required property LoadBlocks blocks
    required property LoadBlockEditor editor
    readonly property int current: fields.editor.row

    /// A recorded trace may be one of the blocks.
    property bool traceOffered: true
    /// There is one that blocks can play.
    property bool recorded: false

    signal chosen(row: int)
    signal traceWanted

    readonly property int kind: fields.editor.facts.shape
    readonly property int unit: fields.editor.facts.unit

    readonly property list<string> names: [qsTr("Users"), qsTr("Even"), qsTr("Poisson"), qsTr("Bursts"), qsTr("Ramp"), qsTr("Stairs"), qsTr("Pause"), ...(fields.recorded ? [qsTr("Trace")] : [])]

    spacing: Theme.space8

    component BlockNumber: LoadNumberField {
        Layout.maximumWidth: Theme.px(120)
    }

    Flow {
        Layout.fillWidth: true
        spacing: Theme.space4

        Caption {
            height: Theme.px(26)
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Add")
        }

        Repeater {
            model: [
                {
                    name: qsTr("Users"),
                    shape: LoadBlocks.Closed
                },
                {
                    name: qsTr("Even rate"),
                    shape: LoadBlocks.Constant
                },
                {
                    name: qsTr("Poisson"),
                    shape: LoadBlocks.Poisson
                },
                {
                    name: qsTr("Bursts"),
                    shape: LoadBlocks.Burst
                },
                {
                    name: qsTr("Ramp"),
                    shape: LoadBlocks.Ramp
                },
                {
                    name: qsTr("Stairs"),
                    shape: LoadBlocks.Stairs
                },
                {
                    name: qsTr("Spike"),
                    shape: LoadBlocks.Spike
                },
                {
                    name: qsTr("Pause"),
                    shape: LoadBlocks.Pause
                }
            ]

            AppButton {
                required property string name
                required property int shape

                objectName: "addBlock" + shape
                implicitHeight: Theme.px(26)
                font: Theme.metric
                text: name
                Accessible.name: qsTr("Add: %1", "a block of a load").arg(name)
                onClicked: fields.chosen(fields.blocks.add(shape, fields.current))
            }
        }

        AppButton {
            objectName: "addTrace"
            visible: fields.traceOffered
            implicitHeight: Theme.px(26)
            font: Theme.metric
            text: qsTr("Trace …")
            Accessible.name: qsTr("Add: a recorded trace")
            onClicked: fields.traceWanted()
        }
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space12

        FormField {
            Layout.maximumWidth: Theme.px(132)
            Layout.minimumWidth: Theme.px(108)
            label: qsTr("Block %1").arg(fields.current + 1)

            AppComboBox {
                objectName: "blockShape"
                Layout.fillWidth: true
                model: fields.names
                currentIndex: fields.kind
                // Another model begins with its first entry.
                onModelChanged: currentIndex = Qt.binding(() => fields.kind)
                Accessible.name: qsTr("Shape of the block")
                onActivated: index => fields.blocks.setShape(fields.current, index)
            }
        }

        FormField {
            Layout.maximumWidth: Theme.px(132)
            visible: fields.editor.sloped
            label: qsTr("of")

            AppComboBox {
                Layout.fillWidth: true
                model: [qsTr("users"), qsTr("requests/s")]
                currentIndex: fields.unit
                Accessible.name: qsTr("What grows")
                onActivated: index => fields.blocks.setUnit(fields.current, index)
            }
        }

        BlockNumber {
            visible: fields.kind !== LoadBlocks.Pause && fields.kind !== LoadBlocks.Trace
            fieldName: "blockFrom"
            label: fields.editor.sloped ? qsTr("From") : fields.unit === LoadBlocks.Users ? qsTr("Users at once") : qsTr("Requests a second")
            number: fields.editor.from
        }

        BlockNumber {
            visible: fields.editor.sloped
            fieldName: "blockTo"
            label: qsTr("To")
            number: fields.editor.to
        }

        BlockNumber {
            visible: fields.kind === LoadBlocks.Stairs
            fieldName: "blockSteps"
            label: qsTr("Steps")
            number: fields.editor.steps
        }

        BlockNumber {
            visible: fields.kind === LoadBlocks.Burst
            fieldName: "blockBurstiness"
            label: qsTr("Burstiness")
            number: fields.editor.burstiness
        }

        BlockNumber {
            fieldName: "blockSeconds"
            label: qsTr("Seconds")
            number: fields.editor.seconds
        }

        Item {
            Layout.fillWidth: true
        }

        IconButton {
            Layout.alignment: Qt.AlignBottom
            enabled: fields.blocks.count > 1
            icon.name: "edit-delete"
            text: qsTr("Remove the block")
            shortcutHint: "Del"
            onClicked: {
                fields.blocks.remove(fields.current);
                fields.chosen(Math.min(fields.current, fields.blocks.count - 1));
            }
        }
    }
}
