// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of CompareController that has to do with its lanes.

#include "compare/lane.h"
#include "comparecontroller.h"
#include "endpointlistmodel.h"
#include "ids.h"
#include "preferences.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "sessionlistmodel.h"
#include "store/conversationstore.h"
#include "timeline/timelinerow.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

QList<ChatSetup> CompareController::setups() const
{
    QList<ChatSetup> setups;
    for (const CompareLane *lane : m_lanes.lanes()) {
        setups.append(lane->chat().setup());
    }
    return setups;
}

/// The base model and the adapters that are known, each asked like `setup`.
QList<ChatSetup> CompareController::withAdapters(const ChatSetup &setup) const
{
    const std::optional<Endpoint> endpoint = m_endpoints.find(setup.endpoint);
    if (!endpoint) {
        return {};
    }
    EndpointDescription description
        = m_endpoints.finding(setup.endpoint).description.value_or(EndpointDescription());
    if (const Provider *provider = findProvider(endpoint->provider);
        provider && description.server.isEmpty()) {
        description.adapterStyle = provider->adapterStyle(endpoint->server);
    }
    QList<ChatSetup> setups;
    for (const Lane &lane : baseAndAdapters({.endpoint = *endpoint}, {}, description)) {
        setups.append(setup);
        setups.last().adapter = lane.request.adapter;
    }
    // A server that loads whatever is asked for lists nothing; there are those that were used.
    if (setups.size() == 1 && description.adapterStyle == AdapterStyle::FreeText) {
        for (const RecentAdapter &recent : m_preferences.recentAdapters(setup.endpoint)) {
            if (setups.size() < mostLanes) {
                setups.append(setup);
                setups.last().adapter = {.id = recent.id, .source = recent.source};
            }
        }
    }
    return setups;
}

/// What the chat is asked with, and the next adapter beside it.
QList<ChatSetup> CompareController::firstSetups() const
{
    const ChatSetup setup = m_chat.setup();
    QList<ChatSetup> setups{setup};
    for (const ChatSetup &other : withAdapters(setup)) {
        if (setups.size() < 2 && other.adapter != setup.adapter) {
            setups.append(other);
        }
    }
    if (setups.size() < 2) {
        setups.append(setup);
    }
    return setups;
}

