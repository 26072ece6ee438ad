// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/wireparts.h"

#include "providers/servers.h"

#include <QHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

std::optional<qint64> numberHeader(const Headers &headers, QByteArrayView name)
{
    bool ok = false;
    const qint64 value = headerValue(headers, name).trimmed().toLongLong(&ok);
    return ok && value >= 0 ? std::optional(value) : std::nullopt;
}

std::optional<Nanoseconds> millisecondsHeader(const Headers &headers, QByteArrayView name)
{
    const std::optional<qint64> value = numberHeader(headers, name);
    return value && *value < 1'000'000'000 ? std::optional<Nanoseconds>(Milliseconds(*value))
                                           : std::nullopt;
}

UsageReport usageFromHeaders(const Headers &headers)
{
    UsageReport report;
    report.usage.promptTokens = numberHeader(headers, "x-prompt-tokens");
    report.usage.completionTokens = numberHeader(headers, "x-generated-tokens");
    report.usage.totalTokens = numberHeader(headers, "x-total-tokens");
    report.timing.queue = millisecondsHeader(headers, "x-queue-time");
    report.timing.total = millisecondsHeader(headers, "x-total-time");
    // Counted from the start of the batch: the prefill, without the queue.
    report.timing.timeToFirstToken = millisecondsHeader(headers, "x-time-to-first-token");
    const auto inference = millisecondsHeader(headers, "x-inference-time");
    if (inference && report.timing.timeToFirstToken
        && *inference >= *report.timing.timeToFirstToken) {
        report.timing.prompt = report.timing.timeToFirstToken;
        report.timing.generation = *inference - *report.timing.timeToFirstToken;
    }
    return report;
}

bool isToken(QByteArrayView name)
{
    // The characters RFC 9110 allows in a field name.
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool isFieldValue(QByteArrayView value)
{
    return std::none_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
}

void setHeader(Headers &headers, const Header &header)
{
    headers.removeIf([&header](const Header &known) {
        return known.name.compare(header.name, Qt::CaseInsensitive) == 0;
    });
    if (!header.value.isEmpty()) {
        headers.append(header);
    }
}

} // namespace

FinishReason finishReasonFromWord(QStringView word)
{
    using Kind = FinishReason::Kind;
    static const QHash<QString, Kind> kinds{
        {u"stop"_s, Kind::Stop},
        {u"eos_token"_s, Kind::Stop},
        {u"stop_sequence"_s, Kind::Stop},
        {u"eos"_s, Kind::Stop}, // this and the next two: llama.cpp's stop_type
        {u"word"_s, Kind::Stop},
        {u"limit"_s, Kind::Length},
        {u"length"_s, Kind::Length},
        {u"model_length"_s, Kind::Length},
        {u"tool_calls"_s, Kind::ToolCalls},
        {u"function_call"_s, Kind::ToolCalls},
        {u"content_filter"_s, Kind::ContentFilter},
        {u"error"_s, Kind::Error},
        {u"abort"_s, Kind::Error},
        {u"end_turn"_s, Kind::Stop},
        {u"max_tokens"_s, Kind::Length},
        {u"model_context_window_exceeded"_s, Kind::Length},
        {u"tool_use"_s, Kind::ToolCalls},
        {u"refusal"_s, Kind::ContentFilter},
    };
    const QString text = word.toString();
    return {kinds.value(text, Kind::Unknown), text};
}

StreamEvents eventsFromHead(const Headers &headers, TimePoint at)
{
    StreamEvents events;
    const auto text
        = [&headers](QByteArrayView name) { return QString::fromUtf8(headerValue(headers, name)); };
    const Started started{.model = text("x-model-id"), .adapter = text("x-adapter-id")};
    if (started != Started()) {
        events.append({at, started});
    }
    const UsageReport report = usageFromHeaders(headers);
    if (report != UsageReport()) {
        events.append({at, report});
    }
    return events;
}

