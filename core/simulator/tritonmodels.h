// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/personality.h"

#include <QJsonObject>

#include <tl/expected.hpp>

namespace Lorikeet::Sim {

// The models of the simulated Triton: one that writes, with the inputs of the vLLM backend; one
// that embeds texts; one that ranks them.

/// A tensor as the configuration of a model describes it.
struct TritonTensor
{
    QLatin1StringView name;
    QLatin1StringView type; ///< "BYTES", "FP32" …
    qint64 size; ///< of its one dimension; -1: any
    bool optional = false;
};

struct TritonModel
{
    QString name;
    QLatin1StringView backend;
    int maxBatchSize; ///< 0: it makes no batches
    bool decoupled;
    std::span<const TritonTensor> inputs;
    std::span<const TritonTensor> outputs;

    [[nodiscard]] QJsonObject metadata() const;
    [[nodiscard]] QJsonObject config() const;
    [[nodiscard]] bool hasInput(QStringView input) const;
};

[[nodiscard]] QList<TritonModel> tritonModels(const SimulatorOptions &options);

/// The model of that name, or why there is none.
[[nodiscard]] tl::expected<TritonModel, Refusal> findTritonModel(const RouteContext &context);

/// {"error": "…"}
[[nodiscard]] ServerResponse tritonRefusal(const ServerRequest &request, const Refusal &refusal);

/// POST …/infer, in JSON and with tensors behind it.
[[nodiscard]] RouteReply tritonInfer(const ServerRequest &request, const RouteContext &context);

/// POST …/generate and …/generate_stream.
[[nodiscard]] RouteReply tritonGenerate(const ServerRequest &request, const RouteContext &context);
[[nodiscard]] RouteReply tritonGenerateStream(
    const ServerRequest &request, const RouteContext &context);

} // namespace Lorikeet::Sim
