// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/lorax.h"

#include "simulator/engine.h"
#include "simulator/loraxrequest.h"
#include "simulator/tokenizer.h"
#include "simulator/wire.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

QJsonObject errorObject(const QString &message, const QString &type)
{
    return {{"error"_L1, message}, {"error_type"_L1, type}};
}

void appendToken(QByteArray &out, int id, QByteArrayView text, double logprob, bool special)
{
    out += "{\"id\":" + QByteArray::number(id) + ",\"text\":";
    appendJsonString(out, text);
    out += ",\"logprob\":" + QByteArray::number(logprob, 'g', 8)
        + ",\"special\":" + (special ? "true" : "false") + ",\"skipped\":false";
}

class GenerateFormat final : public AnswerFormat
{
public:
    GenerateFormat(Script script, const LoraxCall &call, bool asArray)
        : AnswerFormat(std::move(script))
        , m_call(call)
        , m_asArray(asArray)
    { }

    [[nodiscard]] ServerResponse streamHead() const override
    {
        ServerResponse head{.contentType = "text/event-stream", .headers = commonHeaders()};
        head.headers.append(Header{"cache-control", "no-cache"});
        head.headers.append(Header{"x-accel-buffering", "no"});
        return head;
    }

    [[nodiscard]] QList<QByteArray> begin() override { return {}; }

