// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What libcurl calls. Here nothing is emitted, and libcurl must not be called.

#include "http/curlloop.h"
#include "http/curlreply.h"

#include <cerrno>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace Lorikeet {

curl_socket_t CurlReply::openSocket(void *self, curlsocktype, curl_sockaddr *address)
{
    // libcurl does the same, but does not keep why there is none.
    int type = address->socktype;
#ifdef SOCK_CLOEXEC
    type |= SOCK_CLOEXEC;
#endif
    const curl_socket_t opened = ::socket(address->family, type, address->protocol);
    static_cast<CurlReply *>(self)->m_lacksFiles = opened == CURL_SOCKET_BAD && errno == EMFILE;
    return opened;
}

int CurlReply::onNewSocket(void *self, curl_socket_t, curlsocktype)
{
    auto *reply = static_cast<CurlReply *>(self);
    reply->m_loop->noteSocket();
    reply->note(Connecting);
    return CURL_SOCKOPT_OK;
}

int CurlReply::onConnected(void *self, char *, char *, int, int)
{
    auto *reply = static_cast<CurlReply *>(self);
    // libcurl comes here just before it writes the request. A second time means that a kept-alive
    // connection died without an answer and that libcurl would send the request again
    // (Curl_retry_request() in its lib/transfer.c): the server may have acted on the first.
    if (std::exchange(reply->m_isConnected, true)) {
        return CURL_PREREQFUNC_ABORT;
    }
    if (reply->m_transfer.isSecure) {
        if (!reply->m_peer.admits(reply->m_handle)) {
            return CURL_PREREQFUNC_ABORT;
        }
        reply->note(Encrypted);
    }
    return CURL_PREREQFUNC_OK;
}

int CurlReply::onSeek(void *self, curl_off_t offset, int)
{
    // As above: going back in the body is only ever wanted for sending it again. But a handle that
    // was to do so for one request does it first thing for its next one.
    const bool isThere = static_cast<CurlReply *>(self)->m_uploaded == offset;
    return isThere ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

size_t CurlReply::onUpload(char *room, size_t size, size_t count, void *self)
{
    auto *reply = static_cast<CurlReply *>(self);
    QIODevice *body = reply->m_body;
    if (!body) {
        return CURL_READFUNC_ABORT;
    }
    const qint64 got = std::max<qint64>(body->read(room, qint64(size) * qint64(count)), 0);
    reply->m_uploaded += got;
    // A device that has nothing now may have more later, as a socket has.
    const bool isWhole = reply->m_bodyEnded || reply->m_uploaded == reply->m_transfer.bodySize;
    if (got == 0 && body->isSequential() && !isWhole) {
        reply->m_uploadPaused = true;
        return CURL_READFUNC_PAUSE;
    }
    return size_t(got);
}

size_t CurlReply::onHeader(char *line, size_t size, size_t count, void *self)
{
    auto *reply = static_cast<CurlReply *>(self);
    switch (reply->head().take(QByteArrayView(line, qsizetype(size * count)))) {
    case AnswerHead::Line::StatusLine:
        reply->m_phases.firstByte = Clock::now();
        break;
    case AnswerHead::Line::End:
        if (reply->head().closesUnannounced()) {
            curl_easy_setopt(reply->m_handle, CURLOPT_FORBID_REUSE, 1L);
        }
        reply->note(Head);
        break;
    case AnswerHead::Line::Other:
        break;
    }
    return size * count;
}

size_t CurlReply::onBody(char *bytes, size_t size, size_t count, void *self)
{
    auto *reply = static_cast<CurlReply *>(self);
    const auto length = qsizetype(size) * qsizetype(count);
    if (!reply->hasRoom()) {
        reply->m_receivingPaused = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    // libcurl hands over each chunk of a chunked body by itself; those of one read are one piece.
    const quint64 turn = reply->m_loop->turn();
    if (std::exchange(reply->m_turn, turn) != turn || !reply->hasReceived()) {
        reply->startPiece(length, Clock::now());
    }
    reply->addReceived(QByteArrayView(bytes, length));
    return size * count;
}

} // namespace Lorikeet
