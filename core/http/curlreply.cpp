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
    : WireReply(std::shared_ptr<DeliveryQueue>(loop, &loop->queue()), parent)
    , m_loop(std::move(loop))
    , m_transfer(std::move(transfer))
    , m_peer(m_transfer.options.tls.pin, m_transfer.proxy.scheme() == "https"_L1)
    , m_phases{.start = Clock::now()}
{
    setRequest(request);
    setUrl(request.url());
    setOperation(operation);
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
    setRequestFacts({.bodySize = m_transfer.bodySize.value_or(0), .isSecure = m_transfer.isSecure});
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
    curl_easy_setopt(m_handle, CURLOPT_OPENSOCKETFUNCTION, &CurlReply::openSocket);
    curl_easy_setopt(m_handle, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(m_handle, CURLOPT_SOCKOPTFUNCTION, &CurlReply::onNewSocket);
    curl_easy_setopt(m_handle, CURLOPT_SOCKOPTDATA, this);
    // The loop, not this: a kept connection outlives the request that opened it.
    curl_easy_setopt(m_handle, CURLOPT_CLOSESOCKETFUNCTION, &CurlLoop::onSocketClosed);
    curl_easy_setopt(m_handle, CURLOPT_CLOSESOCKETDATA, m_loop.get());
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
        end.lacksFiles = m_lacksFiles;
        end.hasAnswer = head().isComplete();
        setFailure(toApiError(end));
    }
    release();
    note(Done);
}

void CurlReply::resumeReading()
{
    if (m_handle && hasRoom() && std::exchange(m_receivingPaused, false)) {
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