    void appendToken(QByteArray &out, size_t choice, size_t index) override
    {
        const Answer &answer = script().answers[choice];
        out += "data: {\"token\":";
        appendTokenObject(out, answer, index);
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
        QByteArray event = "data: {\"token\":";
        appendEos(event);
        appendRest(event, answer, true);
        return {event};
    }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord & /*record*/) override { return {}; }

    [[nodiscard]] QList<QByteArray> failure() const override
    {
        return {"data: " + wholeFailure().body + "\n\n"};
    }

    [[nodiscard]] QByteArray keepAlive() const override { return ":\n\n"; }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord &record) const override
    {
        QByteArray body = "{\"generated_text\":";
        appendJsonString(body, generatedText(winner()));
        if (m_call.details || m_call.decoderInputDetails) {
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

    [[nodiscard]] ServerResponse wholeFailure() const override
    {
        return jsonResponse(errorObject(u"Request failed during generation: Server error: The "
                                        "simulated shard failed on purpose."_s,
                                u"generation"_s),
            424);
    }

private:
    /// Of best_of answers the first is taken to be the likeliest.
    [[nodiscard]] const Answer &winner() const { return script().answers.front(); }

    [[nodiscard]] static qint64 generatedTokens(const Answer &answer)
    {
        return static_cast<qint64>(answer.count()) + (answer.end == AnswerEnd::Natural ? 1 : 0);
    }

    [[nodiscard]] QByteArray finishReason(const Answer &answer) const
    {
        // Length is tested first: the end-of-text token in the last place counts as cut.
        if (generatedTokens(answer) >= m_call.generation.maxTokens) {
            return "length";
        }
        return answer.end == AnswerEnd::StopSequence ? "stop_sequence" : "eos_token";
    }

    [[nodiscard]] QByteArray seed(const Answer &answer) const
    {
        return m_call.sampling ? QByteArray::number(m_call.generation.seed.value_or(answer.entropy))
                               : QByteArray("null");
    }

    [[nodiscard]] QByteArray generatedText(const Answer &answer) const
    {
        return (m_call.returnFullText ? m_call.inputs.toUtf8() : QByteArray()) + answer.text;
    }

    void appendTokenObject(QByteArray &out, const Answer &answer, size_t index) const
    {
        const QByteArrayView piece = answer.piece(index);
        const TokenProbability probability = tokenProbability(answer, index, m_call.alternatives);
        Sim::appendToken(out, tokenId(piece), piece, probability.logprob, false);
        if (m_call.alternatives > 0) {
            out += ",\"alternative_tokens\":[";
            for (size_t i = 0; i < probability.alternatives.size(); ++i) {
                const auto &[text, logprob] = probability.alternatives[i];
                out += i == 0 ? "{\"id\":" : ",{\"id\":";
                out += QByteArray::number(tokenId(text)) + ",\"text\":";
                appendJsonString(out, text);
                out += ",\"logprob\":" + QByteArray::number(logprob, 'g', 8) + '}';
            }
            out += ']';
        }
        out += '}';
    }

    static void appendEos(QByteArray &out)
    {
        Sim::appendToken(out, 2, "</s>", -0.01, true);
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
        if (final && m_call.details) {
            out += ",\"details\":{\"finish_reason\":\"" + finishReason(answer)
                + "\",\"prompt_tokens\":" + QByteArray::number(script().promptTokens)
                + ",\"generated_tokens\":" + QByteArray::number(generatedTokens(answer))
                + ",\"seed\":" + seed(answer) + '}';
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
        if (m_call.decoderInputDetails) {
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
    }

    void appendPrefill(QByteArray &out) const
    {
        out += "{\"id\":1,\"text\":\"<s>\",\"logprob\":null}";
        const QByteArray inputs = m_call.inputs.toUtf8();
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
        out += "{\"prompt_tokens\":" + QByteArray::number(script().promptTokens)
            + ",\"skipped_tokens\":0,";
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

    [[nodiscard]] Headers commonHeaders() const
    {
        Headers headers{{"x-compute-type", "gpu+optimized"},
            {"x-compute-characters", QByteArray::number(m_call.inputs.toUcs4().size())},
            {"x-model-id", script().model.toUtf8()}, {"x-request-id", script().requestId}};
        if (!m_call.adapterIds.isEmpty()) {
            headers.append(Header{"x-adapter-id", m_call.adapterIds.join(u',').toUtf8()});
            headers.append(Header{"x-adapter-source", m_call.adapterSource.toUtf8()});
        }
        return headers;
    }

    [[nodiscard]] Headers timingHeaders(const SimulatorRecord &record) const
    {
        const auto milliseconds = [](TimePoint from, TimePoint to) {
            return QByteArray::number(
                qint64(std::chrono::duration_cast<Milliseconds>(to - from).count()));
        };
        const qint64 tokens = generatedTokens(winner());
        const TimePoint first = record.planned.empty() ? record.finished : record.planned.front();
        const Nanoseconds perToken
            = (record.finished - record.admitted) / std::max<qint64>(tokens, 1);
        const Nanoseconds perOutput = (record.finished - first) / std::max<qint64>(tokens - 1, 1);
        const auto toMs = [](Nanoseconds value) {
            return QByteArray::number(
                qint64(std::chrono::duration_cast<Milliseconds>(value).count()));
        };
        const QByteArray total = milliseconds(record.received, record.finished);
        return {{"x-compute-time", total}, {"x-total-time", total},
            {"x-prompt-tokens", QByteArray::number(script().promptTokens)},
            {"x-generated-tokens", QByteArray::number(tokens)}, {"x-skipped-tokens", "0"},
            {"x-total-tokens", QByteArray::number(script().promptTokens + tokens)},
            {"x-validation-time", "0"},
            {"x-queue-time", milliseconds(record.received, record.admitted)},
            {"x-inference-time", milliseconds(record.admitted, record.finished)},
            {"x-time-per-token", toMs(perToken)},
            {"x-time-to-first-token", milliseconds(record.admitted, first)},
            {"x-time-per-output-token", toMs(perOutput)}};
    }

    LoraxCall m_call;
    bool m_asArray;
};

ServerResponse refusal(const LoraxRefusal &refused)
{
    if (refused.type.isEmpty()) {
        return {.status = refused.status,
            .contentType = "text/plain; charset=utf-8",
            .body = refused.message.toUtf8()};
    }
    const QJsonObject body = errorObject(refused.message, refused.type);
    // Once the body could be read a stream is 200, whatever it says.
    return refused.stream
        ? ServerResponse{.contentType = "text/event-stream", .body = sseEvent(body)}
        : jsonResponse(body, refused.status);
}

RouteReply generate(const ServerRequest &request, const RouteContext &context, LoraxRoute route)
{
    const auto call = readLoraxCall(request, context, route);
    if (!call) {
        return refusal(call.error());
    }
    Script script = scriptFor(call->generation, context, call->stream);
    script.countsEos = true;
    script.fault = call->fault;
    return std::make_unique<GenerateFormat>(
        std::move(script), *call, route == LoraxRoute::Compatible);
}

RouteReply metrics(const ServerRequest & /*request*/, const RouteContext &context)
{
    return metricsText(loraxMetrics(context.engine.statistics()));
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
};

} // namespace

const Personality &loraxPersonality();

const Personality &loraxPersonality()
{
    static const Personality personality{.name = "lorax"_L1,
        .text = "LoRAX' own routes"_L1,
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
        : jsonResponse(errorObject(refusal.message, refusal.type), refusal.status);
}

RouteReply loraxCompatible(const ServerRequest &request, const RouteContext &context)
{
    return generate(request, context, LoraxRoute::Compatible);
}

RouteReply loraxGenerate(const ServerRequest &request, const RouteContext &context)
{
    return generate(request, context, LoraxRoute::Generate);
}

RouteReply loraxGenerateStream(const ServerRequest &request, const RouteContext &context)
{
    return generate(request, context, LoraxRoute::GenerateStream);
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
