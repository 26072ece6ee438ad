// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Lorikeet.App

FocusScope {
    id: page

    required property Preferences preferences
    /// Where keys are kept, in a sentence.
    required property string keyStorage

    readonly property list<int> schemes: [Qt.ColorScheme.Unknown, Qt.ColorScheme.Light, Qt.ColorScheme.Dark]

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    component Setting: Item {
        id: setting

        property string title
        property string explanation
        default property alias control: holder.data

        Layout.fillWidth: true
        implicitHeight: Math.max(words.implicitHeight, Theme.px(32))

        ColumnLayout {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            width: setting.width - holder.width - Theme.space24
            spacing: Theme.space2

            BodyText {
                Layout.fillWidth: true
                text: setting.title
            }

            Caption {
                Layout.fillWidth: true
                visible: text !== ""
                text: setting.explanation
                font: Theme.role(12, Font.Normal)
            }
        }

        Item {
            id: holder

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(220)
            height: Theme.px(32)
        }
    }

    component Group: Text {
        Layout.topMargin: Theme.space16
        font: Theme.bodyStrong
        color: Theme.textMuted
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
            implicitHeight: column.implicitHeight + 2 * Theme.space32

            ColumnLayout {
                id: column

                x: (parent.width - width) / 2
                y: Theme.space32
                width: Math.min(Theme.px(640), parent.width - 2 * Theme.space24)
                spacing: Theme.space16

                Text {
                    text: qsTr("Settings")
                    font: Theme.pageTitle
                    color: Theme.text
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }

                Group {
                    text: qsTr("Look")
                }

                Setting {
                    title: qsTr("Colours")

                    AppComboBox {
                        focus: true
                        width: parent.width
                        model: [qsTr("as the system"), qsTr("light"), qsTr("dark")]
                        currentIndex: page.schemes.indexOf(page.preferences.scheme)
                        Accessible.name: qsTr("Colours")
                        onActivated: index => page.preferences.scheme = page.schemes[index]
                    }
                }

                Setting {
                    title: qsTr("Size of everything")
                    explanation: qsTr("Ctrl+= and Ctrl+− change it everywhere, Ctrl+0 goes back.")

                    RowLayout {
                        anchors.right: parent.right
                        spacing: Theme.space8

                        AppButton {
                            text: "−"
                            Accessible.name: qsTr("Smaller")
                            onClicked: page.preferences.stepZoom(-1)
                        }

                        Text {
                            Layout.preferredWidth: Theme.px(56)
                            horizontalAlignment: Text.AlignHCenter
                            text: qsTr("%1 %").arg(Math.round(page.preferences.zoom * 100))
                            font: Theme.number
                            color: Theme.text
                        }

                        AppButton {
                            text: "+"
                            Accessible.name: qsTr("Larger")
                            onClicked: page.preferences.stepZoom(1)
                        }
                    }
                }

                Setting {
                    title: qsTr("Size of the text in conversations")
                    explanation: qsTr("%1 pixels").arg(page.preferences.proseSize)

                    AppSlider {
                        width: parent.width
                        anchors.verticalCenter: parent.verticalCenter
                        from: 12
                        to: 22
                        stepSize: 1
                        value: page.preferences.proseSize
                        Accessible.name: qsTr("Size of the text in conversations")
                        onMoved: page.preferences.proseSize = value
                    }
                }

                Setting {
                    title: qsTr("Reduce motion")
                    explanation: qsTr("Nothing slides or fades.")

                    AppSwitch {
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        checked: page.preferences.reduceMotion
                        Accessible.name: qsTr("Reduce motion")
                        onToggled: page.preferences.reduceMotion = checked
                    }
                }

                Group {
                    text: qsTr("Writing")
                }

                Setting {
                    title: qsTr("Enter sends")
                    explanation: page.preferences.enterSends ? qsTr("Shift+Enter begins a new line.") : qsTr("Enter begins a new line, Ctrl+Enter sends.")

                    AppSwitch {
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        checked: page.preferences.enterSends
                        Accessible.name: qsTr("Enter sends")
                        onToggled: page.preferences.enterSends = checked
                    }
                }

                Group {
                    text: qsTr("Keys")
                }

                BodyText {
                    objectName: "keyStorage"
                    Layout.fillWidth: true
                    text: page.keyStorage
                }

                Group {
                    text: qsTr("About")
                }

                BodyText {
                    Layout.fillWidth: true
                    text: qsTr("Lorikeet %1, free software under the GNU General Public License, version 3 or later.").arg(Application.version)
                }
            }
        }
    }
}