Result<Headers> requestHeaders(
    const Target &target, const QByteArray &accept, bool withBody, const QByteArray &keyHeader)
{
    Headers headers{{"Accept", accept}};
    if (withBody) {
        headers.append(Header{"Content-Type", "application/json"});
    }
    const QByteArray key = target.key.reveal().trimmed().toUtf8();
    if (!isFieldValue(key)) {
        return fail(ApiError::Kind::InvalidRequest,
            u"The key of “%1” holds a line break or another control character: enter it again."_s
                .arg(target.endpoint.name));
    }
    const bool isAzure = serverFromHost(target.endpoint.url) == Server::Azure
        || serverFromName(target.endpoint.server) == Server::Azure;
    // Azure's older addresses take a key in this header alone, its newer ones in either.
    const QByteArray place = keyHeader.isEmpty() && isAzure ? "api-key"_ba : keyHeader;
    if (!key.isEmpty() && !place.isEmpty()
        && headerValue(target.endpoint.headers, "Authorization").isEmpty()) {
        headers.append(Header{place, key});
    } else if (!key.isEmpty() && place.isEmpty()) {
        headers.append(Header{"Authorization", "Bearer " + key});
    }
    for (const Header &header : target.endpoint.headers) {
        if (!isToken(header.name) || !isFieldValue(header.value)) {
            return fail(ApiError::Kind::InvalidRequest,
                u"The header “%1” of “%2” cannot be sent: its name or value holds characters that "
                "HTTP does not allow."_s.arg(QString::fromUtf8(header.name), target.endpoint.name));
        }
        setHeader(headers, header);
    }
    return headers;
}

QString ownToolCallId(int index) { return u"call-%1"_s.arg(index); }

bool isOwnToolCallId(const QString &id) { return id.startsWith("call-"_L1); }

QString toolNameOf(const QList<Message> &messages, qsizetype place)
{
    const QString &id = messages[place].toolCallId;
    for (qsizetype i = place - 1; i >= 0; --i) {
        for (const ToolCall &call : messages[i].toolCalls) {
            if (call.id == id) {
                return call.name;
            }
        }
    }
    return {};
}

std::optional<QJsonObject> argumentsObject(const ToolCall &call)
{
    if (call.arguments.trimmed().isEmpty()) {
        return QJsonObject();
    }
    const QJsonDocument document = QJsonDocument::fromJson(call.arguments.toUtf8());
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

Failure unusableArguments(const ToolCall &call, const QString &server)
{
    return fail(ApiError::Kind::InvalidRequest,
        u"The arguments of the call of “%1” are no JSON object, and %2 takes nothing else: "
        "regenerate that answer, or leave it out."_s.arg(call.name, server));
}

void addExtraBody(QJsonObject &body, const QJsonObject &extra, const QStringList &joined)
{
    for (auto it = extra.begin(); it != extra.end(); ++it) {
        if (!joined.contains(it.key()) || !it.value().isObject()) {
            body.insert(it.key(), it.value());
            continue;
        }
        QJsonObject members = body[it.key()].toObject();
        const QJsonObject added = it.value().toObject();
        for (auto member = added.begin(); member != added.end(); ++member) {
            members.insert(member.key(), member.value());
        }
        body.insert(it.key(), members);
    }
}

Result<QJsonObject> checkedParameters(const ParameterSet &parameters, const ParameterSpecs &specs)
{
    QJsonObject members;
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        if (it.value().isNull()) {
            continue;
        }
        const ParameterSpec *spec = findParameter(specs, it.key());
        if (spec) {
            if (const std::optional<QString> problem = spec->check(it.value())) {
                return fail(ApiError::Kind::InvalidRequest, *problem);
            }
        }
        if (!spec || spec->fate != ParameterSpec::Fate::Client) {
            members.insert(it.key(), it.value());
        }
    }
    return members;
}

QByteArray exactJson(
    const QJsonObject &body, const ParameterSet &parameters, const ParameterSpecs &specs)
{
    QByteArray json = QJsonDocument(body).toJson(QJsonDocument::Compact);
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        const ParameterSpec *spec = findParameter(specs, it.key());
        if (spec && spec->type == ParameterSpec::Type::Integer && it.value().isString()) {
            // Within texts quotes are escaped, so these bytes can only be the member itself.
            const QByteArray name = '"' + it.key().toUtf8() + "\":";
            const QByteArray digits = it.value().toString().toLatin1();
            json.replace(name + '"' + digits + '"', name + digits);
        }
    }
    return json;
}

} // namespace Lorikeet
