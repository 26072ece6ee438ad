// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// The variables of a template, to be filled in before it becomes a prompt.
AppDialog {
    id: dialog

    required property TemplateForm form
    readonly property real room: (Overlay.overlay?.height ?? 600) - Theme.px(250)

    objectName: "templateFormDialog"
    implicitWidth: Math.min(Theme.px(640), (Overlay.overlay?.width ?? 960) - 2 * Theme.space24)
    title: dialog.form.name
    acceptText: qsTr("Put into the prompt")
    acceptable: dialog.form.problem === ""
    onAccepted: dialog.form.apply()
    onOpened: dialog.firstField().takeFocus()

    /// The first that has to be filled in, else the first.
    function firstField(): TemplateField {
        for (let i = 0; i < fields.count; ++i) {
            const field = fields.itemAt(i) as TemplateField;
            if (field.needed && field.valueText === "") {
                return field;
            }
        }
        return fields.itemAt(0) as TemplateField;
    }

    Connections {
        target: dialog.form

        function onWanted() {
            dialog.open();
        }
    }

    contentItem: ColumnLayout {
        spacing: Theme.space12

        BodyText {
            Layout.fillWidth: true
            visible: text !== ""
            text: dialog.form.description
            color: Theme.textSecondary
        }

        ScrollView {
            id: scroll

            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(column.implicitHeight, Math.max(Theme.px(140), dialog.room))
            clip: true
            contentWidth: availableWidth

            ScrollBar.vertical: AppScrollBar {
                parent: scroll
                x: scroll.width - width
                height: scroll.height
            }

            ColumnLayout {
                id: column

                width: scroll.availableWidth
                spacing: Theme.space12

                Repeater {
                    id: fields

                    model: dialog.form

                    TemplateField {
                        Layout.fillWidth: true
                        onEdited: text => dialog.form.setValue(index, text)
                        onSubmitted: if (dialog.acceptable) {
                            dialog.accept();
                        }
                    }
                }

                Caption {
                    visible: dialog.form.examples.length > 0
                    text: qsTr("Examples, sent before it")
                }

                ExampleTurns {
                    objectName: "templateExamples"
                    Layout.fillWidth: true
                    visible: dialog.form.examples.length > 0
                    model: dialog.form.examples
                }

                Caption {
                    text: qsTr("Becomes")
                }

                Rectangle {
                    Layout.fillWidth: true
                    implicitHeight: Math.min(preview.implicitHeight, Theme.px(9 * 18)) + Theme.space16
                    radius: Theme.radiusUser
                    color: Theme.userText
                    clip: true

                    BodyText {
                        id: preview

                        objectName: "templatePreview"
                        x: Theme.space12
                        y: Theme.space8
                        width: parent.width - 2 * Theme.space12
                        text: dialog.form.preview
                        maximumLineCount: 9
                        elide: Text.ElideRight
                    }
                }
            }
        }

        Caption {
            Layout.fillWidth: true
            visible: text !== ""
            text: dialog.form.brings
        }

        Caption {
            objectName: "templateProblem"
            Layout.fillWidth: true
            visible: text !== ""
            text: dialog.form.problem
            color: Theme.danger
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
    }
}
