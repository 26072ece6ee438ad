// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparelane.h"

#include "compare/lane.h"
#include "endpointlistmodel.h"
#include "parametermodel.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

CompareLane::CompareLane(ConversationStore &store, ChatService &service,
    EndpointListModel &endpoints, SessionListModel &sessions, QObject *parent)
    : QObject(parent)
    , m_endpoints(endpoints)
    , m_chat(store, service, endpoints, sessions)
{
    connect(&m_chat, &ChatController::setupChanged, this, &CompareLane::namesChanged);
    connect(&m_chat, &ChatController::endpointChanged, this, &CompareLane::namesChanged);
}

void CompareLane::setPlace(int place)
{
    if (m_place != place) {
        m_place = place;
        Q_EMIT placeChanged();
    }
}

QString CompareLane::letter() const { return laneLetter(m_place); }

void CompareLane::setAnonymous(bool anonymous)
{
    if (m_anonymous != anonymous) {
        m_anonymous = anonymous;
        Q_EMIT namesChanged();
    }
}

QString CompareLane::name() const { return m_anonymous ? tr("hidden") : trueName(); }

QString CompareLane::trueName() const
{
    const ChatSetup setup = m_chat.setup();
    if (const QString adapter = AnswerOrigin{.setup = setup}.adapterLabel(); !adapter.isEmpty()) {
        return adapter;
    }
    const EndpointListModel::Finding finding = m_endpoints.finding(setup.endpoint);
    if (finding.description && finding.description->adapterStyle != AdapterStyle::None) {
        return tr("base", "the model without an adapter");
    }
    if (!setup.model.isEmpty()) {
        return setup.model;
    }
    const QString endpoint = m_chat.endpointName();
    return endpoint.isEmpty() ? tr("no endpoint") : endpoint;
}

QString CompareLane::facts() const
{
    if (m_anonymous) {
        return {};
    }
    QStringList facts;
    for (const QString &fact : {m_chat.setup().model, m_chat.endpointName()}) {
        if (!fact.isEmpty() && fact != name()) {
            facts.append(fact);
        }
    }
    return facts.join(u" · "_s);
}

QStringList CompareLane::badges() const
{
    if (m_anonymous) {
        return {};
    }
    const ChatSetup setup = m_chat.setup();
    QStringList badges;
    for (const auto &[parameter, value] : setup.parameters.asKeyValueRange()) {
        badges.append(ParameterModel::shortText(parameter, value));
    }
    if (!setup.extraBody.isEmpty()) {
        badges.append(tr("extra body"));
    }
    if (!setup.systemPrompt.isEmpty()) {
        badges.append(tr("system prompt"));
    }
    if (!setup.examples.turns.isEmpty()) {
        badges.append(tr("examples"));
    }
    if (setup.activeTools()) {
        badges.append(tr("tools"));
    }
    return badges;
}

void CompareLane::setReceives(bool receives)
{
    if (m_receives != receives) {
        m_receives = receives;
        Q_EMIT receivesChanged();
    }
}

void CompareLane::setWarmingUp(bool warmingUp)
{
    if (m_warmingUp != warmingUp) {
        m_warmingUp = warmingUp;
        Q_EMIT warmingUpChanged();
    }
}

void CompareLane::setDifference(const LaneDifference &difference)
{
    if (m_difference != difference) {
        m_difference = difference;
        Q_EMIT differenceChanged();
    }
}

QUuid CompareLane::conversation() const { return m_chat.session()->conversation().id(); }

QList<const ChatNode *> CompareLane::answers() const
{
    const Conversation &conversation = m_chat.session()->conversation();
    QList<const ChatNode *> answers;
    bool isFirst = true;
    for (const QUuid id : conversation.path()) {
        const ChatNode *node = conversation.find(id);
        if (node->message.role == Role::User) {
            isFirst = true;
        } else if (node->isAnswer()) {
            if (!std::exchange(isFirst, false)) {
                answers.removeLast();
            }
            answers.append(node);
        }
    }
    return answers;
}

void LaneModel::setLanes(const QList<CompareLane *> &lanes)
{
    update(m_lanes, lanes, [](CompareLane *lane) { return lane; });
}

int LaneModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lanes.size());
}

QVariant LaneModel::data(const QModelIndex &index, int role) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) && role == LaneRole
        ? QVariant::fromValue(m_lanes[index.row()])
        : QVariant();
}

QHash<int, QByteArray> LaneModel::roleNames() const { return {{LaneRole, "lane"}}; }

} // namespace Lorikeet
