// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Ollama: its own NDJSON routes and its OpenAI-compatible ones (facts: ollama server/routes.go,
// api/types.go).

#include "simulator/encoding.h"
#include "simulator/openai.h"
#include "simulator/openairequest.h"
#include "simulator/translations.h"
#include "simulator/wire.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

QString now() { return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs); }

ServerResponse refuse(const ServerRequest &request, const Refusal &refusal)
{
    if (refusal.type.isEmpty()) {
        return {.status = refusal.status,
            .contentType = "text/plain",
            .body = QByteArray::number(refusal.status) + " page not found"};
    }
    if (!request.path.startsWith("/v1/")) {
        return jsonResponse({{"error"_L1, refusal.message}}, refusal.status);
    }
    const QString type = refusal.status == 404 ? u"not_found_error"_s
        : refusal.status < 500                 ? u"invalid_request_error"_s
                                               : u"api_error"_s;
    return jsonResponse({{"error"_L1,
                            QJsonObject{{"message"_L1, refusal.message}, {"type"_L1, type},
                                {"param"_L1, QJsonValue()}, {"code"_L1, QJsonValue()}}}},
        refusal.status);
}

QStringList modelNames(const SimulatorOptions &options)
{
    return QStringList{baseModel(options)} + simulatorAdapters();
}

/// Lines of JSON, one a token; the counts and times come with the last.
class LinesFormat final : public AnswerFormat
{
public:
    LinesFormat(Script script, const ChatCall &call, QString model)
        : AnswerFormat(std::move(script))
        , m_call(call)
        , m_model(std::move(model))
    {
        m_prefix = "{\"model\":";
        appendJsonString(m_prefix, m_model.toUtf8());
        m_prefix += ",\"created_at\":\"";
    }

    [[nodiscard]] ServerResponse streamHead() const override
    {
        return {.contentType = "application/x-ndjson"};
    }

    [[nodiscard]] QList<QByteArray> begin() override { return {}; }

    void appendToken(QByteArray &out, size_t choice, size_t index) override
    {
        const Answer &answer = script().answers[choice];
        const Channel channel = answer.pieces[index].channel;
        if (channel == Channel::ToolArguments) {
            return; // A call comes whole.
        }
        out += m_prefix + now().toLatin1() + "\",\"message\":{\"role\":\"assistant\",\"content\":";
        if (channel == Channel::Reasoning) {
            out += "\"\",\"thinking\":";
        }
        appendJsonString(out, answer.piece(index));
        out += '}';
        if (m_call.logprobs && channel == Channel::Content) {
            out += ",\"logprobs\":["
                + QJsonDocument(logprobObject(answer, index, m_call.topLogprobs))
                      .toJson(QJsonDocument::Compact)
                + ']';
        }
        out += ",\"done\":false}\n";
    }

    [[nodiscard]] QList<QByteArray> finish(size_t choice) override
    {
        const Answer &answer = script().answers[choice];
        if (answer.tool.isEmpty() || !script().withFinish()) {
            return {};
        }
        QJsonObject message{{"role"_L1, u"assistant"_s}, {"content"_L1, QString()}};
        message.insert("tool_calls"_L1, toolCalls(answer));
        return {line({{"message"_L1, message}, {"done"_L1, false}})};
    }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord &record) override
    {
        if (!script().withDone()) {
            return {};
        }
        QJsonObject last = summary(record);
        last.insert(
            "message"_L1, QJsonObject{{"role"_L1, u"assistant"_s}, {"content"_L1, QString()}});
        return {line(last)};
    }

    [[nodiscard]] QList<QByteArray> failure() const override
    {
        return {wholeFailure().body + '\n'};
    }

    [[nodiscard]] QByteArray malformed() const override
    {
        return m_prefix + "\",\"message\":{\"content\":\n";
    }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord &record) const override
    {
        const Answer &answer = script().answers.front();
        QJsonObject body = summary(record);
        QJsonObject message{{"role"_L1, u"assistant"_s},
            {"content"_L1, QString::fromUtf8(answer.joined(Channel::Content))}};
        if (const QByteArray thinking = answer.joined(Channel::Reasoning); !thinking.isEmpty()) {
            message.insert("thinking"_L1, QString::fromUtf8(thinking));
        }
        if (!answer.tool.isEmpty()) {
            message.insert("tool_calls"_L1, toolCalls(answer));
        }
        body.insert("message"_L1, message);
        if (m_call.logprobs) {
            QJsonArray logprobs;
            for (size_t i = 0; i < answer.count(); ++i) {
                if (answer.pieces[i].channel == Channel::Content) {
                    logprobs.append(logprobObject(answer, i, m_call.topLogprobs));
                }
            }
            body.insert("logprobs"_L1, logprobs);
        }
        return {.contentType = "application/json; charset=utf-8", .body = line(body)};
    }

    [[nodiscard]] ServerResponse wholeFailure() const override
    {
        return jsonResponse(
            {{"error"_L1, u"The simulated runner failed on purpose in the middle."_s}}, 500);
    }

