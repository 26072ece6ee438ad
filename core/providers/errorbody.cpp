// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/errorbody.h"

#include "base/logging.h"
#include "providers/errorsentence.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qsizetype keptOfBody = 2048;

/// A string as it is, a number as digits, anything else as nothing.
QString asText(const QJsonValue &value)
{
    if (value.isDouble()) {
        return QString::number(value.toDouble(), 'g', 17);
    }
    return value.toString();
}

/// `{"detail":[{"loc":["body","top_k"],"msg":"not permitted"}]}` as "body.top_k: not permitted".
QString validationText(const QJsonArray &problems)
{
    QStringList lines;
    for (const QJsonValue &problem : problems) {
        QStringList place;
        for (const QJsonValue &step : problem[u"loc"_s].toArray()) {
            place.append(asText(step));
        }
        const QString text = problem[u"msg"_s].toString();
        lines.append(place.isEmpty() ? text : place.join(u'.') + u": "_s + text);
    }
    return lines.join(u"; "_s);
}

/// The text of a `message` or `detail`, which may be a list of problems, or hold one, or hold a
/// second error written as JSON text (Ollama passes on its runner's).
QString messageText(const QJsonValue &value)
{
    if (value.isArray()) {
        return validationText(value.toArray());
    }
    if (value.isObject()) {
        const QString inner = messageText(value[u"detail"_s]);
        return inner.isEmpty()
            ? QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact))
            : inner;
    }
    const QString text = value.toString();
    if (text.startsWith(u'{')) {
        if (const auto nested = readErrorBody(text.toUtf8())) {
            return nested->message;
        }
    }
    return text;
}

ErrorBody fromMembers(const QJsonObject &object)
{
    ErrorBody error{.message = messageText(object[u"message"_s]),
        .type = object[u"type"_s].toString(),
        .code = asText(object[u"code"_s]),
        .param = object[u"param"_s].toString()};
    if (error.type.isEmpty()) {
        error.type = object[u"status"_s].toString();
    }
    if (error.message.isEmpty()) {
        error.message = messageText(object[u"detail"_s]);
    }
    const int ownStatus = object[u"http_status_code"_s].toInt(object[u"code"_s].toInt());
    if (ownStatus >= 400 && ownStatus < 600) {
        error.status = ownStatus;
    }
    return error;
}

std::optional<ErrorBody> fromObject(const QJsonObject &object)
{
    const QJsonValue error = object[u"error"_s];
    if (error.isObject()) {
        return fromMembers(error.toObject());
    }
    if (error.isString() && !error.toString().isEmpty()) {
        return ErrorBody{.message = messageText(error), .type = object[u"error_type"_s].toString()};
    }
    if (object[u"object"_s] == u"error"_s) {
        return fromMembers(object);
    }
    const QJsonValue detail = object[u"detail"_s];
    if (detail.isString() || detail.isArray()) {
        return ErrorBody{.message = messageText(detail)};
    }
    if (object[u"message"_s].isString() && !object.contains(u"choices"_s)) {
        return fromMembers(object);
    }
    // `"error": true` and the like: something failed, and nothing says what.
    return error.isBool() && error.toBool() ? std::optional(fromMembers(object)) : std::nullopt;
}

