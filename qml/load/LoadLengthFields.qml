// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Lorikeet.App

/// How long prompts or answers are.
ColumnLayout {
    id: fields

    required property LoadLengths lengths
    property string label
    property string fieldName
    /// There may be none.
    property bool optional: false

    readonly property list<int> kinds: fields.optional ? [LoadLengths.None, LoadLengths.Fixed, LoadLengths.Uniform, LoadLengths.Normal, LoadLengths.LogNormal] : [LoadLengths.Fixed, LoadLengths.Uniform, LoadLengths.Normal, LoadLengths.LogNormal]
    readonly property bool two: fields.lengths.kind === LoadLengths.Uniform || fields.lengths.kind === LoadLengths.Normal || fields.lengths.kind === LoadLengths.LogNormal

    function nameOf(kind: int): string {
        switch (kind) {
        case LoadLengths.Fixed:
            return qsTr("always");
        case LoadLengths.Uniform:
            return qsTr("from … to …");
        case LoadLengths.Normal:
            return qsTr("normal");
        case LoadLengths.LogNormal:
            return qsTr("log-normal");
        case LoadLengths.Kept:
            return qsTr("as in the profile");
        default:
            return qsTr("no limit");
        }
    }

    Layout.fillWidth: true
    spacing: Theme.space4

    Caption {
        text: fields.label
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space8

        AppComboBox {
            Layout.preferredWidth: Theme.px(128)
            model: fields.kinds.concat(fields.lengths.kind === LoadLengths.Kept ? [LoadLengths.Kept] : []).map(kind => fields.nameOf(kind))
            currentIndex: fields.lengths.kind === LoadLengths.Kept ? fields.kinds.length : fields.kinds.indexOf(fields.lengths.kind)
            Accessible.name: fields.label
            onActivated: index => fields.lengths.kind = index < fields.kinds.length ? fields.kinds[index] : LoadLengths.Kept
        }

        AppField {
            objectName: fields.fieldName
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            visible: fields.lengths.kind !== LoadLengths.None && fields.lengths.kind !== LoadLengths.Kept
            mono: true
            text: fields.lengths.first.text
            problem: fields.lengths.first.problem !== ""
            Accessible.name: fields.two ? fields.lengths.kind === LoadLengths.Uniform ? qsTr("%1, the least").arg(fields.label) : qsTr("%1, the mean").arg(fields.label) : fields.label
            onTextEdited: fields.lengths.first.text = text
        }

        Caption {
            visible: fields.two
            text: fields.lengths.kind === LoadLengths.Uniform ? "–" : "±"
        }

        AppField {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            visible: fields.two
            mono: true
            text: fields.lengths.second.text
            problem: fields.lengths.second.problem !== ""
            Accessible.name: fields.lengths.kind === LoadLengths.Uniform ? qsTr("%1, the most").arg(fields.label) : qsTr("%1, the standard deviation").arg(fields.label)
            onTextEdited: fields.lengths.second.text = text
        }

        Caption {
            visible: fields.lengths.kind !== LoadLengths.None && fields.lengths.kind !== LoadLengths.Kept
            text: qsTr("tokens")
        }

        Item {
            Layout.fillWidth: true
            visible: fields.lengths.kind === LoadLengths.None || fields.lengths.kind === LoadLengths.Kept
        }
    }

    Caption {
        Layout.fillWidth: true
        visible: text !== ""
        text: fields.lengths.problem
        color: Theme.danger
    }
}
