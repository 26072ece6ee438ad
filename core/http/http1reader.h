// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/answerhead.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>
#include <utility>

namespace Lorikeet {

/// Reads the answers that come over one HTTP/1.1 connection (RFC 9112), however they were cut on
/// their way. Knows no socket and no clock; a body is handed out as views into what was received.
///
/// For each answer begin(); for each read feed(), then next() until NeedsMore, End or Failed. What
/// it does not forgive, since it could be read in two ways: what is no status line of HTTP/1, two
/// lengths that differ, a coding other than chunked, a chunk without a length.
class Http1Reader final
{
public:
    /// More than that before the body is an error; libcurl has the same limit.
    static constexpr qsizetype largestHead = 300 * 1024;

    enum class Step {
        NeedsMore,
        Head, ///< AnswerHead::isComplete(); comes once
        Body, ///< see body()
        End, ///< of the answer; rest() is not its own
        Failed, ///< see fault()
    };

    /// The next answer goes into `head`, which must stay until its end. `isWithoutBody`: it answers
    /// a HEAD.
    void begin(AnswerHead &head, bool isWithoutBody);

    /// `bytes` must stay where they are until next() returns NeedsMore, End or Failed.
    void feed(QByteArrayView bytes);
    [[nodiscard]] Step next();

    /// The connection was closed. End where that is how this answer ends, Failed where it is
    /// missing some; fault() is then empty.
    [[nodiscard]] Step endOfInput();

    /// A status line has been read since the last call, perhaps of an interim answer.
    [[nodiscard]] bool takeStatusLineSeen() { return std::exchange(m_statusLineSeen, false); }

    /// After Step::Body; a part of what was fed.
    [[nodiscard]] QByteArrayView body() const { return m_body; }

    /// What was fed and not read.
    [[nodiscard]] QByteArrayView rest() const { return m_input.sliced(m_position); }

    /// After Step::End: the connection may serve another request.
    [[nodiscard]] bool keepsConnection() const;

    /// Half a sentence.
    [[nodiscard]] const QString &fault() const { return m_fault; }

private:
    enum class State {
        Head,
        Counted, ///< a body whose length was said
        UntilClose,
        ChunkLength,
        Chunk,
        ChunkEnd,
        Trailer,
        Ended,
        Failed,
    };

    [[nodiscard]] std::optional<QByteArrayView> takeLine();
    [[nodiscard]] Step takeBytes(State after);
    [[nodiscard]] std::optional<Step> takeHead(QByteArrayView line);
    [[nodiscard]] std::optional<Step> takeChunkLength(QByteArrayView line);
    [[nodiscard]] bool chooseBody();
    Step fail(const QString &fault);

    AnswerHead *m_head = nullptr;
    bool m_isWithoutBody = false;
    State m_state = State::Ended;
    QByteArrayView m_input;
    qsizetype m_position = 0;
    QByteArray m_line; ///< begun in an earlier read
    bool m_lineIsOut = false; ///< m_line was handed out
    qsizetype m_lineBytes = 0; ///< of the head, or of a chunk's line or trailers
    quint64 m_left = 0; ///< of the body, or of the chunk
    bool m_statusLineSeen = false;
    bool m_endedByClose = false;
    QByteArrayView m_body;
    QString m_fault;
};

} // namespace Lorikeet
