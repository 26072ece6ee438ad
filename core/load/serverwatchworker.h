// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/servertimeline.h"
#include "metrics/exposition.h"
#include "model/endpoint.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <vector>

namespace Lorikeet {

class ApiClient;

/// The part of a ServerWatch that lives in its thread.
class ServerWatchWorker final : public QObject
{
    Q_OBJECT

public:
    ServerWatchWorker(const Target &target, const QUrl &gpus, TimePoint origin);

    void start(ApiClient &client);
    /// Reads once more, then done(), at the latest after half a second.
    void stop();

Q_SIGNALS:
    void told(const QString &server, const Lorikeet::ServerMoment &moment);
    void noted(const QString &note);
    /// Once and last.
    void done();

private:
    struct Place
    {
        QUrl url;
        bool isOff = false; ///< it will tell nothing
        bool isAsked = false; ///< and has not answered yet
        int failures = 0; ///< in a row
        int skips = 0; ///< seconds to let go by before the next try
    };

    void look();
    void ask(Place &place);
    void onAnswer(Place &place, const Result<QList<MetricFamily>> &families);
    void turnOff(Place &place, const QString &note);
    void endIfOver();
    void end();

    Target m_target;
    TimePoint m_origin;
    std::vector<Place> m_places; ///< which do not move
    ApiClient *m_client = nullptr;
    QTimer m_looking;
    QTimer m_ending;
    bool m_isStopping = false;
    bool m_isOver = false;
};

} // namespace Lorikeet
