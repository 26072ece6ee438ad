// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/serverwatch.h"

#include "chat/networkthread.h"
#include "http/inclient.h"
#include "load/serverwatchworker.h"
#include "metrics/scrape.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString shown(const QUrl &url)
{
    return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace

ServerWatch::ServerWatch(const Target &target, const QUrl &gpus, QObject *parent)
    : QObject(parent)
    , m_target(target)
    , m_gpus(gpus)
{ }

ServerWatch::~ServerWatch()
{
    if (m_network) {
        m_network->withClient([worker = m_worker](ApiClient &) { delete worker; });
    }
}

void ServerWatch::start(TimePoint origin)
{
    m_side.places += shown(metricsUrl(m_target.endpoint));
    if (!m_gpus.isEmpty()) {
        m_side.places += shown(m_gpus);
    }
    m_network = std::make_unique<NetworkThread>();
    m_worker = new ServerWatchWorker(m_target, m_gpus, origin);
    connect(m_worker, &ServerWatchWorker::told, this,
        [this](const QString &server, const ServerMoment &moment) {
            // The exporter of a GPU is not who was asked.
            if (m_side.server.isEmpty() || m_side.server == "DCGM"_L1) {
                m_side.server = server;
            }
            m_side.timeline.add(moment);
            Q_EMIT told(moment);
        });
    connect(m_worker, &ServerWatchWorker::noted, this, [this](const QString &note) {
        if (!m_side.notes.contains(note)) {
            m_side.notes += note;
            Q_EMIT noted(note);
        }
    });
    connect(m_worker, &ServerWatchWorker::done, this, &ServerWatch::end);
    startInClient([this](const auto &work) { m_network->withClient(work); }, m_worker);
}

void ServerWatch::stop()
{
    if (m_network && !m_isFinished) {
        m_network->withClient([worker = m_worker](ApiClient &) { worker->stop(); });
    }
}

void ServerWatch::end()
{
    if (!std::exchange(m_isFinished, true)) {
        Q_EMIT finished();
    }
}

} // namespace Lorikeet

#include "moc_serverwatch.cpp"
