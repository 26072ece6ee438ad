// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

/// A field that shows a value, but for while somebody types into it: what is being typed stays as it
/// is typed, though the value may be another by then.
AppField {
    id: field

    required property string value

    /// Nobody types into it any more.
    signal settled

    implicitHeight: Theme.px(28)
    onActiveFocusChanged: if (!field.activeFocus) {
        field.settled();
    }

    Binding on text {
        value: field.value
        when: !field.activeFocus
        restoreMode: Binding.RestoreNone
    }
}