bool isContextOverflow(const ErrorBody &error)
{
    if (error.type == u"exceed_context_size_error"_s
        || error.code == u"context_length_exceeded"_s) {
        return true;
    }
    // vLLM, TGI and LoRAX say it in words alone.
    static const QRegularExpression words(
        u"maximum context length|context (size|length|window|limit)|max_total_tokens"
        "|prompt is too long|input token count"
        "|`inputs` must have less than|inputs` tokens \\+ `max_new_tokens"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(error.message).hasMatch();
}

bool isContentFilter(const ErrorBody &error)
{
    return error.code == u"content_filter"_s || error.type == u"content_filter"_s
        || error.code == u"content_policy_violation"_s;
}

/// Of models Mistral, and llama.cpp with several, say it with a 400; of adapters SGLang and
/// llama.cpp.
bool isUnknownModel(const ErrorBody &error)
{
    static const QRegularExpression words(
        u"^model '.*' not found|^invalid adapter id|requested LoRA adapters are not loaded"_s);
    return error.type == u"invalid_model"_s || error.code == u"model_not_found"_s
        || words.match(error.message).hasMatch();
}

ApiError::Kind kindFromStatus(int status)
{
    switch (status) {
    case 401:
    case 403:
        return ApiError::Kind::Unauthorized;
    case 404:
    case 405:
        return ApiError::Kind::NotFound;
    case 413:
        return ApiError::Kind::TooLarge;
    case 429:
        return ApiError::Kind::RateLimited;
    case 424:
    case 503:
    case 529:
        return ApiError::Kind::Unavailable;
    default:
        break;
    }
    if (status >= 300 && status < 400) {
        return ApiError::Kind::Redirected;
    }
    return status >= 400 && status < 500 ? ApiError::Kind::BadRequest : ApiError::Kind::Server;
}

/// For an error under status 200, the types alone have to tell.
ApiError::Kind kindFromType(const ErrorBody &error)
{
    static const QHash<QString, ApiError::Kind> kinds{
        {u"validation"_s, ApiError::Kind::BadRequest},
        {u"invalid_request_error"_s, ApiError::Kind::BadRequest},
        {u"BadRequestError"_s, ApiError::Kind::BadRequest},
        {u"template_error"_s, ApiError::Kind::BadRequest},
        {u"tool_error"_s, ApiError::Kind::BadRequest},
        {u"missing_template_variable"_s, ApiError::Kind::BadRequest},
        {u"generation"_s, ApiError::Kind::Unavailable},
        {u"overloaded"_s, ApiError::Kind::RateLimited},
        {u"rate_limit_exceeded"_s, ApiError::Kind::RateLimited},
        {u"authentication_error"_s, ApiError::Kind::Unauthorized},
        {u"not_found_error"_s, ApiError::Kind::NotFound},
        {u"NotFoundError"_s, ApiError::Kind::NotFound},
        {u"unavailable_error"_s, ApiError::Kind::Unavailable},
        {u"overloaded_error"_s, ApiError::Kind::Unavailable},
        {u"rate_limit_error"_s, ApiError::Kind::RateLimited},
        {u"permission_error"_s, ApiError::Kind::Unauthorized},
        {u"request_too_large"_s, ApiError::Kind::TooLarge},
    };
    return kinds.value(error.type, kinds.value(error.code, ApiError::Kind::Server));
}

ApiError::Kind kindOf(const ErrorBody &error, int status)
{
    const int effective = status >= 300 ? status : error.status;
    if (isContentFilter(error)) {
        return ApiError::Kind::ContentFilter;
    }
    if (effective <= 500 && effective != 429 && isContextOverflow(error)) {
        return ApiError::Kind::TooLarge;
    }
    if (effective == 400 && isUnknownModel(error)) {
        return ApiError::Kind::NotFound;
    }
    return effective >= 300 ? kindFromStatus(effective) : kindFromType(error);
}

ApiError assembled(const ErrorBody &body, int status, const QUrl &url)
{
    ApiError error;
    error.kind = kindOf(body, status);
    error.message = errorSentence(error.kind, body, status, url);
    error.serverMessage = redacted(body.message.trimmed());
    error.httpStatus = status;
    // A code that only repeats the status says less than the type.
    const bool codeIsStatus = body.code.toInt() >= 400 && body.code.toInt() < 600;
    error.code
        = body.code.isEmpty() || (codeIsStatus && !body.type.isEmpty()) ? body.type : body.code;
    error.param = body.param;
    return error;
}

/// Redacted before it is cut, lest half a key be left at the end.
QByteArray kept(QByteArrayView body)
{
    const QByteArrayView start = body.first(std::min(body.size(), 2 * keptOfBody));
    return redacted(QString::fromUtf8(start)).toUtf8().left(keptOfBody);
}

/// What a body that is no JSON says: an HTML page's title, or the text itself if it is short.
QString plainText(const HttpReply &reply)
{
    const QString text
        = QString::fromUtf8(reply.body.first(std::min(reply.body.size(), keptOfBody)));
    static const QRegularExpression html(
        u"^\\s*(<!doctype|<html|<head|<\\?xml)"_s, QRegularExpression::CaseInsensitiveOption);
    if (html.match(text).hasMatch()) {
        static const QRegularExpression title(
            u"<title[^>]*>\\s*([^<]*?)\\s*</title>"_s, QRegularExpression::CaseInsensitiveOption);
        return title.match(text).captured(1);
    }
    return text.trimmed().left(500);
}

} // namespace

