// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Facts: llama.cpp tools/server, and recorded answers of it.

#include "simulator/llamacppcompletion.h"

#include "simulator/openairequest.h"
#include "simulator/prompt.h"
#include "simulator/tokenizer.h"
#include "simulator/wire.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

struct CompletionCall
{
    GenerationRequest generation;
    QString prompt;
    bool stream = false;
    int probabilities = 0;
    qint64 seed = -1;
};

class CompletionFormat final : public AnswerFormat
{
public:
    CompletionFormat(Script script, CompletionCall call,
        ServerResponse (*refuse)(const ServerRequest &, const Refusal &))
        : AnswerFormat(std::move(script))
        , m_call(std::move(call))
        , m_refuse(refuse)
    { }

    [[nodiscard]] ServerResponse streamHead() const override
    {
        return {.contentType = "text/event-stream"};
    }

    [[nodiscard]] QList<QByteArray> begin() override { return {}; }

    void appendToken(QByteArray &out, size_t choice, size_t index) override
    {
        const Answer &answer = script().answers[choice];
        const QByteArrayView piece = answer.piece(index);
        QJsonObject object{{"index"_L1, int(choice)}, {"content"_L1, QString::fromUtf8(piece)},
            {"tokens"_L1, QJsonArray{tokenId(piece)}}, {"stop"_L1, false}, {"id_slot"_L1, -1},
            {"tokens_predicted"_L1, qint64(index) + 1},
            {"tokens_evaluated"_L1, script().promptTokens}};
        if (m_call.probabilities > 0) {
            object.insert("completion_probabilities"_L1, QJsonArray{probability(answer, index)});
        }
        out += sseEvent(object);
    }

    [[nodiscard]] QList<QByteArray> finish(size_t /*choice*/) override { return {}; }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord &record) override
    {
        if (!script().withDone()) {
            return {};
        }
        QList<QByteArray> events;
        for (size_t i = 0; i < script().answers.size(); ++i) {
            events.append(sseEvent(last(i, record, QString())));
        }
        return events;
    }

    [[nodiscard]] QList<QByteArray> failure() const override
    {
        return {"data: " + wholeFailure().body + "\n\n"};
    }

    [[nodiscard]] QByteArray malformed() const override
    {
        return "data: {\"index\":0,\"content\":\n\n";
    }

    [[nodiscard]] QByteArray keepAlive() const override { return ":\n\n"; }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord &record) const override
    {
        QJsonArray answers;
        for (size_t i = 0; i < script().answers.size(); ++i) {
            const Answer &answer = script().answers[i];
            QJsonObject object
                = last(i, record, QString::fromUtf8(answer.joined(Channel::Content)));
            if (m_call.probabilities > 0) {
                QJsonArray list;
                for (size_t token = 0; token < answer.count(); ++token) {
                    list.append(probability(answer, token));
                }
                object.insert("completion_probabilities"_L1, list);
            }
            answers.append(object);
        }
        return answers.size() == 1
            ? jsonResponse(answers.first().toObject())
            : ServerResponse{.contentType = "application/json",
                  .body = QJsonDocument(answers).toJson(QJsonDocument::Compact)};
    }

    [[nodiscard]] ServerResponse wholeFailure() const override
    {
        return m_refuse({},
            {.status = 500,
                .type = u"InternalServerError"_s,
                .message = u"The simulated decoder failed on purpose."_s});
    }

private:
    [[nodiscard]] QJsonObject probability(const Answer &answer, size_t index) const
    {
        const auto entry = [](QByteArrayView token, double logprob) {
            QJsonArray bytes;
            for (const char c : token) {
                bytes.append(static_cast<quint8>(c));
            }
            return QJsonObject{{"id"_L1, tokenId(token)}, {"token"_L1, QString::fromUtf8(token)},
                {"bytes"_L1, bytes}, {"logprob"_L1, logprob}};
        };
        const TokenProbability told = tokenProbability(answer, index, m_call.probabilities);
        QJsonObject object = entry(answer.piece(index), told.logprob);
        QJsonArray top;
        for (const auto &[token, logprob] : told.alternatives) {
            top.append(entry(token, logprob));
        }
        object.insert("top_logprobs"_L1, top);
        return object;
    }

    /// The object that says how a choice ended.
    [[nodiscard]] QJsonObject last(
        size_t index, const SimulatorRecord &record, const QString &content) const
    {
        const Answer &answer = script().answers[index];
        const TimePoint first = record.planned.empty() ? record.admitted : record.planned.front();
        const TimePoint end = record.planned.empty() ? first : record.planned.back();
        const QString type = answer.end == AnswerEnd::Length ? u"limit"_s
            : answer.end == AnswerEnd::StopSequence          ? u"word"_s
                                                             : u"eos"_s;
        QJsonObject object{{"index"_L1, int(index)}, {"content"_L1, content},
            {"tokens"_L1, QJsonArray()}, {"id_slot"_L1, 0}, {"stop"_L1, true},
            {"model"_L1, script().model}, {"tokens_predicted"_L1, qint64(answer.count())},
            {"tokens_evaluated"_L1, script().promptTokens},
            {"generation_settings"_L1,
                QJsonObject{{"seed"_L1, m_call.seed < 0 ? 4294967295 : m_call.seed}}},
            {"prompt"_L1, m_call.prompt}, {"truncated"_L1, false},
            {"stopping_word"_L1, answer.stopText},
            {"tokens_cached"_L1, script().promptTokens + qint64(answer.count())},
            {"timings"_L1,
                QJsonObject{{"cache_n"_L1, 0}, {"prompt_n"_L1, script().promptTokens},
                    {"prompt_ms"_L1, toMilliseconds(first - record.admitted)},
                    {"predicted_n"_L1, qint64(answer.count())},
                    {"predicted_ms"_L1, toMilliseconds(end - first)}}}};
        object.insert("stop_type"_L1, script().withFinish() ? type : u"none"_s);
        return object;
    }

    CompletionCall m_call;
    ServerResponse (*m_refuse)(const ServerRequest &, const Refusal &);
};

