// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet.App

/// An endpoint that variables of the environment describe and that is not in the list yet.
OfferRow {
    id: row

    required property int index
    required property string name
    required property string variables
    required property string address
    required property string missing
    required property EnvironmentOffers offers

    objectName: "environmentRow"
    title: row.compact ? row.name : qsTr("Found %1", "names of variables").arg(row.variables)
    detail: row.compact ? row.variables : row.missing === "" ? qsTr("%1 · the key stays in the environment").arg(row.address) : row.missing
    action: row.compact ? row.missing === "" ? qsTr("Add") : qsTr("Add …") : row.missing === "" ? qsTr("Add %1").arg(row.name) : qsTr("Add %1 …").arg(row.name)
    actionName: qsTr("Add %1").arg(row.name)
    onAddWanted: row.offers.add(row.index)
}
