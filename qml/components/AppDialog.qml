// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QtQuick.Templates as T

/// A question over the window: a title, content, and buttons at the end. Escape is "no".
T.Dialog {
    id: dialog

    property string acceptText: qsTr("OK")
    property string rejectText: qsTr("Cancel")
    property bool dangerous: false
    property bool acceptable: true

    anchors.centerIn: Overlay.overlay
    implicitWidth: Theme.px(440)
    implicitHeight: contentHeight + header.implicitHeight + footer.implicitHeight + topPadding + bottomPadding
    modal: true
    focus: true
    padding: Theme.space24
    topPadding: Theme.space8
    bottomPadding: Theme.space16
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside

    header: Text {
        padding: Theme.space24
        bottomPadding: Theme.space8
        text: dialog.title
        font: Theme.sessionTitle
        color: Theme.text
        wrapMode: Text.Wrap
    }

    footer: RowLayout {
        spacing: Theme.space8

        Item {
            Layout.fillWidth: true
            implicitHeight: Theme.px(56)
        }

        AppButton {
            visible: dialog.rejectText !== ""
            text: dialog.rejectText
            onClicked: dialog.reject()
        }

        AppButton {
            Layout.rightMargin: Theme.space24
            text: dialog.acceptText
            enabled: dialog.acceptable
            kind: dialog.dangerous ? AppButton.Danger : AppButton.Primary
            onClicked: dialog.accept()
        }
    }

    background: PopupGround {
        radius: Theme.radiusLarge
    }

    T.Overlay.modal: Rectangle {
        color: Theme.dark ? "#A0000000" : "#60161A22"
    }
}
