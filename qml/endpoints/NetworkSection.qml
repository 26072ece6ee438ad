// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// How the endpoint is reached: the way there, whom to trust, what is sent along, how long to wait,
/// and whether to try again. Closed until somebody needs it.
ColumnLayout {
    id: section

    required property EndpointEditor editor
    property bool open: false
    property bool mnemonicShown: false

    readonly property NetworkForm network: section.editor.network

    spacing: Theme.space16

    component Heading: Text {
        Layout.topMargin: Theme.space8
        font: Theme.bodyStrong
        color: Theme.text
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space8

        AppButton {
            objectName: "connectionButton"
            // Its words stand below the other fields' edge.
            Layout.leftMargin: -Theme.space8
            kind: AppButton.Flat
            mnemonicShown: section.mnemonicShown
            text: section.open ? qsTr("Hide the connection") : qsTr("Connection")
            mnemonic: "o"
            icon.name: section.open ? "arrow-up" : "arrow-down"
            onClicked: section.open = !section.open
        }

        Caption {
            objectName: "connectionSummary"
            Layout.fillWidth: true
            visible: !section.open
            font: Theme.role(12, Font.Normal)
            text: section.network.summary === "" ? qsTr("proxy, certificates, headers, time limits, retries") : section.network.summary
            color: section.network.summary === "" ? Theme.textMuted : Theme.textSecondary
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: section.open
        spacing: Theme.space16

        Heading {
            text: qsTr("The way there")
        }

        FormField {
            label: qsTr("Proxy")

            AppComboBox {
                Layout.preferredWidth: Theme.px(264)
                model: [qsTr("none if local, else the system’s"), qsTr("none"), qsTr("this one:")]
                currentIndex: section.network.proxyMode
                Accessible.name: qsTr("Proxy")
                onActivated: index => section.network.proxyMode = index
            }

            AppField {
                Layout.fillWidth: true
                enabled: section.network.proxyMode === 2
                mono: true
                text: section.network.proxyUrl
                placeholderText: "http://proxy:3128"
                Accessible.name: qsTr("Address of the proxy")
                onTextEdited: section.network.proxyUrl = text
            }
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space16

            FormField {
                Layout.preferredWidth: 1
                label: qsTr("HTTP version")
                note: section.network.httpVersion === 0 ? "" : qsTr("All streams share one connection: measured times are each other’s too.")

                AppComboBox {
                    Layout.fillWidth: true
                    model: [qsTr("HTTP/1.1"), qsTr("HTTP/2 if both can"), qsTr("HTTP/2 only")]
                    currentIndex: section.network.httpVersion
                    Accessible.name: qsTr("HTTP version")
                    onActivated: index => section.network.httpVersion = index
                }
            }

            FormField {
                Layout.preferredWidth: 1
                label: qsTr("UNIX socket")

                AppField {
                    Layout.fillWidth: true
                    mono: true
                    text: section.network.unixSocket
                    placeholderText: qsTr("none (/run/llama.sock)")
                    Accessible.name: qsTr("UNIX socket")
                    onTextEdited: section.network.unixSocket = text
                }
            }
        }

        Heading {
            text: qsTr("Whom to trust")
        }

        FileField {
            editor: section.editor
            label: qsTr("Further authority")
            path: section.network.caFile
            onPicked: path => section.network.caFile = path
        }

        FormField {
            label: qsTr("Pinned certificate (SHA-256 fingerprint)")
            note: section.network.pin === "" ? qsTr("Test offers to pin a certificate that is not accepted otherwise.") : qsTr("The server must show exactly this one; nothing else of it is checked.")

            AppField {
                objectName: "pinField"
                Layout.fillWidth: true
                mono: true
                text: section.network.pin
                placeholderText: qsTr("none")
                Accessible.name: qsTr("Pinned certificate")
                onTextEdited: section.network.pin = text
            }
        }

        FileField {
            editor: section.editor
            label: qsTr("Client certificate")
            path: section.network.clientCertificate
            onPicked: path => section.network.clientCertificate = path
        }

        FileField {
            editor: section.editor
            label: qsTr("Key of the client certificate, if it is another file")
            path: section.network.clientKey
            onPicked: path => section.network.clientKey = path
        }

        SecretRow {
            label: qsTr("Passphrase of that key")
            field: section.network.passphrase
            fieldName: "passphraseField"
            placeholderText: qsTr("none, or env:NAME")
        }

        Heading {
            text: qsTr("Sent with each request")
        }

        FormField {
            label: qsTr("Headers, one a line")
            note: qsTr("A key does not belong here in plain text: write %1 to take it from the environment.").arg("${NAME}")

            AppTextBox {
                id: headers

                Layout.fillWidth: true
                mono: true
                minimumLines: 2
                name: qsTr("Headers of every request")
                placeholderText: "X-Team: research"
                text: section.network.headers
                onEdited: section.network.headers = text

                Connections {
                    target: section.editor

                    function onLoaded() {
                        headers.text = section.network.headers;
                    }
                }
            }
        }

        SecretRow {
            label: qsTr("Cookie")
            field: section.network.cookie
            fieldName: "cookieField"
            placeholderText: qsTr("session=…, or env:NAME")
        }

        SecretRow {
            label: qsTr("Token for private adapters (LoRAX)")
            field: section.network.adapterToken
            fieldName: "adapterTokenField"
            placeholderText: qsTr("hf_…, or env:NAME")
        }

        Heading {
            text: qsTr("Time limits in seconds; 0: none")
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space16

            NumberField {
                label: qsTr("Connect")
                value: section.network.connectTimeout
                onEdited: text => section.network.connectTimeout = text
            }

            NumberField {
                label: qsTr("First token")
                value: section.network.firstTokenTimeout
                onEdited: text => section.network.firstTokenTimeout = text
            }

            NumberField {
                label: qsTr("Silence")
                value: section.network.idleTimeout
                onEdited: text => section.network.idleTimeout = text
            }

            NumberField {
                label: qsTr("Whole answer")
                value: section.network.totalTimeout
                onEdited: text => section.network.totalTimeout = text
            }
        }

        Heading {
            text: qsTr("Trying again")
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space16

            NumberField {
                label: qsTr("Further tries")
                value: section.network.retries
                onEdited: text => section.network.retries = text
            }

            NumberField {
                label: qsTr("First wait, s")
                value: section.network.firstDelay
                onEdited: text => section.network.firstDelay = text
            }

            NumberField {
                label: qsTr("Longest wait, s")
                value: section.network.longestDelay
                onEdited: text => section.network.longestDelay = text
            }

            NumberField {
                label: qsTr("If it asks, up to, s")
                value: section.network.longestRetryAfter
                onEdited: text => section.network.longestRetryAfter = text
            }
        }

        Caption {
            Layout.fillWidth: true
            font: Theme.role(12, Font.Normal)
            text: qsTr("Only what failed before an answer began is sent again, each try is shown, and a used-up quota is never tried again.")
        }
    }
}
