// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "triton/tensor.h"

#include <QHash>
#include <QJsonValue>
#include <QList>
#include <QStringList>

#include <optional>

namespace Lorikeet::Triton {

/// GET /v2.
struct ServerMetadata
{
    QString name; ///< "triton"
    QString version;
    QStringList extensions;

    friend bool operator==(const ServerMetadata &, const ServerMetadata &) = default;
};

/// An input or output as a model describes it.
struct TensorInfo
{
    QString name;
    TensorType type = TensorType::Fp32;
    QList<qint64> shape; ///< -1: any size. Whether the batch is in it depends on whence it comes.
    bool optional = false;

    friend bool operator==(const TensorInfo &, const TensorInfo &) = default;
};

/// GET /v2/models/NAME. Its shapes include the dimension of the batch.
struct ModelMetadata
{
    QString name;
    QStringList versions;
    QString platform;
    QList<TensorInfo> inputs;
    QList<TensorInfo> outputs;

    friend bool operator==(const ModelMetadata &, const ModelMetadata &) = default;
};

/// GET /v2/models/NAME/config. Its shapes ("dims") do not include the dimension of the batch.
struct ModelConfig
{
    QString name;
    QString backend; ///< "python", "vllm", …; the platform where there is no backend
    qint64 maxBatchSize = 0; ///< 0: the model takes no batches
    QList<TensorInfo> inputs;
    QList<TensorInfo> outputs;
    bool decoupled = false; ///< answers with any number of replies: streams only
    QHash<QString, QString> parameters;

    [[nodiscard]] bool batches() const { return maxBatchSize > 0; }

    friend bool operator==(const ModelConfig &, const ModelConfig &) = default;
};

/// An entry of POST /v2/repository/index.
struct IndexEntry
{
    QString name;
    QString version; ///< empty for a model that was never loaded
    QString state; ///< READY, LOADING, UNLOADING, UNAVAILABLE; empty likewise
    QString reason;

    friend bool operator==(const IndexEntry &, const IndexEntry &) = default;
};

struct DurationStatistic
{
    quint64 count = 0;
    Nanoseconds total{};

    friend bool operator==(const DurationStatistic &, const DurationStatistic &) = default;
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

    friend bool operator==(const ModelStatistics &, const ModelStatistics &) = default;
};

/// What happened between two readings of one model.
[[nodiscard]] ModelStatistics subtract(const ModelStatistics &after, const ModelStatistics &before);

// Bodies of good answers; Kind::Protocol where they are not in their form. Numbers may be text, as
// gRPC's JSON writes those of 64 bits.

[[nodiscard]] Result<ServerMetadata> readServerMetadata(const QByteArray &body);
[[nodiscard]] Result<ModelMetadata> readModelMetadata(const QByteArray &body);
[[nodiscard]] Result<ModelConfig> readModelConfig(const QByteArray &body);
[[nodiscard]] Result<QList<IndexEntry>> readIndex(const QByteArray &body);
[[nodiscard]] Result<QList<ModelStatistics>> readStatistics(const QByteArray &body);

/// For servers without configurations (KServe's other ones): their tensors as they are, no batches.
[[nodiscard]] ModelConfig configFrom(const ModelMetadata &metadata);

} // namespace Lorikeet::Triton
