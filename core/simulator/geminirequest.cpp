// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/translations.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

Refusal invalid(const QString &message) { return {.type = u"invalid"_s, .message = message}; }

QString textOf(const QJsonValue &content)
{
    QString text;
    const QJsonArray parts = content["parts"_L1].toArray();
    for (const QJsonValue &part : parts) {
        text += part["text"_L1].toString();
    }
    return text;
}

std::optional<Refusal> translateConfig(const QJsonObject &config, QJsonObject &body)
{
    static const QHash<QString, QString> names{{u"temperature"_s, u"temperature"_s},
        {u"topP"_s, u"top_p"_s}, {u"topK"_s, u"top_k"_s}, {u"seed"_s, u"seed"_s},
        {u"maxOutputTokens"_s, u"max_tokens"_s}, {u"stopSequences"_s, u"stop"_s},
        {u"candidateCount"_s, u"n"_s}, {u"presencePenalty"_s, u"presence_penalty"_s},
        {u"frequencyPenalty"_s, u"frequency_penalty"_s}};
    static const QStringList others{u"thinkingConfig"_s, u"responseMimeType"_s, u"responseSchema"_s,
        u"responseJsonSchema"_s, u"responseLogprobs"_s, u"logprobs"_s, u"mediaResolution"_s};
    for (auto it = config.begin(); it != config.end(); ++it) {
        if (const QString name = names.value(it.key()); !name.isEmpty()) {
            body.insert(name, *it);
        } else if (!others.contains(it.key())) {
            return invalid(u"Invalid JSON payload received. Unknown name \"%1\" at "
                           "'generation_config': Cannot find field."_s.arg(it.key()));
        }
    }
    const bool thinks = config["thinkingConfig"_L1]["includeThoughts"_L1].toBool()
        && config["thinkingConfig"_L1]["thinkingBudget"_L1].toInt(-1) != 0;
    body.insert("chat_template_kwargs"_L1, QJsonObject{{"enable_thinking"_L1, thinks}});
    if (config["responseMimeType"_L1] == "application/json"_L1) {
        const QJsonValue schema = config["responseJsonSchema"_L1];
        body.insert("response_format"_L1,
            schema.isObject() ? QJsonObject{{"type"_L1, u"json_schema"_s},
                                    {"json_schema"_L1, QJsonObject{{"schema"_L1, schema}}}}
                              : QJsonObject{{"type"_L1, u"json_object"_s}});
    }
    return std::nullopt;
}

void translateTools(const QJsonObject &from, QJsonObject &body)
{
    QJsonArray tools;
    const QJsonArray list = from["tools"_L1].toArray();
    for (const QJsonValue &tool : list) {
        const QJsonArray functions = tool["functionDeclarations"_L1].toArray();
        for (const QJsonValue &function : functions) {
            QJsonObject taken = function.toObject();
            if (const QJsonValue schema = taken.take("parametersJsonSchema"_L1);
                schema.isObject()) {
                taken.insert("parameters"_L1, schema);
            }
            tools.append(QJsonObject{{"type"_L1, u"function"_s}, {"function"_L1, taken}});
        }
    }
    if (tools.isEmpty()) {
        return;
    }
    const QJsonValue config = from["toolConfig"_L1]["functionCallingConfig"_L1];
    const QString mode = config["mode"_L1].toString(u"AUTO"_s).toLower();
    const QJsonArray allowed = config["allowedFunctionNames"_L1].toArray();
    body.insert("tools"_L1, tools);
    body.insert("tool_choice"_L1,
        mode != "any"_L1        ? QJsonValue(mode)
            : allowed.isEmpty() ? QJsonValue(u"required"_s)
                                : QJsonValue(QJsonObject{{"type"_L1, u"function"_s},
                                      {"function"_L1, QJsonObject{{"name"_L1, allowed[0]}}}}));
}

} // namespace

std::optional<Refusal> fromGemini(const QJsonObject &from, QJsonObject &body)
{
    QJsonArray messages;
    if (from["systemInstruction"_L1].isObject()) {
        messages.append(QJsonObject{
            {"role"_L1, u"system"_s}, {"content"_L1, textOf(from["systemInstruction"_L1])}});
    }
    const QJsonArray contents = from["contents"_L1].toArray();
    if (contents.isEmpty()) {
        return invalid(u"contents is not specified"_s);
    }
    for (const QJsonValue &content : contents) {
        const QString role = content["role"_L1].toString(u"user"_s);
        if (role != "user"_L1 && role != "model"_L1) {
            return invalid(u"Please use a valid role: user, model."_s);
        }
        const QJsonArray parts = content["parts"_L1].toArray();
        if (parts.isEmpty()) {
            return invalid(u"contents.parts must not be empty."_s);
        }
        const qsizetype before = messages.size();
        for (const QJsonValue &part : parts) {
            const QJsonObject response = part["functionResponse"_L1]["response"_L1].toObject();
            if (part["functionResponse"_L1].isObject()) {
                messages.append(QJsonObject{{"role"_L1, u"tool"_s},
                    {"content"_L1,
                        QString::fromUtf8(
                            QJsonDocument(response).toJson(QJsonDocument::Compact))}});
            }
        }
        const QString text = textOf(content);
        if (messages.size() == before || !text.isEmpty()) {
            messages.append(
                QJsonObject{{"role"_L1, role == "model"_L1 ? u"assistant"_s : u"user"_s},
                    {"content"_L1, text}});
        }
    }
    body.insert("messages"_L1, messages);
    translateTools(from, body);
    return translateConfig(from["generationConfig"_L1].toObject(), body);
}

} // namespace Lorikeet::Sim
