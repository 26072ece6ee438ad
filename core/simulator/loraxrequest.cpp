// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/loraxrequest.h"

#include "simulator/loraxopenairequest.h"
#include "simulator/prompt.h"
#include "simulator/tokenizer.h"

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

using Refused = std::optional<LoraxRefusal>;

LoraxRefusal unreadable(int status, const QString &message)
{
    return {.status = status, .type = {}, .message = message};
}

LoraxRefusal invalid(const QString &message)
{
    return {.type = u"validation"_s, .message = u"Input validation error: "_s + message};
}

Refused checkMerge(const LoraxParameters &parameters)
{
    if (!parameters.merge) {
        return std::nullopt;
    }
    const LoraxMerge &merge = *parameters.merge;
    if (parameters.adapterId) {
        return invalid(u"adapter_id and merged_adapters exclude each other"_s);
    }
    if (merge.ids.isEmpty()) {
        return invalid(u"merged_adapters needs at least one id"_s);
    }
    if (merge.weights.size() != merge.ids.size()) {
        return invalid(u"merged_adapters needs as many weights as ids"_s);
    }
    // The real router dies of an unknown word here; refusing is kinder and just as noticeable.
    static const QStringList strategies
        = {u"linear"_s, u"ties"_s, u"dare_linear"_s, u"dare_ties"_s};
    if (!strategies.contains(merge.strategy.value_or(u"linear"_s))) {
        return invalid(u"there is no merge_strategy '%1'"_s.arg(*merge.strategy));
    }
    static const QStringList signs = {u"total"_s, u"frequency"_s};
    if (!signs.contains(merge.signMethod.value_or(u"total"_s))) {
        return invalid(u"there is no majority_sign_method '%1'"_s.arg(*merge.signMethod));
    }
    return std::nullopt;
}

Refused checkBestOf(const LoraxParameters &parameters, bool streaming)
{
    if (!parameters.bestOf) {
        return std::nullopt;
    }
    const quint64 bestOf = *parameters.bestOf;
    if (bestOf > loraxMaxBestOf) {
        return invalid(u"best_of must be at most %1, got %2"_s.arg(loraxMaxBestOf).arg(bestOf));
    }
    if (bestOf > 1 && !parameters.samplingWanted()) {
        return invalid(
            u"best_of needs sampling: do_sample, temperature, top_k, top_p or typical_p"_s);
    }
    if (bestOf != 1 && streaming) {
        return invalid(u"best_of must be 1 when the answer is streamed"_s);
    }
    return std::nullopt;
}

struct RangeRule
{
    QLatin1StringView name;
    std::optional<double> LoraxParameters::*value;
    double least;
    double most;
    bool leastExcluded;
    bool mostExcluded;
};

constexpr double unlimited = std::numeric_limits<double>::infinity();

constexpr std::array rangeRules = {
    RangeRule{"temperature"_L1, &LoraxParameters::temperature, 0, unlimited, false, false},
    RangeRule{"repetition_penalty"_L1, &LoraxParameters::repetition, 0, unlimited, true, false},
    RangeRule{"frequency_penalty"_L1, &LoraxParameters::frequency, -2, 2, false, false},
    RangeRule{"presence_penalty"_L1, &LoraxParameters::presence, -2, 2, false, false},
    RangeRule{"top_p"_L1, &LoraxParameters::topP, 0, 1, true, false},
    RangeRule{"typical_p"_L1, &LoraxParameters::typicalP, 0, 1, true, true},
};

Refused checkRanges(const LoraxParameters &parameters)
{
    for (const RangeRule &rule : rangeRules) {
        const std::optional<double> value = parameters.*rule.value;
        if (value
            && (*value < rule.least || *value > rule.most
                || (rule.leastExcluded && *value == rule.least)
                || (rule.mostExcluded && *value == rule.most))) {
            return invalid(u"%1 is out of its range: %2"_s.arg(rule.name).arg(*value));
        }
    }
    if (parameters.topK && *parameters.topK <= 0) {
        return invalid(u"top_k must be greater than 0"_s);
    }
    if (parameters.alternatives && *parameters.alternatives <= 0) {
        return invalid(u"return_k_alternatives must be greater than 0"_s);
    }
    return std::nullopt;
}

