// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/directconnection.h"

#include "http/directreply.h"
#include "http/transporterror.h"

#include <cerrno>
#include <utility>

namespace Lorikeet {

namespace {

constexpr qint64 largestUntold = 64 * 1024;

/// What the server said before it closed may still be there to be read.
bool meansClosed(int error) { return error == EPIPE || error == ECONNRESET; }

} // namespace

DirectConnection::DirectConnection(DirectLoop &loop, DirectSocket socket, const QString &key)
    : m_loop(loop)
    , m_socket(std::move(socket))
    , m_key(key)
{ }

void DirectConnection::begin(DirectReply &reply)
{
    m_reply = &reply;
    m_reader.begin(reply.answerHead(), reply.isHead());
    (void)write();
}

bool DirectConnection::onSocket(int /*descriptor*/, bool readable, bool writable, bool failed)
{
    if (writable && m_reply && !write()) {
        return true;
    }
    if (!readable && !failed) {
        return true;
    }
    if (m_reply && !m_reply->hasRoom()) {
        if (failed) {
            // It would be told again and again.
            m_loop.forget(descriptor());
            m_isWatched = false;
        }
        return false;
    }
    // What nobody was told of yet is to be looked at first: the kernel keeps the rest, and holds
    // the server up.
    if (m_reply && m_reply->isDataUntold() && m_reply->bytesReceived() >= largestUntold) {
        return false;
    }
    read();
    return true;
}

bool DirectConnection::write()
{
    while (!m_writingFailed && !m_reply->isWritten()) {
        const DirectSocket::Outcome outcome
            = m_socket.write(m_reply->unwrittenHead(), m_reply->unwrittenBody());
        if (outcome.mustWait) {
            break;
        }
        if (outcome.error != 0 && !meansClosed(outcome.error)) {
            end(transportFailure(
                ApiError::Kind::Unreachable, m_reply->place(), qt_error_string(outcome.error)));
            return false;
        }
        m_writingFailed = outcome.error != 0;
        m_reply->onWritten(outcome.size);
    }
    updateWatch();
    return true;
}

void DirectConnection::read()
{
    const std::span<char> room = m_loop.room();
    const DirectSocket::Outcome outcome = m_socket.read(room);
    const TimePoint at = Clock::now();
    if (outcome.mustWait) {
        return;
    }
    if (!m_reply) {
        // Closed, or something that was not asked for.
        m_loop.drop(*this);
    } else if (outcome.size == 0) {
        onClosed(outcome.error);
    } else {
        readAnswer({room.data(), qsizetype(outcome.size)}, at);
    }
}

void DirectConnection::readAnswer(QByteArrayView received, TimePoint at)
{
    m_reader.feed(received);
    bool hasPiece = false; // all of one read is one
    Http1Reader::Step step{};
    while (true) {
        step = m_reader.next();
        if (step == Http1Reader::Step::Body) {
            if (!std::exchange(hasPiece, true)) {
                m_reply->startPiece(received.size(), at);
            }
            m_reply->addReceived(m_reader.body());
        } else if (step == Http1Reader::Step::Head) {
            m_reply->onHead();
        } else {
            break;
        }
    }
    if (m_reader.takeStatusLineSeen()) {
        m_reply->onStatusLine(at);
    }
    if (step == Http1Reader::Step::End) {
        end(std::nullopt);
    } else if (step == Http1Reader::Step::Failed) {
        end(transportFailure(ApiError::Kind::Protocol, m_reply->place(), m_reader.fault()));
    } else if (!m_reply->hasRoom()) {
        updateWatch();
    }
}

void DirectConnection::onClosed(int error)
{
    const bool hasHead = m_reply->answerHead().isComplete();
    if (error == 0 && m_reader.endOfInput() == Http1Reader::Step::End) {
        end(std::nullopt);
    } else if (hasHead) {
        end(transportFailure(ApiError::Kind::Truncated, m_reply->place(),
            error == 0 ? QString() : qt_error_string(error)));
    } else {
        end(closedWithoutAnswerError(m_reply->place()));
    }
}

void DirectConnection::end(const std::optional<ApiError> &error)
{
    DirectReply &reply = *std::exchange(m_reply, nullptr);
    const bool serves = !error && reply.isWritten() && m_reader.keepsConnection();
    reply.onEnd(error);
    if (serves) {
        m_keptSince = Clock::now();
        m_loop.keep(*this);
    } else {
        m_loop.drop(*this);
    }
}

void DirectConnection::resumeReading()
{
    if (m_reply) {
        updateWatch();
    }
}

void DirectConnection::updateWatch()
{
    const bool forRead = m_reply->hasRoom();
    const bool forWrite = !m_writingFailed && !m_reply->isWritten();
    if (m_isWatched && forRead == m_watchesRead && forWrite == m_watchesWrite) {
        return;
    }
    if (!m_isWatched && !forRead) {
        return;
    }
    m_loop.watch(descriptor(), *this, !m_isWatched, forRead, forWrite);
    m_isWatched = true;
    m_watchesRead = forRead;
    m_watchesWrite = forWrite;
}

} // namespace Lorikeet
