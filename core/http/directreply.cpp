// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/directreply.h"

#include "http/directconnection.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// As an address names it: IPv6 in brackets, no port that goes without saying.
QByteArray hostLine(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':')) {
        // Without the zone, which is this computer's own name for one of its networks.
        const qsizetype end = host.indexOf('%');
        host = '[' + (end < 0 ? host : host.first(end)) + ']';
    }
    const int port = url.port(80);
    return port == 80 ? host : host + ':' + QByteArray::number(port);
}

QByteArray targetOf(const QUrl &url)
{
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (!target.startsWith('/')) {
        target.prepend('/');
    }
    if (url.hasQuery()) {
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    }
    return target;
}

QByteArray headOf(const HttpRequest &request, const QHttpHeaders &headers, bool hasBody)
{
    QByteArray head;
    head.reserve(1024);
    const auto addLine = [&head](QByteArrayView name, QByteArrayView value) {
        head.append(name).append(": ").append(value).append("\r\n");
    };
    head.append(request.verb).append(' ').append(targetOf(request.url)).append(" HTTP/1.1\r\n");
    if (!headers.contains(QHttpHeaders::WellKnownHeader::Host)) {
        addLine("Host", hostLine(request.url));
    }
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const QLatin1StringView name = headers.nameAt(i);
        if (name != "content-length"_L1) {
            addLine(name, headers.valueAt(i));
        }
    }
    if (hasBody) {
        addLine("Content-Length", QByteArray::number(request.body.size()));
    }
    head.append("\r\n");
    return head;
}

} // namespace

DirectReply::DirectReply(std::shared_ptr<DirectLoop> loop, const HttpRequest &request,
    const QHttpHeaders &headers, bool hasBody, const TransportOptions &options, QObject *parent)
    : WireReply(std::shared_ptr<DeliveryQueue>(loop, &loop->queue()), parent)
    , m_loop(std::move(loop))
    , m_place(DirectPlace::of(request.url, options))
    , m_requestHead(headOf(request, headers, hasBody))
    , m_body(request.body)
    , m_isHead(request.verb == "HEAD")
    , m_phases{.start = Clock::now()}
{
    setUrl(request.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment));
    setRequestFacts({.bodySize = m_body.size()});
    m_loop->start(*this, options);
}

DirectReply::~DirectReply() { DirectReply::giveUp(); }

void DirectReply::onLookedUp()
{
    m_phases.lookup = Clock::now();
    note(Connecting);
}

void DirectReply::useConnection(DirectConnection &connection, bool isReused)
{
    m_dial.reset();
    m_connection = &connection;
    m_phases.connectionReused = isReused;
    if (!isReused) {
        m_phases.connect = Clock::now();
    }
    connection.begin(*this);
}

void DirectReply::onDialFailed(const ApiError &error)
{
    m_dial.reset();
    setFailure(error);
    note(Done);
}

QByteArrayView DirectReply::unwrittenHead() const
{
    return QByteArrayView(m_requestHead).sliced(std::min<qint64>(m_written, m_requestHead.size()));
}

QByteArrayView DirectReply::unwrittenBody() const
{
    return QByteArrayView(m_body).sliced(std::max<qint64>(m_written - m_requestHead.size(), 0));
}

void DirectReply::onWritten(qint64 size)
{
    m_written += size;
    if (isWritten()) {
        m_phases.sent = Clock::now();
        note(Sent);
    }
}

void DirectReply::onEnd(const std::optional<ApiError> &error)
{
    m_connection = nullptr;
    if (error) {
        setFailure(*error);
    }
    note(Done);
}

void DirectReply::giveUp()
{
    m_dial.reset();
    if (DirectConnection *connection = std::exchange(m_connection, nullptr)) {
        m_loop->drop(*connection);
    }
}

void DirectReply::resumeReading()
{
    if (m_connection) {
        m_connection->resumeReading();
    }
}

} // namespace Lorikeet

#include "moc_directreply.cpp"