void CompareController::addLane()
{
    if (!canAdd()) {
        return;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    ChatSetup setup = focused() ? focused()->chat()->setup() : m_chat.setup();
    // An adapter that no lane has yet is the likeliest to be wanted.
    const QList<ChatSetup> present = setups();
    for (const ChatSetup &candidate : withAdapters(setup)) {
        if (std::ranges::none_of(present, [&](const ChatSetup &other) {
                return other.endpoint == candidate.endpoint && other.adapter == candidate.adapter;
            })) {
            setup.adapter = candidate.adapter;
            break;
        }
    }
    CompareLane *lane = makeLane();
    lane->setAnonymous(m_judging.isHidden());
    lane->chat()->show(Conversation::create(setup, now), false);
    QList<CompareLane *> lanes = m_lanes.lanes();
    lanes.append(lane);
    setLanes(lanes);
    setFocusedPlace(int(lanes.size()) - 1);
    saveSoon();
}

void CompareController::closeLane(int place)
{
    CompareLane *closed = lane(place);
    if (!closed || laneCount() < 2) {
        return;
    }
    closed->chat()->stop();
    for (Turn &turn : m_turns) {
        turn.left.removeOne(closed);
        turn.warmUps.remove(closed);
    }
    m_samples.left.removeOne(closed);
    m_warmUp.drop(closed);
    m_closed.append({.lane = {.conversation = closed->conversation(),
                         .setup = closed->chat()->setup(),
                         .receives = closed->receives()},
        .place = place});
    QList<CompareLane *> lanes = m_lanes.lanes();
    lanes.removeAt(place);
    if (m_diff.base() >= place && m_diff.base() > 0) {
        m_diff.setBase(m_diff.base() - 1);
    }
    m_focused = place < m_focused ? m_focused - 1 : m_focused;
    setLanes(lanes);
    if (!closed->chat()->isBlank()) {
        // Not a lane any more, it would be listed among the sessions.
        (void)m_conversations.remove(closed->conversation());
    }
    closed->deleteLater();
    if (m_stored) {
        save();
    }
    Q_EMIT laneClosed();
}

void CompareController::undoClose()
{
    if (m_closed.isEmpty() || !canAdd()) {
        return;
    }
    const Closed closed = m_closed.takeLast();
    const QUuid comparison = m_record.id;
    (void)m_conversations.restore(closed.lane.conversation);
    m_conversations.load(closed.lane.conversation)
        .then(this, [this, closed, comparison](const Result<Conversation> &found) {
            if (m_record.id != comparison || !canAdd()) {
                return;
            }
            CompareLane *lane = makeLane();
            lane->setReceives(closed.lane.receives);
            Conversation blank
                = Conversation::create(closed.lane.setup, QDateTime::currentDateTimeUtc());
            blank.head().id = closed.lane.conversation;
            lane->chat()->show(found ? *found : blank, found.has_value());
            QList<CompareLane *> lanes = m_lanes.lanes();
            const int place = std::min(closed.place, int(lanes.size()));
            lanes.insert(place, lane);
            setLanes(lanes);
            if (m_stored) {
                save();
            }
        });
}

void CompareController::moveLane(int from, int to)
{
    QList<CompareLane *> lanes = m_lanes.lanes();
    if (!lane(from) || !lane(to) || from == to) {
        return;
    }
    CompareLane *base = lane(m_diff.base());
    CompareLane *focus = focused();
    lanes.move(from, to);
    m_focused = int(lanes.indexOf(focus));
    setLanes(lanes);
    m_diff.setBase(base ? int(lanes.indexOf(base)) : 0);
    saveSoon();
}

void CompareController::compareAdapters()
{
    const QList<ChatSetup> wanted
        = focused() ? withAdapters(focused()->chat()->setup()) : QList<ChatSetup>();
    if (wanted.size() < 2) {
        Q_EMIT failed(tr("No adapters of this lane's server are known; type the id of one in "
                         "“Params”, or add a lane and choose it there."));
        return;
    }
    showFresh(wanted);
}

void CompareController::fromChat()
{
    const ChatSession *session = m_chat.session();
    if (!session) {
        return;
    }
    const ChatSetup setup = session->setup();
    QList<ChatSetup> wanted = withAdapters(setup);
    if (wanted.size() < 2) {
        wanted = {setup, setup};
    }
    const Conversation &said = session->conversation();
    if (said.isEmpty()) {
        showFresh(wanted);
        return;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QList<Conversation> conversations;
    for (const ChatSetup &each : std::as_const(wanted)) {
        Conversation copy = said.fork(said.leaf(), now);
        copy.head().setup = each;
        conversations.append(copy);
    }
    showSaid(said.head().title, conversations, said.head().titleChosen);
}

void CompareController::showSaid(
    const QString &title, const QList<Conversation> &conversations, bool titleChosen)
{
    if (m_saving.isActive()) {
        save();
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    ComparisonRecord record{.id = QUuid::createUuid(),
        .title = title,
        .titleChosen = titleChosen,
        .order = m_record.order,
        .created = now,
        .updated = now};
    for (const Conversation &conversation : conversations) {
        record.lanes.append(
            {.conversation = conversation.id(), .setup = conversation.head().setup});
    }
    // First that they are lanes, then what was said in them.
    (void)m_store.save(record);
    for (const Conversation &conversation : conversations) {
        m_conversations.add(conversation).then(this, [this](const Result<> &added) {
            if (!added) {
                Q_EMIT failed(added.error().message);
            }
        });
    }
    show(record, conversations, QList<bool>(conversations.size(), true));
    m_list.refresh();
}

void CompareController::saveSet(const QString &name)
{
    if (!name.trimmed().isEmpty()) {
        m_sets.keep(name.trimmed(), setups());
    }
}

void CompareController::useSet(const QString &id)
{
    const auto set = std::ranges::find(m_sets.sets(), QUuid::fromString(id), &LaneSet::id);
    if (set != m_sets.sets().end() && !set->lanes.isEmpty()) {
        showFresh(set->lanes);
    }
}

void CompareController::openAsChat(int place, const QString &nodeId)
{
    CompareLane *from = lane(place);
    if (!from || from->chat()->isBlank()) {
        return;
    }
    ChatSession *session = from->chat()->session();
    const QUuid last
        = nodeId.isEmpty() ? session->conversation().leaf() : QUuid::fromString(nodeId);
    m_chat.show(session->fork(last), true);
    m_sessions.refresh();
    Q_EMIT chatOpened();
}

void CompareController::act(int place, int action, const QString &nodeId)
{
    CompareLane *of = lane(place);
    if (!of) {
        return;
    }
    setFocusedPlace(place);
    const auto wanted = TimelineRow::Action(action);
    if (m_judging.isHidden()
        && (wanted == TimelineRow::Action::Fork || wanted == TimelineRow::Action::ShowRequest
            || wanted == TimelineRow::Action::CopyDetails)) {
        Q_EMIT failed(
            tr("That would tell whose answer it is; give a verdict, or reveal it, first."));
        return;
    }
    if (TimelineRow::Action(action) == TimelineRow::Action::Fork) {
        openAsChat(place, nodeId);
    } else {
        of->chat()->act(action, nodeId);
    }
}

} // namespace Lorikeet
