// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/httpchatstream.h"

#include "base/logging.h"
#include "http/recordreader.h"
#include "http/replylife.h"
#include "http/transport.h"
#include "providers/errorsentence.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QNetworkReply>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

constexpr qsizetype largestErrorBody = 64 * 1024;
constexpr qsizetype largestWholeBody = 64 * 1024 * 1024;
constexpr qsizetype shownOfBody = 2 * 1024;

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

QString inSeconds(Milliseconds time)
{
    return QString::number(std::chrono::duration<double>(time).count()) + u" s"_s;
}

} // namespace

HttpChatStream::HttpChatStream(QNetworkAccessManager &manager, const Provider *provider,
    const Target &target, const ChatRequest &request, QObject *parent)
    : ChatStream(parent)
    , m_provider(provider)
    , m_timeouts(target.endpoint.timeouts)
    , m_key(target.key)
    , m_streamAsked(request.stream)
    , m_accumulator(Clock::now())
{
    const Result<HttpRequest> encoded = provider
        ? provider->encode(target, request)
        : Failure(unknownProviderError(target.endpoint.provider));
    if (!encoded) {
        end(encoded.error(), Clock::now());
        return;
    }
    m_url = encoded->url;
    m_accumulator.outcome().notes = provider->notes(target, request);
    m_keySent = holdsCredentials(encoded->headers);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HttpChatStream::watchLimits);
    m_reply = sendRequest(manager, *encoded, TransportOptions::from(target.endpoint));
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpChatStream::onReceived);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpChatStream::onReceived);
    connect(m_reply, &QNetworkReply::finished, this, &HttpChatStream::onReplyFinished);
    watchLimits();
}

HttpChatStream::~HttpChatStream()
{
    if (m_reply) {
        m_reply->disconnect(this);
        abandonReply(*m_reply);
    }
}

void HttpChatStream::stop()
{
    ApiError error;
    error.kind = ApiError::Kind::Cancelled;
    error.message = u"The answer was stopped."_s;
    end(error, Clock::now());
}

void HttpChatStream::onReceived()
{
    const QList<TimedBytes> received = takeReceived(*m_reply);
    takeHead();
    for (const TimedBytes &piece : received) {
        if (m_ended) {
            break;
        }
        take(piece);
    }
    publish();
}

void HttpChatStream::onReplyFinished()
{
    const QPointer<HttpChatStream> self(this);
    onReceived();
    if (self && !m_ended) {
        endOfBody();
        publish();
    }
}

void HttpChatStream::takeHead()
{
    if (m_head.status != 0) {
        return;
    }
    m_head = replyHead(*m_reply);
    if (m_head.status == 0) {
        return;
    }
    m_sent = phaseTimes(*m_reply).sent.value_or(m_accumulator.outcome().timing.start);
    m_accumulator.outcome().httpStatus = m_head.status;
    m_accumulator.outcome().headers = m_head.headers;
    readAs(m_head.status >= 200 && m_head.status < 300 ? bodyKind() : Body::Error);
}

void HttpChatStream::readAs(Body body)
{
    m_body = body;
    m_startPending = body == Body::Records || body == Body::Whole;
    if (body == Body::Records) {
        m_records = std::make_unique<RecordReader>(*m_provider);
        const TimePoint at = phaseTimes(*m_reply).firstByte.value_or(Clock::now());
        m_batch += m_provider->decodeHead(m_head.headers, at);
    }
}

void HttpChatStream::take(const TimedBytes &piece)
{
    StreamTiming &timing = m_accumulator.outcome().timing;
    const bool first = timing.bytesReceived == 0;
    timing.bytesReceived += piece.bytes.size();
    m_lastReceived = piece.at;
    QByteArrayView bytes = piece.bytes;
    QByteArray undecided;
    if (m_body == Body::Unknown) {
        m_collected += piece.bytes;
        const Body body = bodyKind();
        if (body != Body::Unknown) {
            undecided = std::exchange(m_collected, {});
            bytes = undecided;
            readAs(body);
        }
    }
    switch (m_body) {
    case Body::Unknown:
        break;
    case Body::Records:
        if (const std::optional<ApiError> error = m_records->feed(bytes, piece.at, m_batch)) {
            end(error, piece.at);
        } else if (m_records->isComplete()) {
            end(std::nullopt, piece.at);
        }
        break;
    case Body::Whole:
        collect(bytes, largestWholeBody);
        break;
    case Body::Error:
        collect(bytes, largestErrorBody);
        break;
    case Body::Foreign:
        collect(bytes, shownOfBody);
        break;
    }
    if (first) {
        watchLimits(); // the idle limit begins
    }
}

