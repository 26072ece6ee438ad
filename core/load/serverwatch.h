// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/servertimeline.h"
#include "model/endpoint.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace Lorikeet {

class NetworkThread;
class ServerWatchWorker;

/// Reads a server's metrics once a second while a load test runs, from a thread of its own, so that
/// neither disturbs the other. Used from one thread.
///
/// A place without metrics is asked once, and a note says why; one that fails in passing is asked
/// again, more and more seldom, up to every 16 seconds. No place is asked while it owes an answer.
class ServerWatch final : public QObject
{
    Q_OBJECT

public:
    /// `gpus`: where a GPU exporter (DCGM's) tells, if there is one; it gets no key.
    explicit ServerWatch(const Target &target, const QUrl &gpus = {}, QObject *parent = nullptr);
    /// Ends it where it stands, without a word.
    ~ServerWatch() override;

    /// Once. Moments are counted from the run's origin.
    void start(TimePoint origin);
    /// Reads once more, for as long as half a second; then finished(). Harmless when it is over, or
    /// has not begun.
    void stop();

    [[nodiscard]] bool isFinished() const { return m_isFinished; }

    /// What was told so far.
    [[nodiscard]] const ServerSide &side() const { return m_side; }

Q_SIGNALS:
    /// side() holds it already.
    void told(const Lorikeet::ServerMoment &moment);
    /// A sentence: a place tells nothing.
    void noted(const QString &note);
    /// Once and last, after stop().
    void finished();

private:
    void end();

    Target m_target;
    QUrl m_gpus;
    std::unique_ptr<NetworkThread> m_network;
    ServerWatchWorker *m_worker = nullptr; ///< lives in that thread
    ServerSide m_side;
    bool m_isFinished = false;
};

} // namespace Lorikeet
