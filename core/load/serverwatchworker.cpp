// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/serverwatchworker.h"

#include "http/apiclient.h"
#include "metrics/scrape.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

constexpr Milliseconds pause = 1s;
constexpr Milliseconds timeout = 5s;
constexpr Milliseconds lastWait = 500ms;
constexpr int mostSkips = 16;

/// Whether asking again makes no sense.
bool isFinal(const ApiError &error)
{
    switch (error.kind) {
    case ApiError::Kind::NotFound:
    case ApiError::Kind::Unauthorized:
    case ApiError::Kind::Protocol:
    case ApiError::Kind::BadRequest:
    case ApiError::Kind::Redirected:
    case ApiError::Kind::InvalidRequest:
    case ApiError::Kind::TooLarge:
    case ApiError::Kind::Dns:
        return true;
    default:
        return false;
    }
}

} // namespace

ServerWatchWorker::ServerWatchWorker(const Target &target, const QUrl &gpus, TimePoint origin)
    : m_target(target)
    , m_origin(origin)
    , m_looking(this)
    , m_ending(this)
{
    m_places.push_back({.url = metricsUrl(target.endpoint)});
    if (!gpus.isEmpty()) {
        m_places.push_back({.url = gpus});
    }
    m_looking.setTimerType(Qt::PreciseTimer);
    m_looking.setInterval(pause);
    m_ending.setSingleShot(true);
    m_ending.setInterval(lastWait);
    connect(&m_looking, &QTimer::timeout, this, &ServerWatchWorker::look);
    connect(&m_ending, &QTimer::timeout, this, &ServerWatchWorker::end);
}

void ServerWatchWorker::start(ApiClient &client)
{
    m_client = &client;
    m_looking.start();
    look();
}

void ServerWatchWorker::stop()
{
    if (std::exchange(m_isStopping, true)) {
        return;
    }
    m_looking.stop();
    m_ending.start();
    look();
    endIfOver();
}

void ServerWatchWorker::look()
{
    for (Place &place : m_places) {
        if (place.isOff || place.isAsked) {
            continue;
        }
        if (place.skips > 0 && !m_isStopping) {
            --place.skips;
            continue;
        }
        ask(place);
    }
}

void ServerWatchWorker::ask(Place &place)
{
    place.isAsked = true;
    fetchMetrics(*m_client, m_target, place.url, timeout)
        .then(this, [this, &place](const Result<QList<MetricFamily>> &families) {
            place.isAsked = false;
            onAnswer(place, families);
            endIfOver();
        });
}

void ServerWatchWorker::onAnswer(Place &place, const Result<QList<MetricFamily>> &families)
{
    if (m_isOver) {
        return;
    }
    const Nanoseconds at = Clock::now() - m_origin;
    if (!families) {
        ++place.failures;
        place.skips = std::min(1 << std::min(place.failures, 10), mostSkips) - 1;
        if (isFinal(families.error())) {
            turnOff(place, families.error().message);
        } else if (place.failures == 1) {
            Q_EMIT noted(families.error().message);
        }
        return;
    }
    const QString server = serverOfMetrics(*families);
    if (server.isEmpty()) {
        turnOff(place,
            u"%1 tells metrics of no server that Lorikeet knows."_s.arg(
                place.url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)));
        return;
    }
    place.failures = 0;
    Q_EMIT told(server, {.at = at, .reading = readingOf(*families)});
}

void ServerWatchWorker::turnOff(Place &place, const QString &note)
{
    place.isOff = true;
    Q_EMIT noted(note);
    if (std::ranges::all_of(m_places, &Place::isOff)) {
        m_looking.stop();
    }
}

void ServerWatchWorker::endIfOver()
{
    if (m_isStopping && std::ranges::none_of(m_places, &Place::isAsked)) {
        end();
    }
}

void ServerWatchWorker::end()
{
    if (!std::exchange(m_isOver, true)) {
        m_ending.stop();
        Q_EMIT done();
    }
}

} // namespace Lorikeet

#include "moc_serverwatchworker.cpp"