std::optional<ErrorBody> readErrorBody(QByteArrayView body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body.toByteArray());
    if (document.isArray()) {
        // Gemini's compatible routes wrap the error in an array.
        const QJsonValue first = document.array().first();
        return first.isObject() ? fromObject(first.toObject()) : std::nullopt;
    }
    return document.isObject() ? fromObject(document.object()) : std::nullopt;
}

ApiError errorFromReply(const HttpReply &reply)
{
    std::optional<ErrorBody> body = readErrorBody(reply.body);
    if (!body) {
        body = ErrorBody{.message = plainText(reply)};
    }
    ApiError error = assembled(*body, reply.status, reply.url);
    if (body->message.startsWith(u"Unexpected endpoint"_s)) {
        error.kind = ApiError::Kind::NotFound;
        error.message = errorSentence(error.kind, {}, reply.status, reply.url);
    }
    error.retryAfter = retryAfter(reply.headers);
    // What the official clients of OpenAI and Anthropic heed before anything else.
    const QByteArray mayRetry = reply.header("x-should-retry").trimmed().toLower();
    if (mayRetry == "true" || mayRetry == "false") {
        error.mayRetry = mayRetry == "true";
    }
    error.requestId = requestId(reply.headers);
    error.body = kept(reply.body);
    if (error.kind == ApiError::Kind::Redirected) {
        error.location = reply.url.resolved(QUrl(QString::fromUtf8(reply.header("location"))));
    }
    return error;
}

ApiError errorFromRecord(QByteArrayView record, QByteArrayView type)
{
    std::optional<ErrorBody> body = readErrorBody(record);
    if (!body && type == "error") {
        body = ErrorBody{
            .message = QString::fromUtf8(record.first(std::min(record.size(), keptOfBody)))};
    }
    if (!body) {
        return protocolError(
            u"The server sent a record in its stream that is not in the form of this dialect."_s,
            record);
    }
    ApiError error = assembled(*body, 0, {});
    error.body = kept(record);
    return error;
}

ApiError protocolError(const QString &what, QByteArrayView received)
{
    ApiError error;
    error.kind = ApiError::Kind::Protocol;
    error.message = what;
    error.body = kept(received);
    return error;
}

ApiError truncatedBefore(const QString &what)
{
    ApiError error;
    error.kind = ApiError::Kind::Truncated;
    error.message
        = u"The answer broke off: the stream ended before %1; ask again, or continue it."_s.arg(
            what);
    return error;
}

ApiError truncatedEmpty()
{
    ApiError error;
    error.kind = ApiError::Kind::Truncated;
    error.message
        = u"The stream ended without an answer: ask again, or look into the server's log."_s;
    return error;
}

QString requestId(const Headers &headers)
{
    for (const QByteArrayView name :
        {"x-request-id", "apim-request-id", "request-id", "x-generation-id", "x-b3-traceid"}) {
        const QByteArray value = headerValue(headers, name);
        if (!value.isEmpty()) {
            return QString::fromUtf8(value);
        }
    }
    return {};
}

std::optional<Milliseconds> retryAfter(const Headers &headers)
{
    bool ok = false;
    const double milliseconds = headerValue(headers, "retry-after-ms").trimmed().toDouble(&ok);
    if (ok && milliseconds >= 0 && milliseconds < 1e12) {
        return Milliseconds(std::llround(milliseconds));
    }
    const QByteArray value = headerValue(headers, "retry-after").trimmed();
    const double seconds = value.toDouble(&ok);
    if (ok && seconds >= 0 && seconds < 1e9) {
        return Milliseconds(std::llround(seconds * 1000));
    }
    const auto date = [](const QByteArray &text) {
        QDateTime moment = QLocale::c().toDateTime(
            QString::fromLatin1(text), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
        moment.setTimeZone(QTimeZone::UTC);
        return moment;
    };
    const QDateTime until = date(value);
    if (!until.isValid()) {
        return std::nullopt;
    }
    // The server's own clock is compared with itself; ours may be wrong.
    const QDateTime told = date(headerValue(headers, "date").trimmed());
    const QDateTime from = told.isValid() ? told : QDateTime::currentDateTimeUtc();
    return Milliseconds(std::max<qint64>(0, from.msecsTo(until)));
}

} // namespace Lorikeet
