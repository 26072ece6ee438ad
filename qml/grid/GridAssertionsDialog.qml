// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import Lorikeet.App

/// Holds the answers that are there to something else; nothing is asked again.
AppDialog {
    id: dialog

    required property GridController grid
    required property list<string> schemas

    objectName: "gridAssertionsDialog"
    implicitWidth: Math.min(Theme.px(640), (Overlay.overlay?.width ?? 700) - 2 * Theme.space24)
    title: qsTr("Check the answers again")
    acceptText: qsTr("Check")
    onAboutToShow: dialog.grid.editAssertions()
    onAccepted: dialog.grid.checkAgain()
    // They are those of the next grid, too.
    onRejected: dialog.grid.editAssertions()

    contentItem: ScrollView {
        id: scroll

        contentWidth: availableWidth
        implicitHeight: Math.min(list.implicitHeight, (Overlay.overlay?.height ?? 600) - Theme.px(220))

        GridAssertionList {
            id: list

            width: scroll.availableWidth
            assertions: dialog.grid.assertions
            schemas: dialog.schemas
        }
    }
}
