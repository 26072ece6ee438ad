// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace Lorikeet::Triton {

struct DurationStatistic
{
    quint64 count = 0;
    Nanoseconds total{};

    friend bool operator==(const DurationStatistic &, const DurationStatistic &) = default;
};

/// Of a model that answers in pieces, about one place in the row of them.
struct ResponseStatistics
{
    int index = 0; ///< 0: the first piece
    DurationStatistic computeInfer;
    DurationStatistic computeOutput;
    DurationStatistic success;
    DurationStatistic failure;
    DurationStatistic empty; ///< nothing but the flag that it is the end
    DurationStatistic cancelled;

    friend bool operator==(const ResponseStatistics &, const ResponseStatistics &) = default;
};

/// About all runs of a model with batches of one size.
struct BatchStatistics
{
    quint64 size = 0;
    DurationStatistic computeInput;
    DurationStatistic computeInfer;
    DurationStatistic computeOutput;

    friend bool operator==(const BatchStatistics &, const BatchStatistics &) = default;
};

/// GET /v2/models[/NAME]/stats: all of it counted since the server started, so take two and
/// subtract().
struct ModelStatistics
{
    QString name;
    QString version;
    Milliseconds lastInference{}; ///< since 1970; the only time here that is no duration
    quint64 inferences = 0; ///< items of batches; without those answered by the cache
    quint64 executions = 0; ///< runs of the model: inferences / executions is the mean batch
    DurationStatistic success; ///< requests; with those answered by the cache
    DurationStatistic failure;
    DurationStatistic queue;
    DurationStatistic computeInput;
    DurationStatistic computeInfer;
    DurationStatistic computeOutput;
    DurationStatistic cacheHit;
    DurationStatistic cacheMiss;
    QList<ResponseStatistics> responses; ///< in the order of their index
    QList<BatchStatistics> batches; ///< in the order of their size

    friend bool operator==(const ModelStatistics &, const ModelStatistics &) = default;
};

/// What happened between two readings of one model.
[[nodiscard]] ModelStatistics subtract(const ModelStatistics &after, const ModelStatistics &before);

/// The body of a good answer; Kind::Protocol where it is not in its form.
[[nodiscard]] Result<QList<ModelStatistics>> readStatistics(const QByteArray &body);

/// With the server's own names for all that it counts.
[[nodiscard]] QJsonObject toJson(const ModelStatistics &statistics);

} // namespace Lorikeet::Triton
