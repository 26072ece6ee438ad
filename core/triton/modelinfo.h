// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "triton/tensor.h"

#include <QHash>
#include <QJsonValue>
#include <QList>
#include <QStringList>

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

/// A whole number, or its digits as text, as gRPC's JSON writes those of 64 bits.
[[nodiscard]] qint64 wholeNumber(const QJsonValue &value);

// Bodies of good answers; Kind::Protocol where they are not in their form.

[[nodiscard]] Result<ServerMetadata> readServerMetadata(const QByteArray &body);
[[nodiscard]] Result<ModelMetadata> readModelMetadata(const QByteArray &body);
[[nodiscard]] Result<ModelConfig> readModelConfig(const QByteArray &body);
[[nodiscard]] Result<QList<IndexEntry>> readIndex(const QByteArray &body);

/// For servers without configurations (KServe's other ones): their tensors as they are, no batches.
[[nodiscard]] ModelConfig configFrom(const ModelMetadata &metadata);

} // namespace Lorikeet::Triton
