// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "setupeditor.h"

#include "endpointlistmodel.h"
#include "ids.h"
#include "providers/provider.h"
#include "providers/registry.h"

namespace Lorikeet {

SetupEditor::SetupEditor(EndpointListModel &endpoints, ChatService &service,
    Preferences &preferences, SchemaShelf &shelf, QObject *parent)
    : QObject(parent)
    , m_endpoints(endpoints)
    , m_parameters(nullptr)
    , m_extraBody(nullptr)
    , m_picker(preferences)
    , m_choices(m_picker, &endpoints)
    , m_mentions(m_picker)
    , m_merge(m_picker)
    , m_adapterTools(endpoints, service)
    , m_structured(shelf)
    , m_tools(nullptr)
{
    connect(&m_parameters, &ParameterModel::edited, this, &SetupEditor::applyEdits);
    connect(&m_extraBody, &ExtraBody::edited, this, &SetupEditor::applyEdits);
    connect(&m_picker, &AdapterPicker::edited, this, &SetupEditor::applyEdits);
    connect(&m_choices, &ChoiceList::pickedElsewhere, this, &SetupEditor::goElsewhere);
    connect(&m_structured, &StructuredEditor::edited, this, &SetupEditor::applyEdits);
    connect(&m_tools, &ToolsEditor::edited, this, &SetupEditor::applyEdits);
}

void SetupEditor::setChat(ChatController *chat)
{
    if (chat == m_chat) {
        return;
    }
    if (m_chat) {
        m_chat->disconnect(this);
    }
    m_chat = chat;
    if (chat) {
        connect(chat, &ChatController::setupChanged, this, &SetupEditor::followSetup);
        connect(chat, &ChatController::endpointChanged, this, &SetupEditor::followSetup);
        followSetup();
    }
    Q_EMIT chatChanged();
}

void SetupEditor::followSetup()
{
    const ChatSetup setup = m_chat->setup();
    const std::optional<Endpoint> endpoint = m_endpoints.find(setup.endpoint);
    const EndpointListModel::Finding finding = m_endpoints.finding(setup.endpoint);
    const Provider *provider = endpoint ? findProvider(endpoint->provider) : nullptr;
    EndpointDescription description = finding.description.value_or(EndpointDescription());
    const QString server
        = description.server.isEmpty() && endpoint ? endpoint->server : description.server;
    if (provider && !finding.description) {
        description.adapterStyle = provider->adapterStyle(server);
    }
    m_picker.setEndpoint(setup.endpoint, endpoint ? endpoint->provider : QString());
    m_picker.setDescription(description, finding.error ? finding.error->message : QString());
    if (const QString specsOf = provider ? provider->id() + u'/' + server : QString();
        m_specsOf != specsOf) {
        m_specsOf = specsOf;
        m_parameters.setSpecs(provider ? provider->parameters(server) : ParameterSpecs());
    }
    m_parameters.setParameters(setup.parameters);
    m_extraBody.show(setup.extraBody, setup.extraBodyDraft);
    m_picker.setChoice(setup.model, setup.adapter);
    m_adapterTools.setSetup(setup);
    Endpoint asked = endpoint.value_or(Endpoint());
    if (finding.description) {
        asked.server = server;
        asked.serverVersion = finding.description->version;
    }
    m_structured.setSetup(setup, asked);
    m_tools.setSetup(setup, asked);
}

/// To another endpoint first: what was picked belongs to it.
void SetupEditor::goElsewhere(const TurnChoice &choice)
{
    if (m_chat && choice.endpoint) {
        m_chat->chooseEndpoint(toText(*choice.endpoint));
        m_picker.take(choice);
    }
}

void SetupEditor::applyEdits()
{
    if (!m_chat) {
        return;
    }
    ChatSetup setup = m_chat->setup();
    setup.model = m_picker.model();
    setup.adapter = m_picker.adapter();
    setup.parameters = m_parameters.parameters();
    setup.extraBody = m_extraBody.object();
    setup.extraBodyDraft = m_extraBody.draft();
    setup.structured = m_structured.structured();
    setup.tools = m_tools.tools();
    m_chat->setSetup(setup);
}

} // namespace Lorikeet
