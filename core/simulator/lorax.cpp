// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/lorax.h"

#include "simulator/engine.h"
#include "simulator/loraxencoder.h"
#include "simulator/loraxformat.h"
#include "simulator/loraxopenai.h"
#include "simulator/loraxrequest.h"
#include "simulator/tokenizer.h"
#include "simulator/wire.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

void appendToken(
    QByteArray &out, int id, QByteArrayView text, double logprob, bool special, bool withSkipped)
{
    out += "{\"id\":" + QByteArray::number(id) + ",\"text\":";
    appendJsonString(out, text);
    out += ",\"logprob\":" + QByteArray::number(logprob, 'g', 8) + ",\"special\":"
        + (special ? "true" : "false") + (withSkipped ? ",\"skipped\":false" : "");
}

class GenerateFormat final : public LoraxFormat
{
public:
    GenerateFormat(Script script, const LoraxCall &call, bool asArray)
        : LoraxFormat(std::move(script), call)
        , m_asArray(asArray)
    { }

    [[nodiscard]] QList<QByteArray> begin() override { return {}; }

    void appendToken(QByteArray &out, size_t choice, size_t index) override
    {
        const Answer &answer = script().answers[choice];
        appendOpening(out, index);
        appendTokenObject(out, answer, index);
        if (call().asTgi && call().alternatives > 0) {
            out += ",\"top_tokens\":";
            appendAlternatives(out, answer, index);
        }
        // Without an end-of-text token the last one carries the whole.
        const bool last = index + 1 == answer.count() && answer.end != AnswerEnd::Natural;
        appendRest(out, answer, last && script().withFinish());
    }

    [[nodiscard]] QList<QByteArray> finish(size_t choice) override
    {
        const Answer &answer = script().answers[choice];
        if (answer.end != AnswerEnd::Natural || !script().withFinish()) {
            return {};
        }
        QByteArray event;
        appendOpening(event, answer.count());
        appendEos(event);
        appendRest(event, answer, true);
        return {event};
    }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord & /*record*/) override { return {}; }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord &record) const override
    {
        QByteArray body = "{\"generated_text\":";
        appendJsonString(body, generatedText(winner()));
        if (call().details || call().decoderInputDetails) {
            body += ",\"details\":";
            appendDetails(body);
        }
        body += '}';
        ServerResponse response{.contentType = "application/json",
            .body = m_asArray ? '[' + body + ']' : body,
            .headers = commonHeaders()};
        response.headers.append(timingHeaders(record));
        return response;
    }

