// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/answerhead.h"
#include "http/curlpeer.h"
#include "http/curltransfer.h"
#include "http/transportdetails.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>

#include <array>
#include <memory>

namespace Lorikeet {

class CurlLoop;

/// One request over libcurl. What libcurl calls back with is only noted; deliver(), called by the
/// loop, turns it into signals, so that a slot may abort or delete the reply, or anything else.
///
/// Unlike Qt's, an aborted reply keeps what it received.
class CurlReply final : public QNetworkReply, public TransportDetails
{
    Q_OBJECT

public:
    /// Starts at once. `body` may be null; it must live as long as the reply.
    CurlReply(std::shared_ptr<CurlLoop> loop, QNetworkAccessManager::Operation operation,
        const QNetworkRequest &request, CurlTransfer transfer, QIODevice *body, QObject *parent);
    ~CurlReply() override;

    void abort() override;
    void close() override;
    [[nodiscard]] qint64 bytesAvailable() const override;

    [[nodiscard]] bool canReadLine() const override;

    [[nodiscard]] bool isSequential() const override { return true; }

    void setReadBufferSize(qint64 size) override;

    [[nodiscard]] QList<TimedBytes> takeReceived() override;
    [[nodiscard]] PhaseTimes phaseTimes() const override;

    [[nodiscard]] std::optional<ApiError> failure() const override { return m_failure; }

    // For the loop.

    /// Emits what has happened since the last time.
    void deliver();
    /// libcurl is done with the request. No signal yet.
    void complete(CURLcode code);
    /// True once the request is known to be written, and from then on.
    bool noteSent();

protected:
    qint64 readData(char *data, qint64 maxSize) override;

private:
    enum Event : unsigned {
        Connecting = 1,
        Encrypted = 2,
        Sent = 4,
        Head = 8,
        Data = 16,
        Done = 32,
    };

    static size_t onHeader(char *line, size_t size, size_t count, void *self);
    static size_t onBody(char *bytes, size_t size, size_t count, void *self);
    static size_t onUpload(char *room, size_t size, size_t count, void *self);
    static int onSeek(void *self, curl_off_t offset, int origin);
    static int onConnected(void *self, char *, char *, int, int);
    static int onNewSocket(void *self, curl_socket_t socket, curlsocktype purpose);

    void setUp(QIODevice *body);
    void setCallbacks();
    void note(Event event);
    void applyHead();
    void resumeReading();
    void resumeUpload();
    /// libcurl is done with the request.
    void release();
    /// libcurl may not be.
    void giveUp();
    void finish();
    [[nodiscard]] std::optional<TimePoint> timeOf(CURLINFO phase) const;
    [[nodiscard]] PhaseTimes measurePhases() const;

    std::shared_ptr<CurlLoop> m_loop;
    CurlTransfer m_transfer;
    CurlPeer m_peer;
    QPointer<QIODevice> m_body;
    CURL *m_handle = nullptr; ///< null once libcurl is done with the request
    std::array<char, CURL_ERROR_SIZE> m_errorText{};

    AnswerHead m_head;
    QList<TimedBytes> m_received; ///< not read yet
    qsizetype m_firstOffset = 0; ///< read already of the first piece
    qint64 m_available = 0;
    qint64 m_receivedTotal = 0;
    quint64 m_turn = 0; ///< of the loop, when the last piece came

    PhaseTimes m_phases;
    TimePoint m_handedOver; ///< what libcurl's times count from
    std::optional<ApiError> m_failure;
    unsigned m_events = 0; ///< to be told; of Event
    bool m_isQueued = false;
    bool m_wasSent = false; ///< told, or about to be
    bool m_isConnected = false;
    bool m_receivingPaused = false;
    qint64 m_uploaded = 0;
    bool m_uploadPaused = false;
    bool m_bodyEnded = false; ///< its device has said so
};

} // namespace Lorikeet