void HttpChatStream::collect(QByteArrayView bytes, qsizetype limit)
{
    const qsizetype room = limit - m_collected.size();
    m_collected.append(bytes.first(std::min(bytes.size(), room)));
    if (bytes.size() <= room) {
        return;
    }
    if (m_body == Body::Whole) {
        ApiError error;
        error.kind = ApiError::Kind::Protocol;
        error.message = u"The answer of %1 is larger than %2 MiB; reading was stopped there."_s.arg(
            placeOf(m_url), QString::number(limit / 1024 / 1024));
        end(error, m_lastReceived);
    } else {
        endOfBody(); // what there is says enough
    }
}

void HttpChatStream::endOfBody()
{
    const std::optional<ApiError> broken = transportError(*m_reply);
    if (broken && (m_head.status == 0 || broken->kind == ApiError::Kind::Redirected)) {
        end(broken, Clock::now());
        return;
    }
    switch (m_body) {
    case Body::Error:
        end(refusal(), Clock::now());
        break;
    case Body::Unknown:
    case Body::Foreign:
        end(broken.value_or(foreignError()), Clock::now());
        break;
    case Body::Whole:
        if (broken) {
            end(broken, Clock::now());
        } else {
            endOfWhole();
        }
        break;
    case Body::Records: {
        const std::optional<ApiError> lacking = m_records->finish(m_lastReceived, m_batch);
        if (m_records->isComplete() || (!lacking && !broken)) {
            end(std::nullopt, m_lastReceived);
        } else {
            end(broken ? broken : lacking, Clock::now());
        }
        break;
    }
    }
}

void HttpChatStream::endOfWhole()
{
    Result<StreamEvents> events = m_provider->decodeReply(collectedReply(), m_lastReceived);
    if (events) {
        m_batch += *events;
        end(std::nullopt, m_lastReceived);
    } else {
        end(events.error(), m_lastReceived);
    }
}

HttpChatStream::Body HttpChatStream::bodyKind() const
{
    const QByteArray type = m_head.contentType();
    const bool asLines = m_provider->framing() == Framing::JsonLines;
    const Body jsonBody = asLines && m_streamAsked ? Body::Records : Body::Whole;
    if (asLines ? isJsonLines(type) : type == "text/event-stream") {
        return Body::Records;
    }
    if (isJson(type)) {
        return jsonBody;
    }
    // No type, or a wrong one (text/plain): the bytes themselves tell.
    constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");
    QByteArrayView start = m_collected;
    if (start.startsWith(byteOrderMark)) {
        start = start.sliced(byteOrderMark.size());
    } else if (byteOrderMark.startsWith(start)) {
        return Body::Unknown;
    }
    start = start.trimmed();
    if (start.isEmpty()) {
        return m_collected.size() < shownOfBody ? Body::Unknown : Body::Foreign;
    }
    if (start.startsWith('{') || start.startsWith('[')) {
        return jsonBody;
    }
    if (asLines) {
        return Body::Foreign;
    }
    const std::optional<bool> events = looksLikeEvents(start);
    if (!events) {
        return Body::Unknown;
    }
    return *events ? Body::Records : Body::Foreign;
}

HttpReply HttpChatStream::collectedReply() const
{
    HttpReply reply = m_head;
    reply.body = m_collected;
    reply.latency = Clock::now() - m_accumulator.outcome().timing.start;
    return reply;
}

ApiError HttpChatStream::refusal() const
{
    ApiError error = m_provider->decodeError(collectedReply());
    if (error.kind == ApiError::Kind::Unauthorized && !m_keySent) {
        error.message = missingKeySentence(placeOf(m_url), error.httpStatus);
    }
    return error;
}

ApiError HttpChatStream::foreignError() const
{
    const QByteArray type = m_head.contentType();
    ApiError error;
    error.kind = ApiError::Kind::Protocol;
    error.httpStatus = m_head.status;
    error.message = m_collected.trimmed().isEmpty()
        ? u"%1 sent an empty answer: check the endpoint's address and dialect."_s.arg(
              placeOf(m_url))
        : u"%1 answered with %2, not as a model server does: check the endpoint's address, and "
          "what stands between."_s.arg(
              placeOf(m_url), type.isEmpty() ? u"something else"_s : QString::fromLatin1(type));
    error.body
        = redacted(QString::fromUtf8(m_collected.first(std::min(m_collected.size(), shownOfBody))))
              .toUtf8();
    error.serverMessage = QString::fromUtf8(error.body).simplified().left(200);
    return error;
}

