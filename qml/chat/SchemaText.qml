// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls
import QtQuick.Templates as T
import Lorikeet.App

/// JSON to write: coloured, with the lines' numbers, and with the line marked that is at fault. Tab
/// leaves it, as in every other field.
Item {
    id: root

    property alias text: area.text
    property string name
    /// Counted from 1; 0: none is at fault.
    property int faultyLine: 0

    signal edited

    /// Shows a place of the text, and has it typed into.
    function show(place: int) {
        area.forceActiveFocus(Qt.ShortcutFocusReason);
        area.cursorPosition = Math.min(place, area.length);
    }

    implicitWidth: Theme.px(400)
    implicitHeight: Theme.px(240)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusCard
        color: Theme.sunken
        border.width: area.activeFocus ? 2 : 1
        border.color: area.activeFocus ? Theme.accent : Theme.borderControl
    }

    Flickable {
        id: flick

        anchors.fill: parent
        anchors.margins: 2
        clip: true
        contentWidth: Math.max(width, numbers.width + area.implicitWidth)
        contentHeight: Math.max(height, area.implicitHeight)
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.HorizontalAndVerticalFlick

        ScrollBar.vertical: AppScrollBar {}
        ScrollBar.horizontal: AppScrollBar {}

        function follow(rect: rect) {
            flick.contentY = Math.max(0, Math.min(rect.y, Math.max(flick.contentY, rect.y + rect.height + area.bottomPadding - flick.height)));
            const x = rect.x + numbers.width;
            flick.contentX = x < flick.width - Theme.space24 ? 0 : Math.max(flick.contentX, x + Theme.space24 - flick.width);
        }

        Rectangle {
            readonly property rect line: root.faultyLine > 0 && area.lineCount > 0 ? area.positionToRectangle(area.placeOfLine(root.faultyLine)) : Qt.rect(0, 0, 0, 0)

            visible: root.faultyLine > 0
            y: line.y
            width: flick.contentWidth
            height: line.height
            color: Theme.dangerTint

            Rectangle {
                width: Theme.px(3)
                height: parent.height
                color: Theme.danger
            }
        }

        Text {
            id: numbers

            topPadding: area.topPadding
            leftPadding: Theme.px(10)
            rightPadding: Theme.px(10)
            font: Theme.code
            color: Theme.textMuted
            horizontalAlignment: Text.AlignRight
            text: Array.from({
                length: area.lineCount
            }, (unused, i) => i + 1).join("\n")
            Accessible.ignored: true
        }

        T.TextArea {
            id: area

            /// Of its first character.
            function placeOfLine(line: int): int {
                let at = 0;
                for (let i = 1; i < line; ++i) {
                    const next = area.text.indexOf("\n", at);
                    if (next < 0) {
                        break;
                    }
                    at = next + 1;
                }
                return at;
            }

            x: numbers.width
            width: Math.max(flick.width - numbers.width, implicitWidth)
            height: Math.max(flick.height, implicitHeight)
            implicitWidth: contentWidth + leftPadding + rightPadding
            implicitHeight: contentHeight + topPadding + bottomPadding
            topPadding: Theme.space8
            bottomPadding: Theme.space8
            rightPadding: Theme.px(10)
            focus: true
            font: Theme.code
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.textOnAccent
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.NoWrap
            selectByMouse: true
            LayoutMirroring.enabled: false
            Accessible.name: root.name
            Keys.onTabPressed: area.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
            Keys.onBacktabPressed: area.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
            onTextChanged: if (area.activeFocus) {
                root.edited();
            }
            onCursorRectangleChanged: if (area.activeFocus) {
                flick.follow(area.cursorRectangle);
            }
        }

        JsonColours {
            document: area.textDocument
            colours: [Theme.codeKeyword, Theme.codeString, Theme.codeNumber, Theme.codeComment, Theme.codeFunction, Theme.codeType]
        }
    }
}
