// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/httpfetch.h"

#include "http/replylife.h"

#include <QNetworkReply>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

constexpr qsizetype largestBody = 64 * 1024 * 1024;

} // namespace

HttpFetch::HttpFetch(QNetworkAccessManager &manager, const HttpRequest &request,
    const TransportOptions &options, Milliseconds timeout, QObject *parent)
    : QObject(parent)
    , m_url(request.url)
    , m_start(Clock::now())
    , m_lastReceived(m_start)
{
    m_promise.start();
    connect(&m_watcher, &QFutureWatcherBase::canceled, this, &HttpFetch::onCancelled);
    m_watcher.setFuture(m_promise.future());
    m_reply = sendRequest(manager, request, options);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpFetch::onReceived);
    connect(m_reply, &QNetworkReply::finished, this, &HttpFetch::onReplyFinished);
    if (timeout > 0ms) {
        QTimer::singleShot(timeout, this, [this, timeout] {
            finish(fail(ApiError::Kind::TotalTimeout,
                u"%1 did not answer within %2 s."_s.arg(placeOf(m_url)).arg(toSeconds(timeout))));
        });
    }
}

HttpFetch::~HttpFetch()
{
    if (m_reply) {
        m_reply->disconnect(this);
        abandonReply(*m_reply);
    }
}

void HttpFetch::onReceived()
{
    const QList<TimedBytes> received = takeReceived(*m_reply);
    for (const TimedBytes &piece : received) {
        m_body += piece.bytes;
        m_lastReceived = piece.at;
    }
    if (m_body.size() > largestBody) {
        finish(fail(ApiError::Kind::Protocol,
            u"The answer of %1 is larger than %2 MiB; reading was stopped there."_s.arg(
                placeOf(m_url), QString::number(largestBody / 1024 / 1024))));
    }
}

void HttpFetch::onReplyFinished()
{
    onReceived();
    if (!m_reply) {
        return;
    }
    if (const std::optional<ApiError> error = transportError(*m_reply)) {
        finish(Failure(*error));
        return;
    }
    HttpReply reply = replyHead(*m_reply);
    reply.body = m_body;
    // An answer without a body ends with its head, of which there is no other stamp.
    reply.latency = (m_body.isEmpty() ? Clock::now() : m_lastReceived) - m_start;
    finish(reply);
}

void HttpFetch::finish(Result<HttpReply> result)
{
    if (!m_reply) {
        return;
    }
    abandon();
    m_promise.addResult(std::move(result));
    m_promise.finish();
    deleteLater();
}

void HttpFetch::onCancelled()
{
    if (m_reply) {
        abandon();
        m_promise.finish();
        deleteLater();
    }
}

void HttpFetch::abandon()
{
    m_reply->disconnect(this);
    abandonReply(*m_reply);
    m_reply.clear();
}

} // namespace Lorikeet

#include "moc_httpfetch.cpp"
