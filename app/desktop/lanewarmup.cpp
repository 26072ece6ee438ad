// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lanewarmup.h"

#include "chat/chatrun.h"
#include "compare/lane.h"
#include "comparelane.h"
#include "endpointlistmodel.h"

#include <utility>

namespace Lorikeet {

LaneWarmUp::LaneWarmUp(ChatService &service, EndpointListModel &endpoints, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_endpoints(endpoints)
{ }

void LaneWarmUp::begin(const QList<CompareLane *> &lanes, bool oneByOne)
{
    stop();
    m_times.clear();
    if (oneByOne) {
        m_waiting = lanes;
        askNext();
        return;
    }
    for (CompareLane *lane : lanes) {
        ask(lane);
    }
}

void LaneWarmUp::ask(CompareLane *lane)
{
    const ChatSetup setup = lane->chat()->setup();
    auto *run = new ChatRun(
        m_service,
        [setup](const Endpoint &endpoint) -> Result<ChatRequest> {
            return warmUpRequest(endpoint,
                {.model = setup.model,
                    .adapter = setup.adapter,
                    .messages = {},
                    .parameters = setup.parameters,
                    .extraBody = setup.extraBody});
        },
        this);
    m_runs.insert(lane, run);
    lane->setWarmingUp(true);
    connect(run, &ChatRun::finished, this,
        [this, lane](const ChatOutcome &outcome) { onEnded(lane, outcome); });
    run->start(m_endpoints.resolve(setup.endpoint));
}

void LaneWarmUp::askNext()
{
    if (!m_waiting.isEmpty()) {
        ask(m_waiting.takeFirst());
    }
}

void LaneWarmUp::take(CompareLane *lane)
{
    if (ChatRun *run = m_runs.take(lane)) {
        run->disconnect(this);
        run->deleteLater();
        lane->setWarmingUp(false);
    }
}

void LaneWarmUp::onEnded(CompareLane *lane, const ChatOutcome &outcome)
{
    const std::optional<Nanoseconds> total = ChatMetrics::from(outcome).total;
    if (!outcome.error && total) {
        m_times.insert(lane, *total);
    }
    take(lane);
    askNext();
    if (!isRunning()) {
        Q_EMIT finished();
    }
}

void LaneWarmUp::stop()
{
    m_waiting.clear();
    const QList<CompareLane *> lanes = m_runs.keys();
    for (CompareLane *lane : lanes) {
        delete m_runs.value(lane); // aborts the request
        m_runs.remove(lane);
        lane->setWarmingUp(false);
    }
}

void LaneWarmUp::drop(CompareLane *lane)
{
    m_times.remove(lane);
    const bool isAsked = m_runs.contains(lane);
    if (!isAsked && m_waiting.removeAll(lane) == 0) {
        return;
    }
    if (isAsked) {
        delete m_runs.take(lane);
        lane->setWarmingUp(false);
        askNext();
    }
    if (!isRunning()) {
        QMetaObject::invokeMethod(this, &LaneWarmUp::finished, Qt::QueuedConnection);
    }
}

} // namespace Lorikeet
