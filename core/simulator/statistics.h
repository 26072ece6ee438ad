// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"

#include <QByteArray>
#include <QList>
#include <QMap>

#include <array>

namespace Lorikeet::Sim {

/// A histogram as Prometheus has it: counts of observations in seconds, by upper bounds.
class SecondsHistogram final
{
public:
    void observe(Nanoseconds value);

    /// Appends the samples _bucket, _sum and _count with `labels` ("a=\"b\"").
    void appendTo(QByteArray &out, QByteArrayView name, QByteArrayView labels) const;

private:
    static constexpr std::array bounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25,
        0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 30.0, 60.0};

    std::array<qint64, bounds.size() + 1> m_counts{};
    double m_sum = 0;
};

/// What the engine counts, for the metrics of both dialects.
struct Statistics
{
    qint64 requests = 0;
    qint64 promptTokens = 0;
    qint64 generatedTokens = 0;
    qint64 dropped = 0; ///< the client went before the end
    QMap<QByteArray, qint64> finished; ///< answers by OpenAI's finish reason
    SecondsHistogram timeToFirstToken;
    SecondsHistogram interToken;
    SecondsHistogram total;
    SecondsHistogram queue;
    qsizetype running = 0; ///< at the moment of asking, like `waiting`
    qsizetype waiting = 0;
    QList<QByteArray> loadedAdapters;
};

} // namespace Lorikeet::Sim
