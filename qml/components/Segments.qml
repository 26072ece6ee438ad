// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

/// Which of a few views of one thing is shown: side by side, one of them chosen. Left and Right go
/// from one to the next.
Row {
    id: segments

    required property list<string> names
    property int current: 0

    signal chosen(index: int)

    function choose(index: int) {
        if (index >= 0 && index < segments.names.length) {
            segments.chosen(index);
            repeater.itemAt(index).forceActiveFocus(Qt.TabFocusReason);
        }
    }

    /// The one that is chosen has the focus for all.
    function follow() {
        repeater.itemAt(segments.current)?.forceActiveFocus(Qt.TabFocusReason);
    }

    onActiveFocusChanged: if (segments.activeFocus) {
        segments.follow();
    }
    onCurrentChanged: if (segments.Window.activeFocusItem?.parent === segments) {
        segments.follow();
    }

    spacing: Theme.space2
    Accessible.role: Accessible.PageTabList

    Repeater {
        id: repeater

        model: segments.names

        T.AbstractButton {
            id: segment

            required property string modelData
            required property int index
            readonly property bool isCurrent: segment.index === segments.current

            implicitWidth: label.implicitWidth + Theme.space24
            implicitHeight: Theme.px(28)
            // One stop for Tab, as in every group of choices.
            focusPolicy: segment.isCurrent ? Qt.StrongFocus : Qt.ClickFocus
            hoverEnabled: true
            text: segment.modelData
            Accessible.role: Accessible.PageTab
            Accessible.name: segment.text
            Accessible.selected: segment.isCurrent
            onClicked: segments.chosen(segment.index)
            Keys.onLeftPressed: segments.choose(segment.index - 1)
            Keys.onRightPressed: segments.choose(segment.index + 1)

            contentItem: Text {
                id: label

                text: segment.text
                textFormat: Text.PlainText
                font: segment.isCurrent ? Theme.bodyStrong : Theme.body
                color: segment.isCurrent ? Theme.text : Theme.textSecondary
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
            }

            background: Rectangle {
                radius: Theme.radiusControl
                color: segment.isCurrent ? Theme.selected : segment.hovered ? Theme.hover : "transparent"

                FocusRing {
                    gap: -2
                    visible: segment.visualFocus
                }
            }
        }
    }
}
