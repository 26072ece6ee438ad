// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import Lorikeet.App

/// Of which stretch of a run its figures are, and where else its ends could be.
Flow {
    id: row

    required property LoadController load

    readonly property LoadCut cut: row.load.cut
    readonly property ChartSpan span: row.load.charts.span

    spacing: Theme.space8

    component End: AppField {
        id: end

        required property LoadNumber number

        width: Theme.px(88)
        mono: true
        text: end.number.text
        problem: end.number.problem !== ""
        inputMethodHints: Qt.ImhFormattedNumbersOnly
        onTextEdited: end.number.text = end.text
        onAccepted: row.cut.apply()
    }

    component Word: Caption {
        height: Theme.px(32)
        verticalAlignment: Text.AlignVCenter
    }

    Word {
        text: qsTr("Figures are of")
    }

    End {
        objectName: "cutFrom"
        number: row.cut.from
        Accessible.name: qsTr("Beginning of what is measured, seconds")
    }

    Word {
        text: qsTr("to")
    }

    End {
        objectName: "cutTo"
        number: row.cut.to
        Accessible.name: qsTr("End of what is measured, seconds")
    }

    Word {
        text: qsTr("s")
    }

    AppButton {
        objectName: "cutApply"
        text: qsTr("Measure")
        enabled: row.cut.problem === ""
        onClicked: row.cut.apply()
    }

    AppButton {
        objectName: "cutSpan"
        visible: !row.span.whole
        text: qsTr("What the charts show")
        onClicked: row.cut.toSpan(row.span)
    }

    AppButton {
        objectName: "cutSteady"
        visible: row.cut.steady !== ""
        text: qsTr("Steady state, %1").arg(row.cut.steady)
        onClicked: row.cut.toSteady()
    }

    AppButton {
        objectName: "cutFirst"
        visible: row.cut.moved
        text: qsTr("As it was")
        onClicked: row.cut.toFirst()
    }

    Word {
        visible: text !== ""
        text: row.cut.problem
        color: Theme.danger
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