private:
    [[nodiscard]] QByteArray finishReason(const Answer &answer) const
    {
        if (isCut(answer)) {
            return "length";
        }
        return answer.end == AnswerEnd::StopSequence ? "stop_sequence" : "eos_token";
    }

    [[nodiscard]] QByteArray seed(const Answer &answer) const
    {
        return call().sampling ? QByteArray::number(call().generation.seed.value_or(answer.entropy))
                               : QByteArray("null");
    }

    [[nodiscard]] QByteArray generatedText(const Answer &answer) const
    {
        return (call().returnFullText ? call().inputs.toUtf8() : QByteArray()) + answer.text;
    }

    void appendTokenObject(QByteArray &out, const Answer &answer, size_t index) const
    {
        const QByteArrayView piece = answer.piece(index);
        const TokenProbability probability = tokenProbability(answer, index, call().alternatives);
        Sim::appendToken(out, tokenId(piece), piece, probability.logprob, false, !call().asTgi);
        if (!call().asTgi && call().alternatives > 0) {
            out += ",\"alternative_tokens\":";
            appendAlternatives(out, answer, index);
        }
        out += '}';
    }

    /// Of an event, up to its token.
    void appendOpening(QByteArray &out, size_t index) const
    {
        out += call().asTgi ? "data:{\"index\":" + QByteArray::number(index + 1) + ",\"token\":"
                            : QByteArray("data: {\"token\":");
    }

    void appendAlternatives(QByteArray &out, const Answer &answer, size_t index) const
    {
        const TokenProbability probability = tokenProbability(answer, index, call().alternatives);
        out += '[';
        for (size_t i = 0; i < probability.alternatives.size(); ++i) {
            const auto &[text, logprob] = probability.alternatives[i];
            out += i == 0 ? "{\"id\":" : ",{\"id\":";
            out += QByteArray::number(tokenId(text)) + ",\"text\":";
            appendJsonString(out, text);
            out += ",\"logprob\":" + QByteArray::number(logprob, 'g', 8)
                + (call().asTgi ? ",\"special\":false}" : "}");
        }
        out += ']';
    }

    void appendEos(QByteArray &out) const
    {
        Sim::appendToken(out, 2, "</s>", -0.01, true, !call().asTgi);
        out += '}';
    }

    void appendRest(QByteArray &out, const Answer &answer, bool final) const
    {
        out += ",\"generated_text\":";
        if (final) {
            appendJsonString(out, generatedText(answer));
        } else {
            out += "null";
        }
        if (final && call().details) {
            out += ",\"details\":{\"finish_reason\":\"" + finishReason(answer)
                + (call().asTgi ? "\",\"input_length\":" : "\",\"prompt_tokens\":")
                + QByteArray::number(script().promptTokens) + ",\"generated_tokens\":"
                + QByteArray::number(generatedTokens(answer)) + ",\"seed\":" + seed(answer) + '}';
        } else {
            out += ",\"details\":null";
        }
        out += "}\n\n";
    }

    /// The members that the winner and the losers of best_of share.
    void appendSequence(QByteArray &out, const Answer &answer) const
    {
        out += "\"finish_reason\":\"" + finishReason(answer)
            + "\",\"generated_tokens\":" + QByteArray::number(generatedTokens(answer))
            + ",\"seed\":" + seed(answer) + ",\"prefill\":[";
        if (call().decoderInputDetails) {
            appendPrefill(out);
        }
        out += "],\"tokens\":[";
        for (size_t i = 0; i < answer.count(); ++i) {
            out += i == 0 ? "" : ",";
            appendTokenObject(out, answer, i);
        }
        if (answer.end == AnswerEnd::Natural) {
            out += answer.count() == 0 ? "" : ",";
            appendEos(out);
        }
        out += ']';
        if (call().asTgi && call().alternatives > 0) {
            out += ",\"top_tokens\":[";
            for (size_t i = 0; i < answer.count(); ++i) {
                out += i == 0 ? "" : ",";
                appendAlternatives(out, answer, i);
            }
            out += ']';
        }
    }

    void appendPrefill(QByteArray &out) const
    {
        out += "{\"id\":1,\"text\":\"<s>\",\"logprob\":null}";
        const QByteArray inputs = call().inputs.toUtf8();
        qsizetype from = 0;
        for (const qsizetype end : tokenEnds(inputs)) {
            const QByteArrayView piece = QByteArrayView(inputs).sliced(from, end - from);
            out += ",{\"id\":" + QByteArray::number(tokenId(piece)) + ",\"text\":";
            appendJsonString(out, piece);
            out += ",\"logprob\":" + QByteArray::number(-0.5 - (tokenId(piece) % 700) / 100.0)
                + '}';
            from = end;
        }
    }

    void appendDetails(QByteArray &out) const
    {
        out += '{';
        if (!call().asTgi) { // which tells it in a header alone
            out += "\"prompt_tokens\":" + QByteArray::number(script().promptTokens)
                + ",\"skipped_tokens\":0,";
        }
        appendSequence(out, winner());
        if (script().answers.size() > 1) {
            out += ",\"best_of_sequences\":[";
            for (size_t i = 1; i < script().answers.size(); ++i) {
                const Answer &loser = script().answers[i];
                out += i == 1 ? "{\"generated_text\":" : ",{\"generated_text\":";
                appendJsonString(out, generatedText(loser));
                out += ',';
                appendSequence(out, loser);
                out += '}';
            }
            out += ']';
        }
        out += '}';
    }

    bool m_asArray;
};

} // namespace

RouteReply loraxAnswer(
    const ServerRequest &request, const RouteContext &context, LoraxRoute route, bool asTgi)
{
    auto call = readLoraxCall(request, context, route);
    if (!call) {
        return toResponse(call.error());
    }
    call->asTgi = asTgi;
    Script script = scriptFor(call->generation, context, call->stream);
    script.countsEos = true;
    script.fault = call->fault;
    if (route == LoraxRoute::Chat || route == LoraxRoute::Completion) {
        return loraxOpenAiFormat(std::move(script), *call, route);
    }
    return std::make_unique<GenerateFormat>(
        std::move(script), *call, route == LoraxRoute::Compatible);
}

