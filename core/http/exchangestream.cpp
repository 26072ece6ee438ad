// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/exchangestream.h"

#include "http/replylife.h"
#include "http/transport.h"

#include <QNetworkReply>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qsizetype largestExchange = 64 * 1024 * 1024;

} // namespace

ExchangeStream::ExchangeStream(QNetworkAccessManager &manager, const Target &target,
    const Result<HttpRequest> &request, AnswerReader read, QObject *parent)
    : ChatStream(parent)
    , m_timeouts(target.endpoint.timeouts)
    , m_key(target.key)
    , m_read(std::move(read))
    , m_limits([this] { return m_ended ? std::nullopt : nextLimit(); },
          [this](ApiError::Kind kind, TimePoint at) {
              ApiError error = streamLimitError(kind, m_timeouts, m_url);
              error.httpStatus = replyHead(*m_reply).status;
              end(error, at);
          })
    , m_outcome(ChatAccumulator(Clock::now()).outcome())
{
    if (!request) {
        end(request.error(), Clock::now());
        return;
    }
    m_url = request->url;
    m_reply = sendRequest(manager, *request, TransportOptions::from(target));
    connect(m_reply, &QNetworkReply::readyRead, this, &ExchangeStream::onReceived);
    connect(m_reply, &QNetworkReply::finished, this, &ExchangeStream::onReplyFinished);
    m_limits.look();
}

ExchangeStream::~ExchangeStream()
{
    if (m_reply) {
        m_reply->disconnect(this);
        abandonReply(*m_reply);
    }
}

void ExchangeStream::stop()
{
    ApiError error;
    error.kind = ApiError::Kind::Cancelled;
    error.message = u"The request was stopped."_s;
    end(error, Clock::now());
}

std::optional<TimePoint> ExchangeStream::sentAt() const
{
    return m_reply ? phaseTimes(*m_reply).sent : std::nullopt;
}

void ExchangeStream::onReceived()
{
    const bool isFirst = m_outcome.timing.bytesReceived == 0;
    const QList<TimedBytes> received = takeReceived(*m_reply);
    for (const TimedBytes &piece : received) {
        m_body += piece.bytes;
        m_lastReceived = piece.at;
        m_outcome.timing.bytesReceived += piece.bytes.size();
    }
    if (m_body.size() > largestExchange) {
        ApiError error;
        error.kind = ApiError::Kind::Protocol;
        error.message = u"The answer of %1 is larger than %2 MiB; reading was stopped there."_s.arg(
            placeOf(m_url), QString::number(largestExchange / 1024 / 1024));
        end(error, m_lastReceived);
    } else if (isFirst && !received.isEmpty()) {
        m_limits.look(); // the idle limit begins
    }
}

void ExchangeStream::onReplyFinished()
{
    onReceived();
    if (m_ended) {
        return;
    }
    HttpReply reply = replyHead(*m_reply);
    m_outcome.headers = reply.headers;
    // An answer without a body ends with its head, of which there is no other stamp.
    const TimePoint at = m_body.isEmpty() ? Clock::now() : m_lastReceived;
    if (const std::optional<ApiError> broken = transportError(*m_reply)) {
        end(broken, Clock::now());
        return;
    }
    reply.body = std::exchange(m_body, {});
    reply.latency = at - m_outcome.timing.start;
    const Result<Usage> usage = m_read(reply);
    if (usage) {
        m_outcome.usage = *usage;
    }
    end(usage ? std::nullopt : std::optional(usage.error()), at);
}

void ExchangeStream::end(const std::optional<ApiError> &error, TimePoint at)
{
    if (std::exchange(m_ended, true)) {
        return;
    }
    m_limits.look(); // there are none any more
    StreamTiming &timing = m_outcome.timing;
    timing.end = at - timing.start;
    if (m_reply) {
        m_outcome.httpStatus = replyHead(*m_reply).status;
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
        if (m_reply->isFinished()) {
            drainReply(*m_reply);
        } else {
            abandonReply(*m_reply);
        }
        m_reply.clear();
    }
    if (error) {
        m_outcome.error = withoutKey(*error, m_key);
    }
    QMetaObject::invokeMethod(
        this,
        [this] {
            // A local, since a receiver may delete this while it reads it.
            const ChatOutcome result = std::move(m_outcome);
            Q_EMIT finished(result);
        },
        Qt::QueuedConnection);
}

std::optional<StreamLimit> ExchangeStream::nextLimit() const
{
    const bool hasBytes = m_outcome.timing.bytesReceived > 0;
    return nextStreamLimit(m_timeouts,
        {.start = m_outcome.timing.start,
            .sent = hasBytes ? std::nullopt : phaseTimes(*m_reply).sent,
            .received = hasBytes ? std::optional(m_lastReceived) : std::nullopt,
            .awaitsToken = !hasBytes});
}

} // namespace Lorikeet

#include "moc_exchangestream.cpp"