private:
    [[nodiscard]] QByteArray line(QJsonObject object) const
    {
        object.insert("model"_L1, m_model);
        object.insert("created_at"_L1, now());
        return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    }

    [[nodiscard]] static QJsonArray toolCalls(const Answer &answer)
    {
        return {QJsonObject{{"id"_L1, u"call_"_s + QString::number(answer.entropy, 36).left(8)},
            {"function"_L1,
                QJsonObject{{"index"_L1, 0}, {"name"_L1, answer.tool},
                    {"arguments"_L1,
                        QJsonDocument::fromJson(answer.joined(Channel::ToolArguments))
                            .object()}}}}};
    }

    [[nodiscard]] QJsonObject summary(const SimulatorRecord &record) const
    {
        const auto between = [](TimePoint from, TimePoint to) {
            return qint64(std::max(to - from, Nanoseconds(0)).count());
        };
        const TimePoint first = record.planned.empty() ? record.admitted : record.planned.front();
        const TimePoint last = record.planned.empty() ? first : record.planned.back();
        QJsonObject object{{"done"_L1, true}, {"total_duration"_L1, between(record.received, last)},
            {"load_duration"_L1, between(record.received, record.admitted)},
            {"prompt_eval_count"_L1, script().promptTokens},
            {"prompt_eval_duration"_L1, between(record.admitted, first)},
            {"eval_count"_L1, record.completionTokens}, {"eval_duration"_L1, between(first, last)}};
        if (script().withFinish()) {
            const bool isCut = script().answers.front().end == AnswerEnd::Length;
            object.insert("done_reason"_L1, isCut ? u"length"_s : u"stop"_s);
        }
        return object;
    }

    ChatCall m_call;
    QString m_model; ///< as the request named it
    QByteArray m_prefix; ///< of a line, up to its time
};

RouteReply chat(const ServerRequest &request, const RouteContext &context)
{
    const auto from = readObject(request.body);
    if (!from) {
        return refuse(request, from.error());
    }
    const QString model = (*from)["model"_L1].toString();
    if (model.isEmpty()) {
        return refuse(request, {.type = u"invalid"_s, .message = u"model is required"_s});
    }
    if (!findModel(context.options, withoutTag(model))) {
        return refuse(request,
            {.status = 404, .type = u"missing"_s, .message = u"model '%1' not found"_s.arg(model)});
    }
    if ((*from)["messages"_L1].toArray().isEmpty()) {
        const bool unload = (*from)["keep_alive"_L1].toInt(1) == 0;
        return jsonResponse({{"model"_L1, model}, {"created_at"_L1, now()},
            {"message"_L1, QJsonObject{{"role"_L1, u"assistant"_s}, {"content"_L1, QString()}}},
            {"done"_L1, true}, {"done_reason"_L1, unload ? u"unload"_s : u"load"_s}});
    }
    QJsonObject body;
    if (const auto refused = fromOllama(*from, context.options, body)) {
        return refuse(request, *refused);
    }
    const auto call = readChatCall(body, context.options);
    if (!call) {
        return refuse(request, call.error());
    }
    Script script = scriptFor(call->generation, context, call->stream);
    script.fault = call->fault;
    return std::make_unique<LinesFormat>(std::move(script), *call, model);
}

RouteReply embed(const ServerRequest &request, const RouteContext &context)
{
    const auto body = readObject(request.body);
    if (!body) {
        return refuse(request, body.error());
    }
    const QString model = (*body)["model"_L1].toString();
    return model.isEmpty()
        ? refuse(request, {.type = u"invalid"_s, .message = u"model is required"_s})
        : ollamaEmbeddings(*body, withoutTag(model), context, refuse);
}

QJsonObject details(const QString &name, const SimulatorOptions &options)
{
    const bool isBase = name == baseModel(options);
    return {{"parent_model"_L1, isBase ? QString() : baseModel(options) + ollamaLatest},
        {"format"_L1, u"gguf"_s}, {"family"_L1, u"llama"_s},
        {"families"_L1, QJsonArray{u"llama"_s}}, {"parameter_size"_L1, u"8.0B"_s},
        {"quantization_level"_L1, u"Q4_K_M"_s}};
}

