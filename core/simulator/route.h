// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/answerformat.h"
#include "simulator/simulatoroptions.h"

#include <QMap>
#include <QString>

#include <optional>

namespace Lorikeet::Sim {

class Engine;

/// What a route knows besides the request.
struct RouteContext
{
    const SimulatorOptions &options;
    const Engine &engine;
    const QMap<QString, qint64> &faults; ///< how many requests each has befallen
    quint64 ordinal; ///< of the answer; varies those for which no seed is given
    QByteArray requestId;
    qsizetype inFlight = 0; ///< requests the engine has, running or waiting
    QByteArray name; ///< what the `*` in the route's path stood for, decoded
};

/// What the name of a model or adapter stands for here.
struct ModelChoice
{
    QList<WeightedAdapter> adapters; ///< empty: the base model
    std::optional<SimulatorFault> fault; ///< named "fault/…"
};

/// Nothing: unknown. "" and the base model's own id are the base model. An adapter may be named as
/// part of a longer id (org/support-v3, support-v3/2), as hubs and registries have them.
[[nodiscard]] std::optional<ModelChoice> findModel(
    const SimulatorOptions &options, const QString &name);

/// The id of the base model.
[[nodiscard]] QString baseModel(const SimulatorOptions &options);

/// The answers of a request: one a choice.
[[nodiscard]] std::vector<Answer> composeAll(
    const GenerationRequest &request, const RouteContext &context);

/// The tokens of a whole conversation, with those a chat template adds.
[[nodiscard]] qint64 promptTokens(const QList<PromptMessage> &messages);

/// The script of an answer to `generation`, with all its words.
[[nodiscard]] Script scriptFor(
    const GenerationRequest &generation, const RouteContext &context, bool stream);

} // namespace Lorikeet::Sim
