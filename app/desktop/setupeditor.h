// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "adapterpicker.h"
#include "adaptertools.h"
#include "chatcontroller.h"
#include "choicelist.h"
#include "extrabody.h"
#include "mergeeditor.h"
#include "parametermodel.h"
#include "structured/structurededitor.h"
#include "tools/toolseditor.h"

#include <QObject>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// What the next answer of one chat is asked with, as the forms for it know it: shows what the
/// chat's setup says and its endpoint allows, and writes what a person changes into the setup.
class SetupEditor final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// Whose setup it is; null: nobody's.
    Q_PROPERTY(Lorikeet::ChatController *chat READ chat NOTIFY chatChanged FINAL)
    Q_PROPERTY(Lorikeet::ParameterModel *parameters READ parameters CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ExtraBody *extraBody READ extraBody CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::AdapterPicker *picker READ picker CONSTANT FINAL)
    /// The same as a list to search.
    Q_PROPERTY(Lorikeet::ChoiceList *choices READ choices CONSTANT FINAL)
    /// Another one, for what is written into a prompt.
    Q_PROPERTY(Lorikeet::ChoiceList *mentions READ mentions CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::MergeEditor *merge READ merge CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::StructuredEditor *structured READ structured CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ToolsEditor *tools READ tools CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::AdapterTools *adapterTools READ adapterTools CONSTANT FINAL)

public:
    /// All must outlive this.
    SetupEditor(EndpointListModel &endpoints, ChatService &service, Preferences &preferences,
        SchemaShelf &shelf, QObject *parent = nullptr);

    [[nodiscard]] ChatController *chat() const { return m_chat; }

    void setChat(ChatController *chat);

    [[nodiscard]] ParameterModel *parameters() { return &m_parameters; }

    [[nodiscard]] ExtraBody *extraBody() { return &m_extraBody; }

    [[nodiscard]] AdapterPicker *picker() { return &m_picker; }

    [[nodiscard]] ChoiceList *choices() { return &m_choices; }

    [[nodiscard]] ChoiceList *mentions() { return &m_mentions; }

    [[nodiscard]] MergeEditor *merge() { return &m_merge; }

    [[nodiscard]] StructuredEditor *structured() { return &m_structured; }

    [[nodiscard]] ToolsEditor *tools() { return &m_tools; }

    [[nodiscard]] AdapterTools *adapterTools() { return &m_adapterTools; }

Q_SIGNALS:
    void chatChanged();

private:
    void followSetup();
    void applyEdits();
    void goElsewhere(const TurnChoice &choice);

    EndpointListModel &m_endpoints;
    QPointer<ChatController> m_chat;
    ParameterModel m_parameters;
    ExtraBody m_extraBody;
    AdapterPicker m_picker;
    ChoiceList m_choices;
    ChoiceList m_mentions;
    MergeEditor m_merge;
    AdapterTools m_adapterTools;
    StructuredEditor m_structured;
    ToolsEditor m_tools;
    QString m_specsOf; ///< the dialect and server whose parameters are shown
};

} // namespace Lorikeet
