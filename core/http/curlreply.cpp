// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/curlreply.h"

#include "http/curlerror.h"
#include "http/curlloop.h"
#include "http/transporterror.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace Lorikeet {

CurlReply::CurlReply(std::shared_ptr<CurlLoop> loop, QNetworkAccessManager::Operation operation,
    const QNetworkRequest &request, CurlTransfer transfer, QIODevice *body, QObject *parent)
    : QNetworkReply(parent)
    , m_loop(std::move(loop))
    , m_transfer(std::move(transfer))
    , m_peer(m_transfer.options.tls.pin, m_transfer.proxy.scheme() == "https"_L1)
    , m_phases{.start = Clock::now()}
{
    setRequest(request);
    setUrl(request.url());
    setOperation(operation);
    // Unbuffered: QIODevice's own buffer would hide bytes, and their times, from takeReceived().
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    setUp(body);
    m_handedOver = Clock::now();
    m_loop->start(*this, m_handle);
}

CurlReply::~CurlReply()
{
    giveUp();
    m_loop->forget(*this);
}

void CurlReply::setUp(QIODevice *body)
{
    if (body) {
        m_body = body;
        const QVariant length = request().header(QNetworkRequest::ContentLengthHeader);
        m_transfer.bodySize = length.isValid() ? length.toLongLong()
            : body->isSequential()             ? -1
                                               : body->size() - body->pos();
        connect(body, &QIODevice::readyRead, this, &CurlReply::resumeUpload);
        connect(body, &QIODevice::readChannelFinished, this, [this] {
            m_bodyEnded = true;
            resumeUpload();
        });
    } else if (m_transfer.verb == "POST" || m_transfer.verb == "PUT") {
        m_transfer.bodySize = 0;
    }
    m_handle = m_loop->takeHandle();
    m_transfer.applyTo(m_handle);
    if (m_transfer.isSecure) {
        m_peer.applyTo(m_handle);
    }
    // With HTTP/2 a connection in use may take one more.
    if (!m_transfer.sharesConnections() && !m_loop->mayHaveIdleConnection()) {
        curl_easy_setopt(m_handle, CURLOPT_FRESH_CONNECT, 1L);
    }
    setCallbacks();
}

