// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The generate extension, in front of the vLLM backend.

#include "simulator/openairequest.h"
#include "simulator/prompt.h"
#include "simulator/tritonmodels.h"
#include "simulator/wire.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

/// vLLM's own; few.
constexpr int defaultMaxTokens = 16;

/// The parts of a request that shape its answer.
struct GenerateCall
{
    QString prompt;
    bool stream = false;
    bool includePrompt = false;
    bool tellsReason = false;
    bool tellsInput = false;
    bool tellsOutput = false;
};

Refusal invalid(const QString &message)
{
    return {.status = 400, .type = u"INVALID_ARG"_s, .message = message};
}

/// A key that is no input of the model becomes a parameter of the request, which must be simple.
std::optional<Refusal> checkKeys(const QJsonObject &body, const TritonModel &model)
{
    for (auto it = body.begin(); it != body.end(); ++it) {
        const bool isSimple = it->isString() || it->isBool() || it->isDouble();
        if (it.key() != "parameters"_L1 && !model.hasInput(it.key()) && !isSimple) {
            return invalid(u"parameter '%1' has invalid type. It should be either "
                           "'int', 'bool', or 'string'."_s.arg(it.key()));
        }
    }
    return std::nullopt;
}

/// What the backend makes of sampling_parameters, in the form of vLLM's own route.
tl::expected<QJsonObject, Refusal> readSampling(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!text.isEmpty() && !document.isObject()) {
        return tl::unexpected(Refusal{.status = 500,
            .type = u"INTERNAL"_s,
            .message = u"Error generating stream: sampling_parameters is no JSON"_s});
    }
    static const QStringList known{u"n"_s, u"presence_penalty"_s, u"frequency_penalty"_s,
        u"repetition_penalty"_s, u"temperature"_s, u"top_p"_s, u"top_k"_s, u"min_p"_s, u"seed"_s,
        u"stop"_s, u"stop_token_ids"_s, u"ignore_eos"_s, u"max_tokens"_s, u"min_tokens"_s,
        u"logprobs"_s, u"skip_special_tokens"_s, u"include_stop_str_in_output"_s,
        u"truncate_prompt_tokens"_s, u"bad_words"_s, u"structured_outputs"_s, u"lora_name"_s};
    const QJsonObject sampling = document.object();
    for (const QString &name : sampling.keys()) {
        if (!known.contains(name)) {
            return tl::unexpected(Refusal{.status = 500,
                .type = u"INTERNAL"_s,
                .message
                = u"Error generating stream: Unexpected keyword argument '%1'"_s.arg(name)});
        }
    }
    QJsonObject body = sampling;
    body.remove("logprobs"_L1); // a number here
    body.insert("model"_L1, body.take("lora_name"_L1).toString());
    body.insert("max_tokens"_L1, sampling["max_tokens"_L1].toInt(defaultMaxTokens));
    // JSON within JSON within JSON.
    const QJsonObject shape
        = QJsonDocument::fromJson(body.take("structured_outputs"_L1).toString().toUtf8()).object();
    if (shape.contains("json"_L1)) {
        body.insert("response_format"_L1,
            QJsonObject{{"type"_L1, u"json_schema"_s},
                {"json_schema"_L1, QJsonObject{{"schema"_L1, shape["json"_L1]}}}});
    }
    return body;
}

/// Flat objects of the model's outputs; one element comes by itself, several as an array.
class GenerateFormat final : public AnswerFormat
{
public:
    GenerateFormat(Script script, GenerateCall call, QString model)
        : AnswerFormat(std::move(script))
        , m_call(std::move(call))
        , m_model(std::move(model))
    { }

    [[nodiscard]] ServerResponse streamHead() const override
    {
        return {.contentType = "text/event-stream; charset=utf-8"};
    }

    [[nodiscard]] QList<QByteArray> begin() override { return {}; }

    void appendToken(QByteArray &out, size_t choice, size_t index) override
    {
        const Answer &answer = script().answers[choice];
        out += event(choice, QString::fromUtf8(answer.piece(index)), u"None"_s, 1);
    }

    [[nodiscard]] QList<QByteArray> finish(size_t choice) override
    {
        return script().withFinish()
            ? QList<QByteArray>{event(choice, {}, reason(script().answers[choice]), 0)}
            : QList<QByteArray>();
    }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord & /*record*/) override { return {}; }

    [[nodiscard]] QList<QByteArray> failure() const override { return {sseEvent(failed())}; }

    [[nodiscard]] QByteArray malformed() const override { return "data: {\"text_output\": \n\n"; }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord & /*record*/) const override
    {
        QJsonArray texts;
        QJsonArray reasons;
        QJsonArray counts;
        for (const Answer &answer : script().answers) {
            const QString text = QString::fromUtf8(answer.joined(Channel::Content));
            texts.append(m_call.includePrompt ? m_call.prompt + text : text);
            reasons.append(reason(answer));
            counts.append(qint64(answer.count()));
        }
        return jsonResponse(outputs(texts, reasons, counts));
    }

    [[nodiscard]] ServerResponse wholeFailure() const override
    {
        return jsonResponse(failed(), 500);
    }

