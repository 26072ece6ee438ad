// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/httpchatstream.h"

#include "http/recordreader.h"
#include "http/replylife.h"
#include "http/transport.h"
#include "providers/errorsentence.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QNetworkReply>

#include <algorithm>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qsizetype largestErrorBody = 64 * 1024;
constexpr qsizetype largestWholeBody = 64 * 1024 * 1024;

} // namespace

HttpChatStream::HttpChatStream(QNetworkAccessManager &manager, const Provider *provider,
    const Target &target, const ChatRequest &request, QObject *parent)
    : ChatStream(parent)
    , m_provider(provider)
    , m_timeouts(target.endpoint.timeouts)
    , m_key(target.key)
    , m_streamAsked(request.stream)
    , m_limits([this] { return m_ended ? std::nullopt : nextLimit(); },
          [this](ApiError::Kind kind, TimePoint at) {
              ApiError error = streamLimitError(kind, m_timeouts, m_url);
              error.httpStatus = m_head.status;
              end(error, at);
          })
    , m_accumulator(Clock::now())
{
    const Result<HttpRequest> encoded = provider
        ? encodeChat(*provider, target, request)
        : Failure(unknownProviderError(target.endpoint.provider));
    if (!encoded) {
        end(encoded.error(), Clock::now());
        return;
    }
    m_url = encoded->url;
    m_accumulator.outcome().notes = provider->notes(target, request);
    m_keySent = holdsCredentials(encoded->headers);
    m_reply = sendRequest(manager, *encoded, TransportOptions::from(target));
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpChatStream::onReceived);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpChatStream::onReceived);
    connect(m_reply, &QNetworkReply::finished, this, &HttpChatStream::onReplyFinished);
    m_limits.look();
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
    m_willPublish = false; // a slot may wait for the end within an event loop of its own
    end(error, Clock::now());
}

void HttpChatStream::onReceived()
{
    m_willPublish = true;
    readReceived();
    publish();
}

void HttpChatStream::onReplyFinished()
{
    m_willPublish = true;
    readReceived();
    if (!m_ended) {
        endOfBody();
    }
    publish();
}

void HttpChatStream::readReceived()
{
    takeHead();
    eachReceived(*m_reply, [this](QByteArrayView bytes, TimePoint at) {
        if (!m_ended) {
            take(bytes, at);
        }
    });
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
    readAs(m_head.status >= 200 && m_head.status < 300 ? bodyKind() : AnswerBody::Error);
}

void HttpChatStream::readAs(AnswerBody body)
{
    m_body = body;
    m_startPending = body == AnswerBody::Records || body == AnswerBody::Whole;
    if (body == AnswerBody::Records) {
        m_records = std::make_unique<RecordReader>(*m_provider);
        const TimePoint at = phaseTimes(*m_reply).firstByte.value_or(Clock::now());
        m_batch += m_provider->decodeHead(m_head.headers, at);
    }
}

void HttpChatStream::take(QByteArrayView bytes, TimePoint at)
{
    StreamTiming &timing = m_accumulator.outcome().timing;
    const bool first = timing.bytesReceived == 0;
    timing.bytesReceived += bytes.size();
    m_lastReceived = at;
    QByteArray undecided;
    if (m_body == AnswerBody::Unknown) {
        m_collected += bytes;
        const AnswerBody body = bodyKind();
        if (body != AnswerBody::Unknown) {
            undecided = std::exchange(m_collected, {});
            bytes = undecided;
            readAs(body);
        }
    }
    switch (m_body) {
    case AnswerBody::Unknown:
        break;
    case AnswerBody::Records:
        if (const std::optional<ApiError> error = m_records->feed(bytes, at, m_batch)) {
            end(error, at);
        } else if (m_records->isComplete()) {
            end(std::nullopt, at);
        }
        break;
    case AnswerBody::Whole:
        collect(bytes, largestWholeBody);
        break;
    case AnswerBody::Error:
        collect(bytes, largestErrorBody);
        break;
    case AnswerBody::Foreign:
        collect(bytes, shownOfForeignBody);
        break;
    }
    if (first) {
        m_limits.look(); // the idle limit begins
    }
}

void HttpChatStream::collect(QByteArrayView bytes, qsizetype limit)
{
    const qsizetype room = limit - m_collected.size();
    m_collected.append(bytes.first(std::min(bytes.size(), room)));
    if (bytes.size() <= room) {
        return;
    }
    if (m_body == AnswerBody::Whole) {
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
    case AnswerBody::Error:
        end(refusal(), Clock::now());
        break;
    case AnswerBody::Unknown:
    case AnswerBody::Foreign:
        end(broken.value_or(foreignAnswerError(collectedReply(), m_url)), Clock::now());
        break;
    case AnswerBody::Whole:
        if (broken) {
            end(broken, Clock::now());
        } else {
            endOfWhole();
        }
        break;
    case AnswerBody::Records: {
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

AnswerBody HttpChatStream::bodyKind() const
{
    return answerBodyOf(m_head.contentType(), m_collected, m_provider->framing(), m_streamAsked);
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
    if (!self) {
        return;
    }
    if (m_batch.isEmpty()) {
        batch.clear();
        m_batch.swap(batch);
    }
    m_willPublish = false;
    tellFinished();
}

void HttpChatStream::tellFinished()
{
    if (std::exchange(m_finishPending, false)) {
        // A local, since a receiver may delete this while it reads it.
        const ChatOutcome result = std::move(m_accumulator.outcome());
        Q_EMIT finished(result);
    }
}

void HttpChatStream::end(const std::optional<ApiError> &error, TimePoint at)
{
    if (std::exchange(m_ended, true)) {
        return;
    }
    m_limits.look(); // there are none any more
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
    m_finishPending = true;
    if (!m_willPublish) {
        QMetaObject::invokeMethod(this, &HttpChatStream::tellFinished, Qt::QueuedConnection);
    }
}

std::optional<StreamLimit> HttpChatStream::nextLimit() const
{
    const StreamTiming &timing = m_accumulator.outcome().timing;
    const bool hasBytes = timing.bytesReceived > 0;
    const bool awaitsToken = !timing.firstToken && !(m_body == AnswerBody::Whole && hasBytes);
    return nextStreamLimit(m_timeouts,
        {.start = timing.start,
            .sent = awaitsToken ? phaseTimes(*m_reply).sent : std::nullopt,
            .received = hasBytes ? std::optional(m_lastReceived) : std::nullopt,
            .awaitsToken = awaitsToken});
}

} // namespace Lorikeet

#include "moc_chatstream.cpp"
#include "moc_httpchatstream.cpp"
