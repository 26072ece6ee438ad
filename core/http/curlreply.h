// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/curlpeer.h"
#include "http/curltransfer.h"
#include "http/wirereply.h"

#include <QNetworkAccessManager>
#include <QPointer>

#include <array>
#include <memory>

namespace Lorikeet {

class CurlLoop;

/// One request over libcurl, whose callbacks only note what happened.
class CurlReply final : public WireReply
{
    Q_OBJECT

public:
    /// Starts at once. `body` may be null; it must live as long as the reply.
    CurlReply(std::shared_ptr<CurlLoop> loop, QNetworkAccessManager::Operation operation,
        const QNetworkRequest &request, CurlTransfer transfer, QIODevice *body, QObject *parent);
    ~CurlReply() override;

    [[nodiscard]] PhaseTimes phaseTimes() const override;

    // For the loop.

    /// libcurl is done with the request. No signal yet.
    void complete(CURLcode code);
    /// True once the request is known to be written, and from then on.
    bool noteSent();

protected:
    void giveUp() override;
    void resumeReading() override;

private:
    static size_t onHeader(char *line, size_t size, size_t count, void *self);
    static size_t onBody(char *bytes, size_t size, size_t count, void *self);
    static size_t onUpload(char *room, size_t size, size_t count, void *self);
    static int onSeek(void *self, curl_off_t offset, int origin);
    static int onConnected(void *self, char *, char *, int, int);
    static curl_socket_t openSocket(void *self, curlsocktype purpose, curl_sockaddr *address);
    static int onNewSocket(void *self, curl_socket_t socket, curlsocktype purpose);

    void setUp(QIODevice *body);
    void setCallbacks();
    void resumeUpload();
    /// libcurl is done with the request.
    void release();
    [[nodiscard]] std::optional<TimePoint> timeOf(CURLINFO phase) const;
    [[nodiscard]] PhaseTimes measurePhases() const;

    std::shared_ptr<CurlLoop> m_loop;
    CurlTransfer m_transfer;
    CurlPeer m_peer;
    QPointer<QIODevice> m_body;
    CURL *m_handle = nullptr; ///< null once libcurl is done with the request
    std::array<char, CURL_ERROR_SIZE> m_errorText{};

    quint64 m_turn = 0; ///< of the loop, when the last piece came

    PhaseTimes m_phases;
    TimePoint m_handedOver; ///< what libcurl's times count from
    bool m_wasSent = false; ///< told, or about to be
    bool m_isConnected = false;
    bool m_lacksFiles = false; ///< for a socket
    bool m_receivingPaused = false;
    qint64 m_uploaded = 0;
    bool m_uploadPaused = false;
    bool m_bodyEnded = false; ///< its device has said so
};

} // namespace Lorikeet
