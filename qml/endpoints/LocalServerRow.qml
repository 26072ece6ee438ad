// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Lorikeet.App

/// A server that answers on one of the usual ports of this machine and is not an endpoint yet.
OfferRow {
    id: row

    required property int index
    required property string name
    required property string address
    required property string models
    required property LocalServers servers

    alive: true
    title: row.compact ? row.name : qsTr("%1 answers on this machine").arg(row.name)
    detail: row.compact ? row.address.replace(/^https?:\/\//, "").replace(/\/v1$/, "") : row.models === "" ? row.address : qsTr("%1 · %2").arg(row.address).arg(row.models)
    actionName: qsTr("Add %1").arg(row.name)
    onAddWanted: row.servers.add(row.index)
}