private:
    static QString reason(const Answer &answer)
    {
        return answer.end == AnswerEnd::Length ? u"length"_s : u"stop"_s;
    }

    static QJsonObject failed()
    {
        return {{"error"_L1, u"Error generating stream: the simulated engine failed on purpose"_s}};
    }

    static QJsonValue unwrapped(const QJsonArray &tensor)
    {
        return tensor.size() == 1 ? QJsonValue(tensor.first()) : QJsonValue(tensor);
    }

    /// What one choice has to say; the others are silent.
    [[nodiscard]] QByteArray event(
        size_t choice, const QString &text, const QString &reason, int tokens)
    {
        QJsonArray texts;
        QJsonArray reasons;
        QJsonArray counts;
        for (size_t i = 0; i < script().answers.size(); ++i) {
            texts.append(i == choice ? text : QString());
            reasons.append(i == choice ? reason : u"None"_s);
            counts.append(i == choice ? tokens : 0);
        }
        return sseEvent(outputs(texts, reasons, counts));
    }

    [[nodiscard]] QJsonObject outputs(
        const QJsonArray &texts, const QJsonArray &reasons, const QJsonArray &counts) const
    {
        QJsonObject object{{"model_name"_L1, m_model}, {"model_version"_L1, u"1"_s},
            {"text_output"_L1, unwrapped(texts)}};
        if (m_call.tellsReason) {
            object.insert("finish_reason"_L1, unwrapped(reasons));
        }
        if (m_call.tellsInput) {
            object.insert("num_input_tokens"_L1, script().promptTokens);
        }
        if (m_call.tellsOutput) {
            object.insert("num_output_tokens"_L1, unwrapped(counts));
        }
        return object;
    }

    GenerateCall m_call;
    QString m_model;
};

/// An error before the first token is an event as well, under its own status.
ServerResponse refuseAsEvent(const ServerRequest &request, const Refusal &refusal, bool stream)
{
    if (!stream) {
        return tritonRefusal(request, refusal);
    }
    return {.status = refusal.status,
        .contentType = "text/event-stream; charset=utf-8",
        .body = sseEvent({{"error"_L1, refusal.message}})};
}

RouteReply generate(const ServerRequest &request, const RouteContext &context, bool asEvents)
{
    const auto model = findTritonModel(context);
    if (!model) {
        return tritonRefusal(request, model.error());
    }
    auto body = readObject(request.body);
    if (!body) {
        return tritonRefusal(request, invalid(u"failed to parse the request JSON buffer"_s));
    }
    const QJsonObject nested = body->take("parameters"_L1).toObject();
    for (auto it = nested.begin(); it != nested.end(); ++it) {
        body->insert(it.key(), it.value());
    }
    if (const auto refused = checkKeys(*body, *model)) {
        return tritonRefusal(request, *refused);
    }
    const QJsonValue prompt = (*body)["text_input"_L1];
    if (!model->hasInput(u"text_input") || !prompt.isString()) {
        return tritonRefusal(
            request, invalid(u"expected input 'text_input' for model '%1'"_s.arg(model->name)));
    }
    GenerateCall call{.prompt = prompt.toString(),
        .stream = (*body)["stream"_L1].toBool(),
        .includePrompt = !(*body)["exclude_input_in_output"_L1].toBool(false),
        .tellsReason = (*body)["return_finish_reason"_L1].toBool(),
        .tellsInput = (*body)["return_num_input_tokens"_L1].toBool(),
        .tellsOutput = (*body)["return_num_output_tokens"_L1].toBool()};
    if (call.stream && (*body)["exclude_input_in_output"_L1] == false) {
        return refuseAsEvent(request,
            invalid(u"When streaming, `exclude_input_in_output` = False is not allowed."_s),
            asEvents);
    }
    if (call.stream && !asEvents) {
        return tritonRefusal(request,
            {.status = 500,
                .type = u"INTERNAL"_s,
                .message = u"generate expects model to produce exactly 1 response, use generate "
                           "stream for model that generates various number of responses"_s});
    }
    auto sampling = readSampling((*body)["sampling_parameters"_L1].toString());
    if (!sampling) {
        return refuseAsEvent(request, sampling.error(), asEvents);
    }
    const QString lora = (*sampling)["model"_L1].toString();
    if (!findModel(context.options, lora)) {
        return refuseAsEvent(request,
            {.status = 500,
                .type = u"INTERNAL"_s,
                .message = u"Error generating stream: LoRA %1 is not supported, we currently "
                           "support %2"_s.arg(lora, simulatorAdapters().join(u", "_s))},
            asEvents);
    }
    QJsonArray messages;
    for (const PromptMessage &message : readTranscript(call.prompt)) {
        messages.append(QJsonObject{{"role"_L1, message.role}, {"content"_L1, message.text}});
    }
    sampling->insert("messages"_L1, messages);
    sampling->insert("stream"_L1, asEvents);
    const auto chat = readChatCall(*sampling, context.options);
    if (!chat) {
        return refuseAsEvent(request,
            {.status = 500,
                .type = u"INTERNAL"_s,
                .message = u"Error generating stream: "_s + chat.error().message},
            asEvents);
    }
    Script script = scriptFor(chat->generation, context, asEvents);
    script.fault = chat->fault;
    return std::make_unique<GenerateFormat>(std::move(script), call, model->name);
}

} // namespace

RouteReply tritonGenerate(const ServerRequest &request, const RouteContext &context)
{
    return generate(request, context, false);
}

RouteReply tritonGenerateStream(const ServerRequest &request, const RouteContext &context)
{
    return generate(request, context, true);
}

} // namespace Lorikeet::Sim