void CurlReply::setCallbacks()
{
    curl_easy_setopt(m_handle, CURLOPT_PRIVATE, this);
    curl_easy_setopt(m_handle, CURLOPT_ERRORBUFFER, m_errorText.data());
    curl_easy_setopt(m_handle, CURLOPT_HEADERFUNCTION, &CurlReply::onHeader);
    curl_easy_setopt(m_handle, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(m_handle, CURLOPT_WRITEFUNCTION, &CurlReply::onBody);
    curl_easy_setopt(m_handle, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(m_handle, CURLOPT_READFUNCTION, &CurlReply::onUpload);
    curl_easy_setopt(m_handle, CURLOPT_READDATA, this);
    curl_easy_setopt(m_handle, CURLOPT_SEEKFUNCTION, &CurlReply::onSeek);
    curl_easy_setopt(m_handle, CURLOPT_SEEKDATA, this);
    curl_easy_setopt(m_handle, CURLOPT_PREREQFUNCTION, &CurlReply::onConnected);
    curl_easy_setopt(m_handle, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(m_handle, CURLOPT_SOCKOPTFUNCTION, &CurlReply::onNewSocket);
    curl_easy_setopt(m_handle, CURLOPT_SOCKOPTDATA, this);
    // The loop, not this: a kept connection outlives the request that opened it.
    curl_easy_setopt(m_handle, CURLOPT_CLOSESOCKETFUNCTION, &CurlLoop::onSocketClosed);
    curl_easy_setopt(m_handle, CURLOPT_CLOSESOCKETDATA, m_loop.get());
}

void CurlReply::note(Event event)
{
    m_events |= event;
    if (!m_isQueued) {
        m_isQueued = true;
        m_loop->queueDelivery(*this);
    }
}

// What the loop calls.

bool CurlReply::noteSent()
{
    if (m_wasSent || !m_handle) {
        return true;
    }
    curl_off_t microseconds = 0;
    curl_easy_getinfo(m_handle, CURLINFO_POSTTRANSFER_TIME_T, &microseconds);
    if (microseconds == 0) {
        return false;
    }
    m_wasSent = true;
    note(Sent);
    return true;
}

void CurlReply::complete(CURLcode code)
{
    noteSent(); // where it was written and answered within the same turn
    if (code != CURLE_OK) {
        CurlEnd end = CurlEnd::from(m_handle, code);
        end.url = transportPlace(url(), m_transfer.options.unixSocket);
        end.shown = m_peer.shown();
        end.isOther = m_peer.isOther();
        end.detail = QString::fromUtf8(m_errorText.data());
        end.connectTimeout = m_transfer.options.connectTimeout;
        end.throughProxy = !m_transfer.proxy.isEmpty();
        end.connected = m_isConnected;
        end.hasAnswer = m_head.isComplete();
        m_failure = toApiError(end);
    }
    release();
    note(Done);
}

void CurlReply::deliver()
{
    m_isQueued = false;
    const QPointer<CurlReply> guard(this);
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
        const qint64 size = m_transfer.bodySize.value_or(0);
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

void CurlReply::applyHead()
{
    setHeaders(m_head.headers());
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_head.status());
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, QString::fromLatin1(m_head.reason()));
    setAttribute(QNetworkRequest::ConnectionEncryptedAttribute, m_transfer.isSecure);
    // Of libcurl's handle, it could not be asked any more where the whole answer came at once.
    setAttribute(QNetworkRequest::Http2WasUsedAttribute, m_head.isHttp2());
    const QByteArrayView location = m_head.headers().value(QHttpHeaders::WellKnownHeader::Location);
    if (m_head.status() >= 300 && m_head.status() < 400 && !location.isEmpty()) {
        setAttribute(QNetworkRequest::RedirectionTargetAttribute, QUrl::fromEncoded(location));
    }
}

void CurlReply::finish()
{
    const QPointer<CurlReply> guard(this);
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

// What the owner calls.

void CurlReply::abort()
{
    if (isFinished()) {
        return;
    }
    giveUp();
    m_failure = transportFailure(ApiError::Kind::Cancelled, url());
    finish();
}

void CurlReply::close()
{
    QNetworkReply::close();
    abort();
}

qint64 CurlReply::bytesAvailable() const { return m_available + QNetworkReply::bytesAvailable(); }

bool CurlReply::canReadLine() const
{
    return QNetworkReply::canReadLine()
        || std::ranges::any_of(
            m_received, [](const TimedBytes &piece) { return piece.bytes.contains('\n'); });
}

void CurlReply::setReadBufferSize(qint64 size)
{
    QNetworkReply::setReadBufferSize(size);
    resumeReading();
}

qint64 CurlReply::readData(char *data, qint64 maxSize)
{
    qint64 done = 0;
    while (done < maxSize && !m_received.isEmpty()) {
        const QByteArray &piece = m_received.constFirst().bytes;
        const qint64 size = std::min<qint64>(maxSize - done, piece.size() - m_firstOffset);
        std::memcpy(data + done, piece.constData() + m_firstOffset, size_t(size));
        done += size;
        m_firstOffset += size;
        if (m_firstOffset == piece.size()) {
            m_received.removeFirst();
            m_firstOffset = 0;
        }
    }
    m_available -= done;
    resumeReading();
    return done == 0 && isFinished() ? -1 : done;
}

QList<TimedBytes> CurlReply::takeReceived()
{
    QList<TimedBytes> received = std::exchange(m_received, {});
    if (m_firstOffset > 0) {
        received.first().bytes.remove(0, std::exchange(m_firstOffset, 0));
    }
    m_available = 0;
    resumeReading();
    return received;
}

void CurlReply::resumeReading()
{
    const bool hasRoom = readBufferSize() <= 0 || m_available < readBufferSize();
    if (m_handle && hasRoom && std::exchange(m_receivingPaused, false)) {
        // libcurl hands over what it kept within this call.
        m_loop->pause(m_handle, m_uploadPaused ? CURLPAUSE_SEND : CURLPAUSE_CONT);
    }
}

void CurlReply::resumeUpload()
{
    if (m_handle && std::exchange(m_uploadPaused, false)) {
        m_loop->pause(m_handle, m_receivingPaused ? CURLPAUSE_RECV : CURLPAUSE_CONT);
    }
}

void CurlReply::release()
{
    if (m_handle) {
        m_phases = measurePhases();
        m_loop->remove(std::exchange(m_handle, nullptr));
    }
}

void CurlReply::giveUp()
{
    if (m_handle && m_transfer.sharesConnections()) {
        m_phases = measurePhases();
        m_loop->abandonStream(std::exchange(m_handle, nullptr));
    }
    release();
}

std::optional<TimePoint> CurlReply::timeOf(CURLINFO phase) const
{
    curl_off_t microseconds = 0;
    curl_easy_getinfo(m_handle, phase, &microseconds);
    if (microseconds == 0) {
        return {};
    }
    return m_handedOver + std::chrono::microseconds(microseconds);
}

PhaseTimes CurlReply::measurePhases() const
{
    PhaseTimes phases = m_phases;
    long newConnections = 0;
    curl_easy_getinfo(m_handle, CURLINFO_NUM_CONNECTS, &newConnections);
    phases.connectionReused = m_isConnected && newConnections == 0;
    if (!phases.connectionReused) {
        phases.lookup = timeOf(CURLINFO_NAMELOOKUP_TIME_T);
        phases.connect = timeOf(CURLINFO_CONNECT_TIME_T);
        phases.tls = timeOf(CURLINFO_APPCONNECT_TIME_T);
    }
    phases.sent = timeOf(CURLINFO_POSTTRANSFER_TIME_T);
    return phases;
}

PhaseTimes CurlReply::phaseTimes() const { return m_handle ? measurePhases() : m_phases; }

} // namespace Lorikeet

#include "moc_curlreply.cpp"
