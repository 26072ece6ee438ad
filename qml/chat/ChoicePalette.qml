// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// The adapter, the model or the endpoint of the next answers, from all there are.
SearchPalette {
    id: palette

    required property SetupEditor setup

    readonly property AdapterPicker picker: palette.setup.picker
    readonly property ChoiceList choices: palette.setup.choices

    searchName: "choiceSearch"
    placeholderText: palette.picker.style === AdapterPicker.FreeText ? qsTr("Search all endpoints, or type the id of an adapter") : qsTr("Search adapters, models and endpoints")
    listName: qsTr("Adapters, models and endpoints")
    emptyText: palette.query === "" ? palette.picker.reason : qsTr("Nothing here is called so.")
    footerShown: palette.picker.sources.length > 0
    model: palette.choices
    section.property: "section"
    section.delegate: Caption {
        required property string section

        width: ListView.view?.width ?? 0
        height: section === "" ? 0 : implicitHeight
        visible: section !== ""
        leftPadding: Theme.space8
        topPadding: Theme.space8
        bottomPadding: Theme.space4
        text: section
    }
    onQueryChanged: palette.choices.query = palette.query
    onTaken: index => palette.choices.pick(index)

    delegate: ChoiceItem {
        onTriggered: palette.take(index)
    }

    Caption {
        Layout.leftMargin: Theme.space8
        text: qsTr("A typed id is taken from")
    }

    AppComboBox {
        objectName: "choiceSource"
        Layout.preferredWidth: Theme.px(120)
        model: palette.picker.sources
        currentIndex: Math.max(0, palette.picker.sources.indexOf(palette.choices.source))
        Accessible.name: qsTr("Source of a typed adapter")
        onActivated: palette.choices.source = currentText
    }

    Item {
        Layout.fillWidth: true
    }
}
