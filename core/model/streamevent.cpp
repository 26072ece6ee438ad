// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/streamevent.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

template<typename... Ts>
struct Overloaded : Ts...
{
    using Ts::operator()...;
};

template<typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

template<typename T>
void put(QJsonObject &object, QStringView name, const std::optional<T> &value)
{
    if constexpr (std::is_same_v<T, Nanoseconds>) {
        if (value) {
            object.insert(name, qint64(value->count()));
        }
    } else {
        if (value) {
            object.insert(name, *value);
        }
    }
}

void putText(QJsonObject &object, QStringView name, const QString &text)
{
    if (!text.isEmpty()) {
        object.insert(name, text);
    }
}

QJsonValue toJson(const std::optional<double> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

QJsonArray toJson(const QList<LogprobDelta::Token> &tokens)
{
    QJsonArray array;
    for (const LogprobDelta::Token &token : tokens) {
        QJsonObject object{{u"token"_s, token.token}, {u"logprob"_s, toJson(token.logprob)}};
        QJsonArray alternatives;
        for (const TokenAlternative &alternative : token.alternatives) {
            alternatives.append(QJsonObject{
                {u"token"_s, alternative.token}, {u"logprob"_s, toJson(alternative.logprob)}});
        }
        if (!alternatives.isEmpty()) {
            object.insert(u"alternatives"_s, alternatives);
        }
        array.append(object);
    }
    return array;
}

QJsonObject payloadToJson(const StreamEvent::Payload &payload)
{
    return std::visit(Overloaded{
                          [](const Started &e) {
                              QJsonObject o{{u"type"_s, u"started"_s}};
                              putText(o, u"id", e.id);
                              putText(o, u"model", e.model);
                              putText(o, u"adapter", e.adapter);
                              return o;
                          },
                          [](const TextDelta &e) {
                              return QJsonObject{{u"type"_s, u"text"_s}, {u"choice"_s, e.choice},
                                  {u"text"_s, e.text}};
                          },
                          [](const ReasoningDelta &e) {
                              return QJsonObject{{u"type"_s, u"reasoning"_s},
                                  {u"choice"_s, e.choice}, {u"text"_s, e.text}};
                          },
                          [](const ThoughtSigned &e) {
                              QJsonObject o{{u"type"_s, u"thought"_s}, {u"choice"_s, e.choice}};
                              putText(o, u"text", e.text);
                              putText(o, u"signature", e.signature);
                              putText(o, u"hidden", e.hidden);
                              return o;
                          },
                          [](const ToolCallDelta &e) {
                              QJsonObject o{{u"type"_s, u"tool_call"_s}, {u"choice"_s, e.choice},
                                  {u"index"_s, e.index}, {u"arguments"_s, e.arguments}};
                              putText(o, u"id", e.id);
                              putText(o, u"name", e.name);
                              putText(o, u"signature", e.signature);
                              return o;
                          },
                          [](const LogprobDelta &e) {
                              return QJsonObject{
                                  {u"type"_s, e.areOfPrompt ? u"prompt_logprobs"_s : u"logprobs"_s},
                                  {u"choice"_s, e.choice}, {u"tokens"_s, toJson(e.tokens)}};
                          },
                          [](const UsageReport &e) {
                              QJsonObject o{{u"type"_s, u"usage"_s}};
                              put(o, u"prompt_tokens", e.usage.promptTokens);
                              put(o, u"completion_tokens", e.usage.completionTokens);
                              put(o, u"total_tokens", e.usage.totalTokens);
                              put(o, u"cached_tokens", e.usage.cachedTokens);
                              put(o, u"reasoning_tokens", e.usage.reasoningTokens);
                              put(o, u"server_queue_ns", e.timing.queue);
                              put(o, u"server_load_ns", e.timing.load);
                              put(o, u"server_prompt_ns", e.timing.prompt);
                              put(o, u"server_generation_ns", e.timing.generation);
                              put(o, u"server_total_ns", e.timing.total);
                              put(o, u"server_ttft_ns", e.timing.timeToFirstToken);
                              return o;
                          },
                          [](const Finished &e) {
                              QJsonObject o{{u"type"_s, u"finished"_s}, {u"choice"_s, e.choice},
                                  {u"reason"_s, toWord(e.reason.kind)}, {u"word"_s, e.reason.word}};
                              if (e.seed) { // As text: it may need all of 64 bits.
                                  o.insert(u"seed"_s, QString::number(*e.seed));
                              }
                              return o;
                          },
                      },
        payload);
}

} // namespace

QString toWord(FinishReason::Kind kind)
{
    switch (kind) {
    case FinishReason::Kind::Unknown:
        return u"unknown"_s;
    case FinishReason::Kind::Stop:
        return u"stop"_s;
    case FinishReason::Kind::Length:
        return u"length"_s;
    case FinishReason::Kind::ToolCalls:
        return u"tool_calls"_s;
    case FinishReason::Kind::ContentFilter:
        return u"content_filter"_s;
    case FinishReason::Kind::Error:
        return u"error"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

bool bearsToken(const StreamEvent &event)
{
    return std::visit(Overloaded{
                          [](const TextDelta &delta) { return !delta.text.isEmpty(); },
                          [](const ReasoningDelta &delta) { return !delta.text.isEmpty(); },
                          [](const ToolCallDelta &delta) {
                              return !delta.name.isEmpty() || !delta.arguments.isEmpty();
                          },
                          [](const auto &) { return false; },
                      },
        event.payload);
}

QJsonObject toJson(const StreamEvent &event, TimePoint origin)
{
    QJsonObject object = payloadToJson(event.payload);
    object.insert(u"t_ns"_s, qint64(Nanoseconds(event.at - origin).count()));
    return object;
}

} // namespace Lorikeet
