// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

/// One endpoint: its address, its key, a test, and behind "Advanced" the rest.
FocusScope {
    id: form

    required property EndpointEditor editor

    /// Alt is held down.
    property bool mnemonicShown: false

    signal useWanted
    signal loadWanted
    signal removeWanted
    /// Esc: what was typed stays.
    signal leaveWanted

    function focusFirst() {
        url.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    Keys.onPressed: event => {
        form.mnemonicShown = event.key === Qt.Key_Alt;
        event.accepted = event.key === Qt.Key_Escape;
        if (event.accepted) {
            form.leaveWanted();
        }
    }
    Keys.onReleased: form.mnemonicShown = false
    onActiveFocusChanged: form.mnemonicShown = false

    Connections {
        target: form.editor

        function onAdded() {
            if (form.visible) {
                use.forceActiveFocus(Qt.TabFocusReason);
            }
        }
    }

    FocusFollower {
        view: scroll
        content: column
    }

    ScrollView {
        id: scroll

        anchors.fill: parent
        focus: true
        contentWidth: availableWidth

        ScrollBar.vertical: AppScrollBar {
            parent: scroll
            x: scroll.width - width
            height: scroll.height
        }

        Item {
            width: scroll.availableWidth
            implicitHeight: column.implicitHeight + 2 * Theme.space24

            ColumnLayout {
                id: column

                x: (parent.width - width) / 2
                y: Theme.space24
                width: Math.min(Theme.px(640), parent.width - 2 * Theme.space24)
                spacing: Theme.space16

                Text {
                    Layout.fillWidth: true
                    text: form.editor.fresh ? qsTr("New endpoint") : form.editor.name
                    font: Theme.pageTitle
                    color: Theme.text
                    elide: Text.ElideRight
                    textFormat: Text.PlainText
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }

                BodyText {
                    Layout.fillWidth: true
                    visible: form.editor.demo
                    color: Theme.textSecondary
                    text: qsTr("A small server inside Lorikeet that needs no network. Its answers are made up, its three adapters change their tone, and the models named “fault/…” fail on purpose.")
                }

                FormField {
                    label: qsTr("Address")
                    mnemonic: "A"
                    mnemonicShown: form.mnemonicShown
                    note: form.editor.problem
                    noteIsProblem: true

                    AppField {
                        id: url

                        objectName: "urlField"
                        Layout.fillWidth: true
                        focus: true
                        mono: true
                        readOnly: form.editor.demo
                        text: form.editor.url
                        placeholderText: "http://localhost:8080"
                        problem: form.editor.problem !== ""
                        Accessible.name: qsTr("Address")
                        onTextEdited: form.editor.url = text
                        onAccepted: form.editor.test()
                    }

                    AppButton {
                        objectName: "testButton"
                        text: qsTr("Test")
                        mnemonic: "T"
                        mnemonicShown: form.mnemonicShown
                        enabled: form.editor.trial.state !== EndpointTrial.Testing
                        onClicked: form.editor.test()
                    }
                }

                EndpointTest {
                    Layout.fillWidth: true
                    visible: form.editor.trial.state !== EndpointTrial.Untested
                    trial: form.editor.trial
                    mnemonicShown: form.mnemonicShown
                    onFixWanted: form.editor.applyFix()
                    onTrustWanted: form.editor.trustCertificate()
                }

                FormField {
                    label: qsTr("Key (optional)")
                    mnemonic: "K"
                    mnemonicShown: form.mnemonicShown
                    visible: !form.editor.demo
                    note: form.editor.keyState

                    AppField {
                        objectName: "keyField"
                        Layout.fillWidth: true
                        mono: true
                        echoMode: text.startsWith("env:") ? TextInput.Normal : TextInput.Password
                        passwordCharacter: "•"
                        text: form.editor.key
                        placeholderText: form.editor.hasKey && form.editor.key === "" ? qsTr("kept; type to replace it") : qsTr("sk-… or env:NAME")
                        Accessible.name: qsTr("Key")
                        Accessible.passwordEdit: true
                        onTextEdited: form.editor.key = text
                        onAccepted: form.editor.test()
                    }

                    AppButton {
                        visible: form.editor.hasKey
                        text: qsTr("Remove")
                        Accessible.name: qsTr("Remove the key")
                        onClicked: form.editor.removeKey()
                    }
                }

                RowLayout {
                    visible: !form.editor.demo
                    spacing: Theme.space16

                    FormField {
                        label: qsTr("Name")
                        mnemonic: "N"
                        mnemonicShown: form.mnemonicShown

                        AppField {
                            objectName: "nameField"
                            Layout.fillWidth: true
                            text: form.editor.name
                            placeholderText: qsTr("the host’s name")
                            Accessible.name: qsTr("Name")
                            onTextEdited: form.editor.name = text
                            onAccepted: form.editor.save()
                        }
                    }

                    FormField {
                        label: qsTr("Dialect")
                        mnemonic: "l"
                        mnemonicShown: form.mnemonicShown

                        AppComboBox {
                            objectName: "dialectBox"
                            Layout.fillWidth: true
                            model: form.editor.dialects
                            currentIndex: form.editor.dialect
                            Accessible.name: qsTr("Dialect")
                            onActivated: index => form.editor.dialect = index
                        }
                    }
                }

                FormField {
                    label: qsTr("Model of a new chat")
                    visible: !form.editor.demo

                    AppField {
                        Layout.fillWidth: true
                        mono: true
                        text: form.editor.model
                        placeholderText: qsTr("what the server serves")
                        Accessible.name: qsTr("Model of a new chat")
                        onTextEdited: form.editor.model = text
                    }
                }

                NetworkSection {
                    id: network

                    Layout.fillWidth: true
                    visible: !form.editor.demo
                    editor: form.editor
                    mnemonicShown: form.mnemonicShown
                }

                RowLayout {
                    Layout.topMargin: Theme.space8
                    spacing: Theme.space8

                    AppButton {
                        objectName: "saveButton"
                        visible: !form.editor.demo
                        kind: form.editor.dirty ? AppButton.Primary : AppButton.Plain
                        text: form.editor.fresh ? qsTr("Add") : qsTr("Save")
                        mnemonic: form.editor.fresh ? "d" : "S"
                        mnemonicShown: form.mnemonicShown
                        enabled: form.editor.dirty
                        onClicked: form.editor.save()
                    }

                    AppButton {
                        visible: form.editor.dirty && !form.editor.demo
                        text: qsTr("Discard")
                        mnemonic: "i"
                        mnemonicShown: form.mnemonicShown
                        onClicked: form.editor.revert()
                    }

                    AppButton {
                        id: use

                        objectName: "useButton"
                        visible: !form.editor.fresh && !form.editor.dirty
                        kind: AppButton.Primary
                        text: qsTr("Chat with it")
                        mnemonic: "C"
                        mnemonicShown: form.mnemonicShown
                        onClicked: form.useWanted()
                    }

                    AppButton {
                        objectName: "loadTestButton"
                        visible: use.visible
                        text: qsTr("Load-test it")
                        onClicked: form.loadWanted()
                    }

                    Item {
                        Layout.fillWidth: true
                    }

                    AppButton {
                        visible: !form.editor.fresh && !form.editor.demo
                        kind: AppButton.Danger
                        text: qsTr("Remove")
                        mnemonic: "R"
                        mnemonicShown: form.mnemonicShown
                        onClicked: form.removeWanted()
                    }
                }
            }
        }
    }
}
