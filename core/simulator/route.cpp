// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/route.h"

#include "base/random.h"
#include "simulator/composer.h"
#include "simulator/tokenizer.h"

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

QString baseModel(const SimulatorOptions &options)
{
    return options.model.isEmpty() ? simulatorBaseModel() : options.model;
}

std::optional<ModelChoice> findModel(const SimulatorOptions &options, const QString &name)
{
    if (name.isEmpty() || name == baseModel(options)) {
        return ModelChoice();
    }
    if (name.startsWith("fault/"_L1)) {
        const Result<SimulatorFault> fault = parseSimulatorFault(name.sliced(6));
        return fault ? std::optional(ModelChoice{.adapters = {}, .fault = *fault}) : std::nullopt;
    }
    const QStringList parts = name.split(u'/');
    for (const QString &adapter : simulatorAdapters()) {
        if (parts.contains(adapter)) {
            return ModelChoice{.adapters = {{.id = adapter}}, .fault = {}};
        }
    }
    return std::nullopt;
}

std::vector<Answer> composeAll(const GenerationRequest &request, const RouteContext &context)
{
    std::vector<Answer> answers;
    for (int choice = 0; choice < request.choices; ++choice) {
        Random random(context.options.seed + context.ordinal * 0x2545f491ULL);
        answers.push_back(compose(request, choice, random.next()));
    }
    return answers;
}

qint64 promptTokens(const QList<PromptMessage> &messages)
{
    qint64 tokens = 3; // the beginning of text, and the assistant's turn
    for (const PromptMessage &message : messages) {
        tokens += 4 + tokenCount(message.text.toUtf8());
    }
    return tokens;
}

Script scriptFor(const GenerationRequest &generation, const RouteContext &context, bool stream)
{
    return {.model = baseModel(context.options),
        .adapters = generation.adapters,
        .answers = composeAll(generation, context),
        .promptTokens = generation.promptTokens,
        .stream = stream,
        .requestId = context.requestId};
}

} // namespace Lorikeet::Sim