namespace {

RouteReply metrics(const ServerRequest & /*request*/, const RouteContext &context)
{
    return metricsText(loraxMetrics(context.engine.statistics()));
}

RouteReply chat(const ServerRequest &request, const RouteContext &context)
{
    return loraxAnswer(request, context, LoraxRoute::Chat);
}

RouteReply completion(const ServerRequest &request, const RouteContext &context)
{
    return loraxAnswer(request, context, LoraxRoute::Completion);
}

constexpr Route routes[] = {
    {"GET", "/health", false, healthy},
    {"GET", "/ping", false, healthy},
    {"GET", "/metrics", false, metrics},
    {"POST", "/tokenize", false, loraxTokenize},
    {"GET", "/", false, healthy},
    {"POST", "/", true, loraxCompatible},
    {"POST", "/invocations", true, loraxCompatible},
    {"GET", "/info", false, loraxInfo},
    {"POST", "/generate", true, loraxGenerate},
    {"POST", "/generate_stream", true, loraxGenerateStream},
    {"POST", "/v1/chat/completions", true, chat},
    {"POST", "/v1/completions", true, completion},
    {"POST", "/v1/embeddings", true, loraxOpenAiEmbeddings},
    {"POST", "/embed", true, loraxEmbed},
    {"POST", "/classify", true, loraxClassify},
    {"POST", "/classify_batch", true, loraxClassifyBatch},
};

} // namespace

const Personality &loraxPersonality();

const Personality &loraxPersonality()
{
    static const Personality personality{.name = "lorax"_L1,
        .text = "LoRAX, its own routes and OpenAI's"_L1,
        .routes = routes,
        .refuse = loraxRefusal,
        .holdsKey = holdsBearerKey,
        .headers = {},
        .base = {}};
    return personality;
}

ServerResponse loraxRefusal(const ServerRequest & /*request*/, const Refusal &refusal)
{
    if (refusal.type.isEmpty()) {
        return {.status = refusal.status}; // without a body
    }
    return refusal.status == 401
        ? jsonResponse({{"error"_L1, refusal.message}}, 401)
        : jsonResponse(loraxError(refusal.message, refusal.type), refusal.status);
}

RouteReply loraxCompatible(const ServerRequest &request, const RouteContext &context)
{
    return loraxAnswer(request, context, LoraxRoute::Compatible);
}

RouteReply loraxGenerate(const ServerRequest &request, const RouteContext &context)
{
    return loraxAnswer(request, context, LoraxRoute::Generate);
}

RouteReply loraxGenerateStream(const ServerRequest &request, const RouteContext &context)
{
    return loraxAnswer(request, context, LoraxRoute::GenerateStream);
}

RouteReply loraxInfo(const ServerRequest & /*request*/, const RouteContext &context)
{
    const SimulatorOptions &options = context.options;
    return jsonResponse({{"model_id"_L1, baseModel(options)}, {"model_sha"_L1, QJsonValue()},
        {"model_dtype"_L1, u"torch.float16"_s}, {"model_device_type"_L1, u"cuda"_s},
        {"model_pipeline_tag"_L1, u"text-generation"_s},
        {"max_concurrent_requests"_L1, options.concurrency}, {"max_best_of"_L1, loraxMaxBestOf},
        {"max_stop_sequences"_L1, loraxMaxStopSequences},
        {"max_input_length"_L1, options.contextLength - 1},
        {"max_total_tokens"_L1, options.contextLength}, {"waiting_served_ratio"_L1, 1.2},
        {"max_batch_total_tokens"_L1, options.contextLength * options.timing.slots},
        {"max_waiting_tokens"_L1, 20}, {"validation_workers"_L1, 2}, {"eager_prefill"_L1, false},
        {"version"_L1, u"0.1.0"_s}, {"sha"_L1, QJsonValue()}, {"docker_label"_L1, QJsonValue()},
        {"request_logger_url"_L1, QJsonValue()}});
}

RouteReply loraxTokenize(const ServerRequest &request, const RouteContext & /*context*/)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const QByteArray text = body["inputs"_L1].toString().toUtf8();
    QJsonArray tokens;
    if (body["add_special_tokens"_L1].toBool(true)) {
        tokens.append(
            QJsonObject{{"id"_L1, 1}, {"text"_L1, u"<s>"_s}, {"start"_L1, 0}, {"stop"_L1, 0}});
    }
    qsizetype from = 0;
    qsizetype start = 0; // in characters
    for (const qsizetype end : tokenEnds(text)) {
        const QByteArrayView piece = QByteArrayView(text).sliced(from, end - from);
        const QString characters = QString::fromUtf8(piece);
        const qsizetype stop = start + characters.toUcs4().size();
        tokens.append(QJsonObject{{"id"_L1, tokenId(piece)}, {"text"_L1, characters},
            {"start"_L1, start}, {"stop"_L1, stop}});
        from = end;
        start = stop;
    }
    return ServerResponse{.contentType = "application/json",
        .body = QJsonDocument(tokens).toJson(QJsonDocument::Compact)};
}

} // namespace Lorikeet::Sim
