// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

/// A text of a request: what was asked, thought or answered. A long one is shown in part, until all
/// of it is wanted.
ColumnLayout {
    id: part

    required property string title
    required property string whole
    /// Why it is not there, or not all of it; empty: it is.
    property string note
    property string boxName
    property int maximumLines: 10
    /// What else can be done with it, beside its title.
    default property alias actions: further.data

    /// Laying out more takes long enough to be felt.
    readonly property int most: 20000
    readonly property bool isLong: part.whole.length > part.most
    property bool unfolded: false

    signal copyWanted

    onWholeChanged: part.unfolded = false
    spacing: Theme.space4

    RowLayout {
        Layout.fillWidth: true

        Caption {
            Layout.fillWidth: true
            text: part.title
        }

        RowLayout {
            id: further
        }

        CopyButton {
            visible: part.whole !== ""
            text: qsTr("Copy: %1").arg(part.title)
            onClicked: part.copyWanted()
        }
    }

    AppTextBox {
        objectName: part.boxName
        Layout.fillWidth: true
        visible: part.whole !== ""
        readOnly: true
        minimumLines: 1
        maximumLines: part.maximumLines
        name: part.title
        text: part.isLong && !part.unfolded ? part.whole.slice(0, part.most) + "…" : part.whole
    }

    RowLayout {
        Layout.fillWidth: true
        visible: part.isLong && !part.unfolded

        Caption {
            Layout.fillWidth: true
            text: qsTr("The first %L1 of %L2 characters; “Copy” takes all of them.").arg(part.most).arg(part.whole.length)
        }

        AppButton {
            kind: AppButton.Flat
            implicitHeight: Theme.px(28)
            text: qsTr("Show all")
            onClicked: part.unfolded = true
        }
    }

    Caption {
        Layout.fillWidth: true
        visible: part.note !== ""
        text: part.note
    }
}
