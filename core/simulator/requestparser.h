// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Lorikeet::Sim {

/// One request as it came over the wire.
struct ServerRequest
{
    QByteArray method;
    QByteArray path; ///< of the target, percent-encoding kept
    QByteArray query; ///< without the question mark
    int minorVersion = 1; ///< HTTP/1.x
    Headers headers;
    QByteArray body;
    bool keepAlive = true; ///< what version and Connection header say

    [[nodiscard]] QByteArray header(QByteArrayView name) const
    {
        return headerValue(headers, name);
    }
};

/// Reads one HTTP/1.x request from bytes that arrive in any pieces, in linear time. Strict where
/// leniency would let two programs read one message differently (RFC 9112): lines end in CRLF, no
/// folding, no space before a colon, one Host, one length. Knows no socket.
class RequestParser final
{
public:
    struct Limits
    {
        qsizetype head = 64 * 1024;
        qsizetype body = 32 * 1024 * 1024;
    };

    enum class State { Head, Body, Complete, Failed };

    explicit RequestParser(Limits limits);

    /// Takes bytes up to the end of the request, and returns how many; the rest belongs to the
    /// next one. Takes nothing once complete or failed.
    qsizetype feed(QByteArrayView bytes);

    /// Ready for the next request of the connection.
    void reset();

    [[nodiscard]] State state() const { return m_state; }

    /// Whether any byte of a request has been seen.
    [[nodiscard]] bool isIdle() const { return m_state == State::Head && m_head.isEmpty(); }

    [[nodiscard]] const ServerRequest &request() const { return m_request; }

    /// The client waits for "100 Continue" before it sends the body (state Body only).
    [[nodiscard]] bool expectsContinue() const { return m_expectsContinue; }

    /// With state Failed: the status that says why, and a sentence.
    [[nodiscard]] int errorStatus() const { return m_errorStatus; }

    [[nodiscard]] const QByteArray &errorText() const { return m_errorText; }

private:
    enum class Part { Length, ChunkSize, ChunkData, ChunkEnd, Trailer };

    qsizetype feedHead(QByteArrayView bytes);
    qsizetype feedBody(QByteArrayView bytes);
    qsizetype feedLine(QByteArrayView bytes);
    void parseHead();
    [[nodiscard]] bool parseRequestLine(QByteArrayView line);
    [[nodiscard]] bool parseHeader(QByteArrayView line);
    [[nodiscard]] bool decideBody();
    void endLine();
    void chunkSize(QByteArrayView line);
    bool fail(int status, const char *text);

    Limits m_limits;
    State m_state = State::Head;
    Part m_part = Part::Length;
    QByteArray m_head; ///< the head so far, then the line of the chunked body being read
    qsizetype m_remaining = 0; ///< of the body, or of the chunk
    qsizetype m_trailer = 0;
    bool m_expectsContinue = false;
    int m_errorStatus = 0;
    QByteArray m_errorText;
    ServerRequest m_request;
};

} // namespace Lorikeet::Sim