void HttpChatStream::publish()
{
    const QPointer<HttpChatStream> self(this);
    // A local, since a receiver may delete this while it reads it.
    StreamEvents batch = std::exchange(m_batch, {});
    m_accumulator.add(batch);
    if (std::exchange(m_startPending, false)) {
        Q_EMIT started();
    }
    if (self && !batch.isEmpty()) {
        Q_EMIT events(batch);
    }
    if (self && m_batch.isEmpty()) {
        batch.clear();
        m_batch.swap(batch);
    }
}

void HttpChatStream::end(const std::optional<ApiError> &error, TimePoint at)
{
    if (std::exchange(m_ended, true)) {
        return;
    }
    m_timer.stop();
    ChatOutcome &outcome = m_accumulator.outcome();
    StreamTiming &timing = outcome.timing;
    timing.end = at - timing.start;
    if (m_reply) {
        const PhaseTimes phases = phaseTimes(*m_reply);
        const auto since = [&timing](const std::optional<TimePoint> &point) {
            return point ? std::optional<Nanoseconds>(*point - timing.start) : std::nullopt;
        };
        timing.lookup = since(phases.lookup);
        timing.connect = since(phases.connect);
        timing.tls = since(phases.tls);
        timing.sent = since(phases.sent);
        timing.firstByte = since(phases.firstByte);
        timing.connectionReused = phases.connectionReused;
        m_reply->disconnect(this);
        if (error) {
            abandonReply(*m_reply);
        } else {
            drainReply(*m_reply);
        }
        m_reply.clear();
    }
    if (error) {
        outcome.error = withoutKey(*error, m_key);
    }
    QMetaObject::invokeMethod(
        this,
        [this] {
            // A local, since a receiver may delete this while it reads it.
            const ChatOutcome result = std::move(m_accumulator.outcome());
            Q_EMIT finished(result);
        },
        Qt::QueuedConnection);
}

std::optional<HttpChatStream::Limit> HttpChatStream::nextLimit() const
{
    const StreamTiming &timing = m_accumulator.outcome().timing;
    std::optional<Limit> next;
    const auto consider = [&next](TimePoint from, Milliseconds time, ApiError::Kind kind) {
        if (time > 0ms && (!next || from + time < next->due)) {
            next = Limit{from + time, kind};
        }
    };
    consider(timing.start, m_timeouts.total, ApiError::Kind::TotalTimeout);
    const bool hasBytes = timing.bytesReceived > 0;
    if (!timing.firstToken && !(m_body == Body::Whole && hasBytes)) {
        consider(phaseTimes(*m_reply).sent.value_or(timing.start), m_timeouts.firstToken,
            ApiError::Kind::FirstTokenTimeout);
    }
    if (hasBytes) {
        consider(m_lastReceived, m_timeouts.idle, ApiError::Kind::IdleTimeout);
    }
    return next;
}

void HttpChatStream::watchLimits()
{
    const std::optional<Limit> next = m_ended ? std::nullopt : nextLimit();
    if (!next) {
        return;
    }
    const TimePoint now = Clock::now();
    if (now >= next->due) {
        // Where this thread was held up, what the limit waits for may have come already: one more
        // turn of the event loop brings it in.
        if (std::exchange(m_overdue, true)) {
            end(limitError(next->kind), now);
        } else {
            m_timer.start(0ms);
        }
        return;
    }
    m_overdue = false;
    const auto wait = std::chrono::ceil<Milliseconds>(next->due - now);
    m_timer.start(std::min<Milliseconds>(wait, 1h));
}

ApiError HttpChatStream::limitError(ApiError::Kind kind) const
{
    ApiError error;
    error.kind = kind;
    error.httpStatus = m_head.status;
    const QString place = placeOf(m_url);
    if (kind == ApiError::Kind::FirstTokenTimeout) {
        error.message = u"%1 sent no token within %2: it may be busy or loading; try again, or "
                        "allow more time."_s.arg(place, inSeconds(m_timeouts.firstToken));
    } else if (kind == ApiError::Kind::IdleTimeout) {
        error.message
            = u"%1 fell silent: nothing came for %2. Check the server, or allow more time."_s.arg(
                place, inSeconds(m_timeouts.idle));
    } else {
        error.message = u"The answer of %1 took longer than the %2 allowed in all: it was stopped "
                        "there."_s.arg(place, inSeconds(m_timeouts.total));
    }
    return error;
}

} // namespace Lorikeet

#include "moc_chatstream.cpp"
#include "moc_httpchatstream.cpp"