Refused checkLengths(
    const LoraxParameters &parameters, const QString &inputs, qint64 inputTokens, qint64 maxTotal)
{
    if (parameters.maxNewTokens && *parameters.maxNewTokens == 0) {
        return invalid(u"max_new_tokens must be greater than 0"_s);
    }
    if (parameters.stop.size() > loraxMaxStopSequences) {
        return invalid(u"stop must have at most %1 sequences, got %2"_s.arg(loraxMaxStopSequences)
                .arg(parameters.stop.size()));
    }
    if (parameters.seed && parameters.bestOf.value_or(1) > 1) {
        return invalid(u"seed must not be set when best_of is greater than 1"_s);
    }
    if (inputs.isEmpty()) {
        return invalid(u"inputs must not be empty"_s);
    }
    const qint64 maxInput = maxTotal - 1;
    if (parameters.truncate
        && (*parameters.truncate == 0 || *parameters.truncate > quint64(maxInput))) {
        return invalid(u"truncate must be from 1 to %1"_s.arg(maxInput));
    }
    if (inputTokens > maxInput) {
        return invalid(
            u"`inputs` must have less than %1 tokens. Given: %2"_s.arg(maxInput).arg(inputTokens));
    }
    if (parameters.maxNewTokens && *parameters.maxNewTokens > quint64(maxTotal - inputTokens)) {
        return invalid(
            u"`inputs` tokens + `max_new_tokens` must be at most %1, got %2 and %3"_s.arg(maxTotal)
                .arg(inputTokens)
                .arg(*parameters.maxNewTokens));
    }
    return std::nullopt;
}

/// The shard's complaint about an adapter that is not there.
LoraxRefusal unknownAdapter(const QString &id)
{
    return {.status = 424,
        .type = u"generation"_s,
        .message
        = u"Request failed during generation: Server error: No adapter '%1' was found. The "
          "simulated server has: %2."_s.arg(id, simulatorAdapters().join(u", "_s))};
}

Refused findAdapters(
    const LoraxParameters &parameters, const RouteContext &context, LoraxCall &call)
{
    static const QStringList sources = {u"hub"_s, u"local"_s, u"s3"_s, u"pbase"_s};
    if (const QString source = parameters.adapterSource.value_or(u"hub"_s);
        !sources.contains(source.toLower())) {
        return LoraxRefusal{.status = 424,
            .type = u"generation"_s,
            .message
            = u"Request failed during generation: Server error: Unknown source '%1'"_s.arg(source)};
    }
    call.adapterSource = parameters.adapterSource.value_or(u"hub"_s);
    QList<double> weights{1};
    if (parameters.merge) {
        call.adapterIds = parameters.merge->ids;
        weights = parameters.merge->weights;
    } else if (!parameters.adapterId.value_or(QString()).isEmpty()) {
        call.adapterIds.append(*parameters.adapterId);
    }
    for (qsizetype i = 0; i < call.adapterIds.size(); ++i) {
        // They go into a header of the answer. The real router dies of them.
        if (std::any_of(call.adapterIds[i].begin(), call.adapterIds[i].end(),
                [](QChar c) { return c.category() == QChar::Other_Control; })) {
            return invalid(u"an adapter id has control characters"_s);
        }
        const std::optional<ModelChoice> model = call.adapterIds[i] == "__base_model__"_L1
            ? ModelChoice()
            : findModel(context.options, call.adapterIds[i]);
        if (!model) {
            return unknownAdapter(call.adapterIds[i]);
        }
        for (const WeightedAdapter &adapter : model->adapters) {
            call.generation.adapters.append({.id = adapter.id, .weight = weights[i]});
        }
        if (model->fault) {
            call.fault = model->fault;
        }
    }
    return std::nullopt;
}

