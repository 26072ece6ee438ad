// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/wirereply.h"

#include "http/deliveryqueue.h"
#include "http/transporterror.h"

#include <QPointer>

#include <algorithm>
#include <cstring>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

WireReply::WireReply(std::shared_ptr<DeliveryQueue> queue, QObject *parent)
    : QNetworkReply(parent)
    , m_queue(std::move(queue))
{
    // Unbuffered: QIODevice's own buffer would hide bytes, and their times, from takeReceived().
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

WireReply::~WireReply() { m_queue->forget(*this); }

void WireReply::note(Event event)
{
    m_events |= event;
    if (event == Done) {
        m_queue->addEnded(*this);
    } else if (!m_isQueued) {
        m_isQueued = true;
        m_queue->add(*this);
    }
}

void WireReply::startPiece(qsizetype sizeAtMost, TimePoint at)
{
    if (m_readTo > m_received.size() / 2) {
        m_received.remove(0, m_readTo);
        for (Piece &piece : m_pieces) {
            piece.end = std::max<qsizetype>(piece.end - m_readTo, 0);
        }
        m_readTo = 0;
    }
    const qsizetype needed = m_received.size() + sizeAtMost;
    if (needed > m_received.capacity()) {
        m_received.reserve(std::max(needed, 2 * m_received.size()));
    }
    m_pieces.push_back({m_received.size(), at});
}

void WireReply::addReceived(QByteArrayView bytes)
{
    m_received.append(bytes);
    m_receivedTotal += bytes.size();
    m_pieces.back().end = m_received.size();
    note(Data);
}

void WireReply::deliver()
{
    m_isQueued = false;
    if (m_draining) {
        goOnDraining();
        return;
    }
    const QPointer<WireReply> guard(this);
    // In the order things happen on the wire. Each slot may end everything.
    const auto happened = [this, &guard](Event event) {
        if (!guard || isFinished() || (m_events & event) == 0) {
            return false;
        }
        m_events &= ~unsigned(event);
        return true;
    };
    if (happened(Connecting)) {
        Q_EMIT socketStartedConnecting();
    }
    if (happened(Encrypted)) {
        Q_EMIT encrypted();
    }
    if (happened(Sent)) {
        const qint64 size = m_facts.bodySize;
        Q_EMIT requestSent();
        if (guard && size > 0) {
            Q_EMIT uploadProgress(size, size);
        }
    }
    if (happened(Head)) {
        applyHead();
        Q_EMIT metaDataChanged();
    }
    if (happened(Data)) {
        Q_EMIT readyRead();
        if (guard && !isFinished()) {
            Q_EMIT downloadProgress(m_receivedTotal, -1);
        }
    }
    if (happened(Done)) {
        finish();
    }
}

void WireReply::drain()
{
    m_draining = std::make_unique<Deadline>([this] {
        giveUp();
        deleteLater();
    });
    goOnDraining();
}

void WireReply::goOnDraining()
{
    forgetReceived();
    resumeReading();
    if ((m_events & Done) != 0 || isFinished()) {
        m_draining->clear();
        m_events = 0;
        deleteLater();
    } else if (!m_draining->isSet()) {
        m_draining->set(Clock::now() + 1s);
    }
}

void WireReply::applyHead()
{
    setHeaders(m_head.headers());
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_head.status());
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, QString::fromLatin1(m_head.reason()));
    setAttribute(QNetworkRequest::ConnectionEncryptedAttribute, m_facts.isSecure);
    // Of libcurl's handle, it could not be asked any more where the whole answer came at once.
    setAttribute(QNetworkRequest::Http2WasUsedAttribute, m_head.isHttp2());
    const QByteArrayView location = m_head.headers().value(QHttpHeaders::WellKnownHeader::Location);
    if (m_head.status() >= 300 && m_head.status() < 400 && !location.isEmpty()) {
        setAttribute(QNetworkRequest::RedirectionTargetAttribute, QUrl::fromEncoded(location));
    }
}

void WireReply::finish()
{
    const QPointer<WireReply> guard(this);
    const NetworkError code
        = m_failure ? toNetworkError(m_failure->kind) : networkErrorOfStatus(m_head.status());
    setFinished(true);
    if (code != NoError) {
        setError(code,
            m_failure ? m_failure->message : u"The server answered %1."_s.arg(m_head.status()));
        Q_EMIT errorOccurred(code);
    }
    if (guard) {
        Q_EMIT readChannelFinished();
    }
    if (guard) {
        Q_EMIT finished();
    }
}

void WireReply::abort()
{
    if (isFinished()) {
        return;
    }
    giveUp();
    m_failure = transportFailure(ApiError::Kind::Cancelled, url());
    finish();
}

void WireReply::close()
{
    QNetworkReply::close();
    abort();
}

qint64 WireReply::bytesAvailable() const
{
    return bytesReceived() + QNetworkReply::bytesAvailable();
}

bool WireReply::canReadLine() const
{
    return QNetworkReply::canReadLine() || m_received.indexOf('\n', m_readTo) >= 0;
}

void WireReply::setReadBufferSize(qint64 size)
{
    QNetworkReply::setReadBufferSize(size);
    resumeReading();
}

qint64 WireReply::readData(char *data, qint64 maxSize)
{
    const qint64 done = std::min<qint64>(maxSize, bytesReceived());
    std::memcpy(data, m_received.constData() + m_readTo, size_t(done));
    m_readTo += done;
    if (bytesReceived() == 0) {
        forgetReceived();
    }
    resumeReading();
    return done == 0 && isFinished() ? -1 : done;
}

void WireReply::eachReceived(const ReceivedVisitor &visit)
{
    // Apart, since a visitor may end the request, which forgets what it received.
    QByteArray received = std::exchange(m_received, {});
    std::vector<Piece> pieces = std::exchange(m_pieces, {});
    qsizetype from = std::exchange(m_readTo, 0);
    for (const Piece &piece : pieces) {
        if (piece.end > from) {
            visit(QByteArrayView(received).sliced(from, piece.end - from), piece.at);
            from = piece.end;
        }
    }
    m_received.swap(received);
    m_pieces.swap(pieces);
    forgetReceived();
    resumeReading();
}

void WireReply::forgetReceived()
{
    // There may be thousands of these.
    constexpr qsizetype mostKept = 16 * 1024;
    if (m_received.capacity() > mostKept) {
        m_received = {};
    } else {
        m_received.resize(0);
    }
    m_pieces.clear();
    m_readTo = 0;
}

} // namespace Lorikeet

#include "moc_wirereply.cpp"