tl::expected<CompletionCall, Refusal> readCall(
    const QJsonObject &body, const SimulatorOptions &options)
{
    const auto refused = [](const QString &message) {
        return tl::unexpected(Refusal{.type = u"BadRequestError"_s, .message = message});
    };
    CompletionCall call;
    GenerationRequest &out = call.generation;
    call.prompt = body["prompt"_L1].toString();
    if (!body["prompt"_L1].isString()) {
        return refused(u"\"prompt\" must be a string"_s);
    }
    if (!body["grammar"_L1].toString().isEmpty() && body.contains("json_schema"_L1)) {
        return refused(u"Either \"json_schema\" or \"grammar\" can be specified, but not both"_s);
    }
    out.messages = readTranscript(call.prompt);
    out.continues = !out.messages.isEmpty() && out.messages.constLast().role == "assistant"_L1;
    out.promptTokens = tokenCount(call.prompt.toUtf8());
    const qint64 room = options.contextLength - out.promptTokens;
    if (room < 1) {
        return tl::unexpected(Refusal{.type = u"BadRequestError"_s,
            .message = u"request (%1 tokens) exceeds the available context size (%2 tokens)"_s
                .arg(out.promptTokens)
                .arg(options.contextLength),
            .param = {},
            .tooLong = true});
    }
    const qint64 limit = body["n_predict"_L1].toInteger(body["max_tokens"_L1].toInteger(-1));
    out.maxTokens = limit < 0 ? room : std::min(limit, room);
    out.ignoreEos = body["ignore_eos"_L1].toBool();
    out.temperature = std::clamp(body["temperature"_L1].toDouble(0.8), 0.0, 2.0);
    out.choices = std::clamp(body["n_cmpl"_L1].toInt(1), 1, 8);
    call.seed = body["seed"_L1].toInteger(-1);
    if (call.seed >= 0) {
        out.seed = static_cast<quint64>(call.seed);
    }
    const QJsonArray stops = body["stop"_L1].toArray();
    for (const QJsonValue &stop : stops) {
        out.stop.append(stop.toString());
    }
    if (body["json_schema"_L1].isObject()) {
        out.schema = body["json_schema"_L1].toObject();
    }
    if (const auto unknown = unknownScale(body["lora"_L1])) {
        return tl::unexpected(*unknown);
    }
    out.adapters = scaledAdapters(body["lora"_L1]);
    call.stream = body["stream"_L1].toBool();
    call.probabilities = std::clamp(body["n_probs"_L1].toInt(0), 0, 20);
    return call;
}

} // namespace

std::optional<Refusal> unknownScale(const QJsonValue &lora)
{
    const QJsonArray scales = lora.toArray();
    const bool isKnown = std::all_of(scales.begin(), scales.end(), [](const QJsonValue &each) {
        const int id = each["id"_L1].toInt(-1);
        return id >= 0 && id < simulatorAdapters().size();
    });
    return isKnown
        ? std::nullopt
        : std::optional(Refusal{.type = u"BadRequestError"_s, .message = u"invalid adapter id"_s});
}

QList<WeightedAdapter> scaledAdapters(const QJsonValue &lora)
{
    QList<WeightedAdapter> adapters;
    const QStringList known = simulatorAdapters();
    const QJsonArray scales = lora.toArray();
    for (const QJsonValue &each : scales) {
        const int id = each["id"_L1].toInt(-1);
        const double scale = each["scale"_L1].toDouble();
        if (id >= 0 && id < known.size() && scale > 0) {
            adapters.append({.id = known[id], .weight = scale});
        }
    }
    return adapters;
}

RouteReply llamaCppCompletion(const ServerRequest &request, const RouteContext &context,
    ServerResponse (*refuse)(const ServerRequest &, const Refusal &))
{
    const auto body = readObject(request.body);
    if (!body) {
        return refuse(request, body.error());
    }
    const auto call = readCall(*body, context.options);
    if (!call) {
        return refuse(request, call.error());
    }
    return std::make_unique<CompletionFormat>(
        scriptFor(call->generation, context, call->stream), *call, refuse);
}

} // namespace Lorikeet::Sim