void fill(LoraxCall &call, const LoraxBody &body, qint64 inputTokens, qint64 maxTotal)
{
    const LoraxParameters &parameters = body.parameters;
    GenerationRequest &out = call.generation;
    if (body.messages.isEmpty()) {
        out.messages = readTranscript(call.inputs);
        out.continues = out.messages.constLast().role == "assistant"_L1;
    } else {
        out.messages = body.messages;
    }
    out.tool = body.tool;
    out.toolSchema = body.toolSchema;
    out.promptTokens = parameters.truncate
        ? std::min(inputTokens, static_cast<qint64>(*parameters.truncate))
        : inputTokens;
    out.maxTokens = static_cast<qint64>(
        parameters.maxNewTokens.value_or(static_cast<quint64>(maxTotal - inputTokens)));
    out.ignoreEos = parameters.ignoreEos;
    out.stop = parameters.stop;
    out.keepStopText = true;
    out.seed = parameters.seed;
    call.sampling = parameters.samples();
    out.temperature = call.sampling ? parameters.temperature.value_or(1) : 0;
    out.choices = static_cast<int>(std::max<quint64>(parameters.bestOf.value_or(1), 1));
    out.schema = parameters.schema;
    call.details = parameters.details;
    call.decoderInputDetails = parameters.decoderInputDetails;
    call.returnFullText = parameters.returnFullText.value_or(false);
    call.alternatives = static_cast<int>(parameters.alternatives.value_or(0));
}

bool isJson(const QByteArray &contentType)
{
    const QByteArray type = contentType.split(';').constFirst().trimmed().toLower();
    return type == "application/json"
        || (type.startsWith("application/") && type.endsWith("+json"));
}

tl::expected<LoraxBody, LoraxRefusal> readBody(
    const QByteArray &bytes, const RouteContext &context, LoraxRoute route)
{
    switch (route) {
    case LoraxRoute::Chat:
        return readLoraxChat(bytes, baseModel(context.options));
    case LoraxRoute::Completion:
        return readLoraxCompletion(bytes, baseModel(context.options));
    default:
        return readLoraxBody(bytes);
    }
}

} // namespace

std::optional<LoraxRefusal> checkLoraxBody(const ServerRequest &request)
{
    if (!isJson(request.header("content-type"))) {
        return unreadable(415, u"Expected request with `Content-Type: application/json`"_s);
    }
    if (request.body.size() > loraxBodyLimit) {
        return unreadable(413, u"Failed to buffer the request body: length limit exceeded"_s);
    }
    return std::nullopt;
}

tl::expected<LoraxCall, LoraxRefusal> chooseLoraxAdapters(
    const LoraxParameters &parameters, const RouteContext &context)
{
    LoraxCall call;
    Refused refused = checkMerge(parameters);
    if (!refused) {
        refused = findAdapters(parameters, context, call);
    }
    if (refused) {
        return tl::unexpected(*refused);
    }
    return call;
}

tl::expected<LoraxCall, LoraxRefusal> readLoraxCall(
    const ServerRequest &request, const RouteContext &context, LoraxRoute route)
{
    if (const Refused refused = checkLoraxBody(request)) {
        return tl::unexpected(*refused);
    }
    const auto body = readBody(request.body, context, route);
    if (!body) {
        return tl::unexpected(body.error());
    }
    const LoraxParameters &parameters = body->parameters;
    LoraxCall call;
    call.inputs = body->inputs;
    call.stream = body->stream;
    if (route == LoraxRoute::Generate || route == LoraxRoute::GenerateStream) {
        call.stream = route == LoraxRoute::GenerateStream;
    }
    const qint64 inputTokens = body->messages.isEmpty() ? 1 + tokenCount(call.inputs.toUtf8())
                                                        : promptTokens(body->messages);
    const qint64 maxTotal = context.options.contextLength;
    Refused refused;
    const auto then = [&refused](auto &&check) {
        if (!refused) {
            refused = check();
        }
    };
    then([&]() -> Refused {
        if (context.inFlight < context.options.concurrency) {
            return std::nullopt;
        }
        return LoraxRefusal{
            .status = 429, .type = u"overloaded"_s, .message = u"Model is overloaded"_s};
    });
    then([&] { return checkMerge(parameters); });
    then([&] { return checkBestOf(parameters, call.stream); });
    then([&] { return checkRanges(parameters); });
    then([&] { return checkLengths(parameters, call.inputs, inputTokens, maxTotal); });
    then([&]() -> Refused {
        return call.stream && parameters.decoderInputDetails
            ? Refused(invalid(u"decoder_input_details is not for streams"_s))
            : std::nullopt;
    });
    then([&] { return findAdapters(parameters, context, call); });
    if (refused) {
        refused->stream = call.stream;
        return tl::unexpected(*refused);
    }
    fill(call, *body, inputTokens, maxTotal);
    return call;
}

} // namespace Lorikeet::Sim