QJsonArray modelList(const SimulatorOptions &options)
{
    QJsonArray models;
    for (const QString &name : modelNames(options)) {
        models.append(
            QJsonObject{{"name"_L1, name + ollamaLatest}, {"model"_L1, name + ollamaLatest},
                {"modified_at"_L1, now()}, {"size"_L1, qint64(4'920'753'328)},
                {"digest"_L1, QString(64, u'0')}, {"details"_L1, details(name, options)}});
    }
    return models;
}

RouteReply tags(const ServerRequest & /*request*/, const RouteContext &context)
{
    return jsonResponse({{"models"_L1, modelList(context.options)}});
}

RouteReply processes(const ServerRequest & /*request*/, const RouteContext &context)
{
    QJsonObject base = modelList(context.options).first().toObject();
    base.remove("modified_at"_L1);
    base.insert("expires_at"_L1, now());
    base.insert("size_vram"_L1, base["size"_L1]);
    base.insert("context_length"_L1, context.options.contextLength);
    return jsonResponse({{"models"_L1, QJsonArray{base}}});
}

RouteReply show(const ServerRequest &request, const RouteContext &context)
{
    const auto body = readObject(request.body);
    const QString name = body ? withoutTag((*body)["model"_L1].toString()) : QString();
    if (!modelNames(context.options).contains(name)) {
        return refuse(request,
            {.status = 404, .type = u"missing"_s, .message = u"model '%1' not found"_s.arg(name)});
    }
    return jsonResponse({{"details"_L1, details(name, context.options)},
        {"model_info"_L1,
            QJsonObject{{"general.architecture"_L1, u"llama"_s},
                {"llama.context_length"_L1, context.options.contextLength}}},
        {"capabilities"_L1, QJsonArray{u"completion"_s, u"tools"_s, u"thinking"_s}}});
}

RouteReply version(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    return jsonResponse({{"version"_L1, u"0.33.0-simulated"_s}});
}

RouteReply root(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    return ServerResponse{.contentType = "text/plain; charset=utf-8", .body = "Ollama is running"};
}

RouteReply models(const ServerRequest & /*request*/, const RouteContext &context)
{
    QJsonArray data;
    for (const QString &name : modelNames(context.options)) {
        data.append(QJsonObject{{"id"_L1, name + ollamaLatest}, {"object"_L1, u"model"_s},
            {"created"_L1, QDateTime::currentSecsSinceEpoch()}, {"owned_by"_L1, u"library"_s}});
    }
    return jsonResponse({{"object"_L1, u"list"_s}, {"data"_L1, data}});
}

/// Unknown members are ignored, and there is no way to name more than these.
std::optional<Refusal> adapt(QJsonObject &body, const RouteContext & /*context*/)
{
    static const QStringList taken{u"model"_s, u"messages"_s, u"frequency_penalty"_s,
        u"presence_penalty"_s, u"response_format"_s, u"seed"_s, u"stop"_s, u"stream"_s,
        u"stream_options"_s, u"temperature"_s, u"top_p"_s, u"max_tokens"_s, u"tools"_s,
        u"reasoning_effort"_s, u"logprobs"_s, u"top_logprobs"_s};
    for (const QString &name : body.keys()) {
        if (!taken.contains(name)) {
            body.remove(name);
        }
    }
    if (body["tools"_L1].toArray().isEmpty()) {
        body.remove("tools"_L1);
    }
    body.insert("model"_L1, withoutTag(body["model"_L1].toString()));
    return std::nullopt;
}

constexpr OpenAiStyle style{.refuse = refuse,
    .adapt = adapt,
    .stopMember = "",
    .extra = ",\"system_fingerprint\":\"fp_ollama\"",
    .wholeToolCalls = true,
    .doneAfterError = false};

RouteReply compatibleChat(const ServerRequest &request, const RouteContext &context)
{
    return openAiChat(request, context, style);
}

constexpr Route routes[] = {
    {"GET", "/", false, root},
    {"GET", "/api/version", false, version},
    {"GET", "/api/tags", true, tags},
    {"GET", "/api/ps", true, processes},
    {"POST", "/api/show", true, show},
    {"POST", "/api/chat", true, chat},
    {"POST", "/api/embed", true, embed},
    {"GET", "/v1/models", true, models},
    {"POST", "/v1/chat/completions", true, compatibleChat},
};

} // namespace

const Personality &ollamaPersonality();

const Personality &ollamaPersonality()
{
    static const Personality personality{.name = "ollama"_L1,
        .text = "Ollama, its own routes and /v1; adapters are models"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsBearerKey,
        .headers = {},
        .base = {}};
    return personality;
}

} // namespace Lorikeet::Sim
