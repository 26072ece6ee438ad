// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/comparison.h"

#include "http/apiclient.h"
#include "http/chatstream.h"
#include "http/transporterror.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>
#include <numeric>
#include <utility>

namespace Lorikeet {

namespace {

QList<qsizetype> orderOf(qsizetype count, const ComparisonOptions &options)
{
    QList<qsizetype> order(count);
    std::iota(order.begin(), order.end(), 0);
    if (options.order == ComparisonOptions::Order::Shuffled) {
        QRandomGenerator random(options.seed);
        // Not std::shuffle, whose order is each standard library's own.
        for (qsizetype i = count - 1; i > 0; --i) {
            order.swapItemsAt(i, random.bounded(int(i + 1)));
        }
    }
    return order;
}

} // namespace

Comparison::Comparison(
    ApiClient &client, const QList<Lane> &lanes, const ComparisonOptions &options, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_lanes(lanes)
    , m_options(options)
    , m_order(orderOf(lanes.size(), options))
    , m_streams(size_t(lanes.size()))
    , m_isStopped(lanes.size(), false)
    , m_isDone(lanes.size(), false)
    , m_left(lanes.size())
{ }

Comparison::~Comparison()
{
    for (ChatStream *stream : m_streams) {
        delete stream;
    }
}

void Comparison::start()
{
    if (m_lanes.isEmpty()) {
        QTimer::singleShot(0, this, &Comparison::finished);
        return;
    }
    begin(m_options.warmUp ? Phase::Warming : Phase::Asking);
}

void Comparison::begin(Phase phase)
{
    m_phase = phase;
    m_waiting = m_order;
    m_waiting.removeIf([this](qsizetype lane) { return m_isDone.at(lane); });
    if (m_options.order == ComparisonOptions::Order::OneByOne) {
        askNext();
        return;
    }
    for (const qsizetype lane : std::exchange(m_waiting, {})) {
        ask(lane);
    }
}

void Comparison::ask(qsizetype lane)
{
    const Lane &asked = m_lanes.at(lane);
    ChatStream *stream = m_client.chat(asked.target,
        m_phase == Phase::Warming ? warmUpRequest(asked.target.endpoint, asked.request)
                                  : asked.request);
    m_streams[size_t(lane)] = stream;
    if (m_phase == Phase::Asking) {
        connect(stream, &ChatStream::events, this,
            [this, lane](const StreamEvents &batch) { Q_EMIT events(lane, batch); });
    }
    connect(stream, &ChatStream::retrying, this,
        [this, lane](const Retry &retry) { Q_EMIT retrying(lane, retry); });
    connect(stream, &ChatStream::finished, this,
        [this, lane](const ChatOutcome &outcome) { onEnded(lane, outcome); });
}

void Comparison::askNext()
{
    if (!m_waiting.isEmpty()) {
        ask(m_waiting.takeFirst());
    }
}

void Comparison::onEnded(qsizetype lane, const ChatOutcome &outcome)
{
    std::exchange(m_streams[size_t(lane)], nullptr)->deleteLater();
    const QPointer<Comparison> guard(this);
    // A lane that cannot even be warmed up fails in the same way when it is asked, and says so
    // then.
    if (m_phase == Phase::Asking) {
        conclude(lane, outcome);
    } else if (m_isStopped.at(lane)) {
        // Its warming up may have ended by itself just before.
        conclude(lane, stoppedOutcome(lane));
    }
    if (!guard) {
        return;
    }
    if (!m_waiting.isEmpty()) {
        askNext();
        return;
    }
    const bool isBusy = std::ranges::any_of(m_streams, [](ChatStream *stream) { return stream; });
    if (m_phase == Phase::Warming && !isBusy && m_isDone.contains(false)) {
        begin(Phase::Asking);
    }
}

void Comparison::conclude(qsizetype lane, const ChatOutcome &outcome)
{
    m_isDone[lane] = true;
    const bool isLast = --m_left == 0;
    const QPointer<Comparison> guard(this);
    Q_EMIT laneFinished(lane, outcome);
    if (guard && isLast) {
        Q_EMIT finished();
    }
}

void Comparison::stop(qsizetype lane)
{
    if (ChatStream *stream = m_streams.at(size_t(lane))) {
        m_isStopped[lane] = true;
        stream->stop();
        return;
    }
    if (std::exchange(m_isDone[lane], true)) {
        return;
    }
    m_waiting.removeOne(lane);
    QTimer::singleShot(0, this, [this, lane] { conclude(lane, stoppedOutcome(lane)); });
}

ChatOutcome Comparison::stoppedOutcome(qsizetype lane) const
{
    return {.choices = {ChatChoice()},
        .error = transportFailure(ApiError::Kind::Cancelled, m_lanes.at(lane).target.endpoint.url)};
}

void Comparison::stop()
{
    // Those that wait first, so that none of them takes the place of one that ends.
    for (const qsizetype lane : QList<qsizetype>(m_waiting)) {
        stop(lane);
    }
    for (qsizetype lane = 0; lane < m_lanes.size(); ++lane) {
        stop(lane);
    }
}

} // namespace Lorikeet
