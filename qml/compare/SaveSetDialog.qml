// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// Gives a set of lanes the name under which it is found again.
AppDialog {
    id: dialog

    required property CompareController compare

    title: qsTr("Save these lanes")
    acceptText: qsTr("Save")
    acceptable: name.text.trim() !== ""
    onAboutToShow: {
        name.text = dialog.compare.blank ? "" : dialog.compare.title;
        name.selectAll();
        name.forceActiveFocus(Qt.PopupFocusReason);
    }
    onAccepted: dialog.compare.saveSet(name.text)

    ColumnLayout {
        width: dialog.availableWidth
        spacing: Theme.space8

        BodyText {
            Layout.fillWidth: true
            color: Theme.textSecondary
            text: qsTr("Endpoints, models, adapters, system prompts and parameters of the %n lane(s); nothing that was said.", "", dialog.compare.laneCount)
        }

        AppField {
            id: name

            objectName: "setNameField"
            Layout.fillWidth: true
            placeholderText: qsTr("Name of the set")
            Accessible.name: qsTr("Name of the set")
            onAccepted: if (dialog.acceptable) {
                dialog.accept();
            }
        }
    }
}
