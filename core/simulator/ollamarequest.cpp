// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/prompt.h"
#include "simulator/translations.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

/// Ollama's messages in OpenAI's form; arguments of calls are objects and do not matter here.
QJsonArray messages(const QJsonValue &list)
{
    QJsonArray result;
    const QJsonArray items = list.toArray();
    for (const QJsonValue &item : items) {
        result.append(
            QJsonObject{{"role"_L1, item["role"_L1]}, {"content"_L1, item["content"_L1]}});
    }
    return result;
}

/// The options that Ollama looks at, of the type it wants them; what it does not know is ignored.
std::optional<Refusal> readOptions(const QJsonObject &options, QJsonObject &body)
{
    struct Option
    {
        QLatin1StringView name;
        QLatin1StringView as; ///< empty: it has no meaning here
        bool integer;
    };

    static constexpr std::array known = {Option{"num_predict"_L1, "max_tokens"_L1, true},
        Option{"seed"_L1, "seed"_L1, true}, Option{"temperature"_L1, "temperature"_L1, false},
        Option{"top_k"_L1, {}, true}, Option{"top_p"_L1, {}, false}, Option{"min_p"_L1, {}, false},
        Option{"repeat_penalty"_L1, {}, false}, Option{"num_ctx"_L1, {}, true}};
    for (const Option &option : known) {
        const QJsonValue value = options[option.name];
        if (value.isNull() || value.isUndefined()) {
            continue;
        }
        if (!value.isDouble()) {
            return Refusal{.type = u"invalid"_s,
                .message = u"option \"%1\" must be of type %2"_s.arg(
                    option.name, option.integer ? u"integer"_s : u"float32"_s)};
        }
        // A fraction is cut off, and nothing has a range.
        const double number = option.integer ? std::trunc(value.toDouble()) : value.toDouble();
        if (!option.as.isEmpty()) {
            body.insert(option.as, number);
        }
    }
    if (const QJsonValue stop = options["stop"_L1]; stop.isArray()) {
        body.insert("stop"_L1, stop);
    } else if (!stop.isUndefined() && !stop.isNull()) {
        return Refusal{.type = u"invalid"_s, .message = u"option \"stop\" must be of type array"_s};
    }
    return std::nullopt;
}

} // namespace

QString withoutTag(QString name)
{
    if (name.endsWith(ollamaLatest)) {
        name.chop(ollamaLatest.size());
    }
    return name;
}

std::optional<Refusal> fromOllama(
    const QJsonObject &from, const SimulatorOptions &options, QJsonObject &body)
{
    body = {{"model"_L1, withoutTag(from["model"_L1].toString())},
        {"messages"_L1, messages(from["messages"_L1])},
        {"stream"_L1, from["stream"_L1].toBool(true)},
        {"logprobs"_L1, from["logprobs"_L1].toBool()},
        {"top_logprobs"_L1, from["top_logprobs"_L1].toInt()}, {"temperature"_L1, 0.8}};
    if (const QJsonArray tools = from["tools"_L1].toArray(); !tools.isEmpty()) {
        body.insert("tools"_L1, tools);
    }
    const QJsonValue think = from["think"_L1];
    if (think.toBool() || think.isString()) {
        body.insert("chat_template_kwargs"_L1, QJsonObject{{"enable_thinking"_L1, true}});
    }
    const QJsonValue format = from["format"_L1];
    if (format.isObject()) {
        body.insert("response_format"_L1,
            QJsonObject{{"type"_L1, u"json_schema"_s},
                {"json_schema"_L1, QJsonObject{{"schema"_L1, format}}}});
    } else if (format == "json"_L1) {
        body.insert("response_format"_L1, QJsonObject{{"type"_L1, u"json_object"_s}});
    } else if (!format.isUndefined() && !format.isNull() && format != QString()) {
        return Refusal{.type = u"invalid"_s,
            .message = u"invalid format: expected \"json\" or a JSON schema"_s};
    }
    if (const auto refused = readOptions(from["options"_L1].toObject(), body)) {
        return refused;
    }
    // Below 0 there is no limit, and what does not fit is cut; only the temperature's use is ours.
    body.insert("temperature"_L1, std::clamp(body["temperature"_L1].toDouble(), 0.0, 2.0));
    QList<PromptMessage> prompt;
    const QJsonArray list = body["messages"_L1].toArray();
    for (const QJsonValue &message : list) {
        prompt.append({.role = {}, .text = message["content"_L1].toString()});
    }
    const qint64 room = options.contextLength - promptTokens(prompt);
    const qint64 limit = body["max_tokens"_L1].toInteger(-1);
    body.remove("max_tokens"_L1);
    if (room < 1) {
        return Refusal{.type = u"invalid"_s,
            .message = u"the input length exceeds the context length"_s,
            .param = {},
            .tooLong = true};
    }
    if (limit > 0) {
        body.insert("max_tokens"_L1, std::min(limit, room));
    }
    return std::nullopt;
}

} // namespace Lorikeet::Sim
