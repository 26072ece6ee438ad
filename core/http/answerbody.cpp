// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/answerbody.h"

#include "base/logging.h"
#include "http/transport.h"

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool isJson(QByteArrayView type)
{
    return type == "application/json" || type == "text/json" || type.endsWith("+json");
}

bool isJsonLines(QByteArrayView type)
{
    return type == "application/x-ndjson" || type == "application/ndjson"
        || type == "application/jsonl" || type == "application/x-jsonlines"
        || type == "application/json-lines";
}

/// True for the start of an event stream, false for another text; nothing where it is too short
/// to tell.
std::optional<bool> looksLikeEvents(QByteArrayView start)
{
    constexpr std::array<QByteArrayView, 5> beginnings{"data:", "event:", "id:", "retry:", ":"};
    if (std::ranges::any_of(
            beginnings, [start](QByteArrayView text) { return start.startsWith(text); })) {
        return true;
    }
    const bool mayBecome = std::ranges::any_of(
        beginnings, [start](QByteArrayView text) { return text.startsWith(start); });
    return mayBecome ? std::optional<bool>() : false;
}

} // namespace

AnswerBody answerBodyOf(
    QByteArrayView contentType, QByteArrayView start, Framing framing, bool streamAsked)
{
    const bool asLines = framing == Framing::JsonLines;
    const AnswerBody jsonBody = asLines && streamAsked ? AnswerBody::Records : AnswerBody::Whole;
    if (asLines ? isJsonLines(contentType) : contentType == "text/event-stream") {
        return AnswerBody::Records;
    }
    if (isJson(contentType)) {
        return jsonBody;
    }
    // No type, or a wrong one (text/plain): the bytes themselves tell.
    constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");
    QByteArrayView text = start;
    if (text.startsWith(byteOrderMark)) {
        text = text.sliced(byteOrderMark.size());
    } else if (byteOrderMark.startsWith(text)) {
        return AnswerBody::Unknown;
    }
    text = text.trimmed();
    if (text.isEmpty()) {
        return start.size() < shownOfForeignBody ? AnswerBody::Unknown : AnswerBody::Foreign;
    }
    if (text.startsWith('{') || text.startsWith('[')) {
        return jsonBody;
    }
    if (asLines) {
        return AnswerBody::Foreign;
    }
    const std::optional<bool> events = looksLikeEvents(text);
    if (!events) {
        return AnswerBody::Unknown;
    }
    return *events ? AnswerBody::Records : AnswerBody::Foreign;
}

ApiError foreignAnswerError(const HttpReply &reply, const QUrl &url)
{
    const QByteArray type = reply.contentType();
    ApiError error;
    error.kind = ApiError::Kind::Protocol;
    error.httpStatus = reply.status;
    error.message = reply.body.trimmed().isEmpty()
        ? u"%1 sent an empty answer: check the endpoint's address and dialect."_s.arg(placeOf(url))
        : u"%1 answered with %2, not as a model server does: check the endpoint's address, and "
          "what stands between."_s.arg(
              placeOf(url), type.isEmpty() ? u"something else"_s : QString::fromLatin1(type));
    const QByteArray shown = reply.body.first(std::min(reply.body.size(), shownOfForeignBody));
    error.body = redacted(QString::fromUtf8(shown)).toUtf8();
    error.serverMessage = QString::fromUtf8(error.body).simplified().left(200);
    return error;
}

} // namespace Lorikeet
