// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import Lorikeet
import Lorikeet.App

/// Below a message: an answer's metrics, and what can be done with it. The actions are always
/// there; those of earlier messages are dimmed.
Item {
    id: root

    required property TimelineRow row

    implicitHeight: (root.row.answer && document.textHeight > 1 && root.row.hasMetrics ? document.textHeight + Theme.space4 : 0) + actions.height

    BlockDocument {
        id: document

        anchors.fill: edit
        row: root.row
        edit: edit
        content: BlockDocument.Metrics
    }

    RowText {
        id: edit

        width: root.width
        visible: root.row.hasMetrics
        row: root.row
        Accessible.role: Accessible.StaticText
        Accessible.name: root.row.metricsText

        HoverHandler {
            id: pointer

            readonly property string definition: pointer.hovered ? document.definitionAt(pointer.point.position.x, pointer.point.position.y) : ""
        }

        RowToolTip {
            x: pointer.point.position.x
            y: edit.height
            text: pointer.definition
            visible: pointer.definition !== ""
        }
    }

    FocusScope {
        id: actions

        x: -Theme.px(3)
        y: root.height - height
        width: buttons.width
        height: Theme.px(28)
        // Buttons here are focused by keyboard alone.
        opacity: root.row.last || hover.hovered || actions.activeFocus ? 1 : 0.6

        Row {
            id: buttons

            height: parent.height
            spacing: Theme.px(2)

            CopyButton {
                text: root.row.answer ? qsTr("Copy the answer") : qsTr("Copy the prompt")
                onClicked: root.row.copyMessage()
            }

            RowButton {
                // A prompt that was added without asking can be asked for now.
                visible: root.row.answer || root.row.last
                text: root.row.answer ? qsTr("Ask again") : qsTr("Ask for an answer")
                icon.name: "view-refresh"
                onClicked: root.row.request(TimelineRow.Regenerate)
            }

            RowButton {
                id: variants

                objectName: "variantsButton"
                visible: root.row.answer
                implicitWidth: Theme.px(18)
                iconSize: 12
                text: qsTr("Ask again in another way")
                icon.name: "arrow-down"
                onClicked: root.row.openMenu(TimelineRow.Variants, variants)
            }

            RowButton {
                visible: !root.row.answer
                text: qsTr("Edit")
                icon.name: "document-edit"
                onClicked: root.row.request(TimelineRow.Edit)
            }

            RowButton {
                visible: root.row.answer
                text: qsTr("Go on from here in a new session")
                icon.name: "vcs-branch"
                onClicked: root.row.request(TimelineRow.Fork)
            }

            RowButton {
                visible: root.row.answer
                text: qsTr("Show the request")
                icon.name: "code-context"
                onClicked: root.row.request(TimelineRow.ShowRequest)
            }

            RowButton {
                id: more

                objectName: "moreButton"
                text: qsTr("More")
                icon.name: "overflow-menu"
                onClicked: root.row.openMenu(TimelineRow.More, more)
            }

            // What few messages need is made for these alone.
            Loader {
                active: root.row.canContinue || root.row.raisedLimit > 0
                visible: active
                sourceComponent: Row {
                    TextAction {
                        objectName: "continueButton"
                        visible: root.row.canContinue
                        text: qsTr("Continue")
                        onClicked: root.row.request(TimelineRow.Continue)
                    }

                    TextAction {
                        objectName: "raiseLimitButton"
                        visible: root.row.raisedLimit > 0
                        text: qsTr("Ask again for up to %Ln tokens", "", root.row.raisedLimit)
                        onClicked: root.row.request(TimelineRow.RaiseLimit)
                    }
                }
            }

            Loader {
                active: root.row.versions > 1
                visible: active
                sourceComponent: Row {
                    leftPadding: Theme.space12
                    spacing: Theme.px(2)

                    RowButton {
                        enabled: root.row.version > 1
                        text: qsTr("Previous version")
                        icon.name: "go-previous"
                        onClicked: root.row.request(TimelineRow.PreviousVersion)
                    }

                    Text {
                        height: Theme.px(28)
                        text: qsTr("%1 / %2", "version of versions").arg(root.row.version).arg(root.row.versions)
                        font: Theme.number
                        color: Theme.textSecondary
                        verticalAlignment: Text.AlignVCenter
                    }

                    RowButton {
                        enabled: root.row.version < root.row.versions
                        text: qsTr("Next version")
                        icon.name: "go-next"
                        onClicked: root.row.request(TimelineRow.NextVersion)
                    }
                }
            }
        }
    }

    HoverHandler {
        id: hover
    }
}
