// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Lorikeet.App

/// Headers, time limits, proxy, certificates and the default model.
ColumnLayout {
    id: section

    required property EndpointEditor editor
    property bool open: false
    property bool mnemonicShown: false

    spacing: Theme.space16

    component FileField: FormField {
        id: field

        property string path

        signal picked(path: string)

        AppField {
            Layout.fillWidth: true
            mono: true
            text: field.path
            placeholderText: qsTr("none (PEM)")
            Accessible.name: field.label
            onTextEdited: field.picked(text)
        }

        AppButton {
            text: qsTr("Choose …")
            Accessible.name: qsTr("Choose a file: %1").arg(field.label)
            onClicked: dialog.open()
        }

        FileDialog {
            id: dialog

            title: field.label
            nameFilters: [qsTr("Certificates (*.pem *.crt *.cer *.key)"), qsTr("All files (*)")]
            onAccepted: field.picked(section.editor.localPath(selectedFile))
        }
    }

    component SecondsField: FormField {
        id: seconds

        property string value

        signal edited(text: string)

        AppField {
            Layout.fillWidth: true
            mono: true
            text: seconds.value
            inputMethodHints: Qt.ImhFormattedNumbersOnly
            Accessible.name: seconds.label
            onTextEdited: seconds.edited(text)
        }
    }

    AppButton {
        objectName: "advancedButton"
        // Its words stand below the other fields' edge.
        Layout.leftMargin: -Theme.space8
        kind: AppButton.Flat
        mnemonicShown: section.mnemonicShown
        text: section.open ? qsTr("Hide the advanced settings") : qsTr("Advanced: headers, time limits, proxy, certificates")
        mnemonic: "v"
        icon.name: section.open ? "arrow-up" : "arrow-down"
        onClicked: section.open = !section.open
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: section.open
        spacing: Theme.space16

        FormField {
            label: qsTr("Model of a new chat")

            AppField {
                Layout.fillWidth: true
                mono: true
                text: section.editor.model
                placeholderText: qsTr("what the server serves")
                Accessible.name: qsTr("Model of a new chat")
                onTextEdited: section.editor.model = text
            }
        }

        FormField {
            label: qsTr("Headers of every request, one a line")
            note: qsTr("A key does not belong here in plain text: write %1 to take it from the environment.").arg("${NAME}")

            AppTextBox {
                id: headers

                Layout.fillWidth: true
                mono: true
                minimumLines: 2
                name: qsTr("Headers of every request")
                placeholderText: "X-Team: research"
                text: section.editor.headers
                onEdited: section.editor.headers = text

                Connections {
                    target: section.editor

                    function onLoaded() {
                        headers.text = section.editor.headers;
                    }
                }
            }
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space16

            SecondsField {
                label: qsTr("Connect, seconds")
                value: section.editor.connectTimeout
                onEdited: text => section.editor.connectTimeout = text
            }

            SecondsField {
                label: qsTr("First token, seconds")
                value: section.editor.firstTokenTimeout
                onEdited: text => section.editor.firstTokenTimeout = text
            }

            SecondsField {
                label: qsTr("Silence, seconds")
                value: section.editor.idleTimeout
                onEdited: text => section.editor.idleTimeout = text
            }
        }

        FormField {
            label: qsTr("Proxy")

            AppComboBox {
                Layout.preferredWidth: Theme.px(220)
                model: [qsTr("none if local, else the system’s"), qsTr("none"), qsTr("this one:")]
                currentIndex: section.editor.proxyMode
                Accessible.name: qsTr("Proxy")
                onActivated: index => section.editor.proxyMode = index
            }

            AppField {
                Layout.fillWidth: true
                enabled: section.editor.proxyMode === 2
                mono: true
                text: section.editor.proxyUrl
                placeholderText: "http://proxy:3128"
                Accessible.name: qsTr("Address of the proxy")
                onTextEdited: section.editor.proxyUrl = text
            }
        }

        FileField {
            label: qsTr("Further authority to trust")
            path: section.editor.caFile
            onPicked: path => section.editor.caFile = path
        }

        FileField {
            label: qsTr("Client certificate")
            path: section.editor.clientCertificate
            onPicked: path => section.editor.clientCertificate = path
        }

        FileField {
            label: qsTr("Key of the client certificate")
            path: section.editor.clientKey
            onPicked: path => section.editor.clientKey = path
        }
    }
}
