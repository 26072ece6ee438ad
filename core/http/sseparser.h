// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "base/clock.h"
#include "http/linereader.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace Lorikeet {

/// Cuts a text/event-stream body into events, by the rules of the WHATWG HTML standard ("9.2.6
/// Interpreting an event stream"), however the body was cut on its way. Knows no socket and no
/// clock. An event that lies whole in one read is handed out without a copy or an allocation.
///
/// For each read: feed(), then next() until it returns NeedsMore or Failed. What the end of the
/// body leaves unfinished is discarded, as the standard wants it; there is nothing to call.
class SseParser final
{
public:
    /// Exceeding one is an error that ends the stream; it protects memory, so it is generous.
    struct Limits
    {
        qsizetype line = 16 * 1024 * 1024;
        qsizetype event = 32 * 1024 * 1024; ///< of an event's data, all lines together
    };

    enum class Step { Event, Comment, NeedsMore, Failed };

    /// All UTF-8; what was not on the wire is replaced by U+FFFD.
    struct Event
    {
        QByteArrayView data;
        QByteArrayView type; ///< "message" where the stream named none
        QByteArrayView lastEventId;
    };

    SseParser();
    explicit SseParser(const Limits &limits);

    /// `bytes` must stay where they are until next() returns NeedsMore or Failed.
    void feed(QByteArrayView bytes);
    [[nodiscard]] Step next();

    /// After Step::NeedsMore: a line or an event has begun and not ended. Comments count as well.
    [[nodiscard]] bool isAmidEvent() const
    {
        return !m_lines.rest().isEmpty() || (m_hasData && !m_handedOut);
    }

    /// After Step::Event; valid until the next call of next().
    [[nodiscard]] const Event &event() const { return m_event; }

    /// After Step::Comment; valid until the next call of next().
    [[nodiscard]] QByteArrayView comment() const { return m_comment; }

    /// As of the last event that ended, with data or without.
    [[nodiscard]] QByteArrayView lastEventId() const { return m_lastEventId; }

    /// The reconnection time the stream asked for.
    [[nodiscard]] std::optional<Milliseconds> retry() const { return m_retry; }

    /// After Step::Failed, of Kind::Protocol.
    [[nodiscard]] const ApiError &error() const { return m_error; }

private:
    /// Text that stays where it was received as long as it can; it moves into a buffer of its own
    /// when it must outlive the read, grow, or be corrected.
    class Text final
    {
    public:
        void set(QByteArrayView text);
        void addLine(QByteArrayView line);
        void own();
        void clear();

        [[nodiscard]] QByteArrayView view() const { return m_owned ? m_buffer : m_view; }

    private:
        QByteArrayView m_view;
        QByteArray m_buffer;
        bool m_owned = false;
    };

    [[nodiscard]] std::optional<Step> take(QByteArrayView line);
    [[nodiscard]] std::optional<Step> dispatch();
    void setField(QByteArrayView name, QByteArrayView value);
    [[nodiscard]] bool addData(QByteArrayView value);
    [[nodiscard]] Step fail(const char *what, qsizetype limit);

    Limits m_limits;
    LineReader m_lines;
    Text m_data;
    bool m_hasData = false; ///< a data field was there, if only an empty one
    Text m_type;
    QByteArray m_pendingId; ///< becomes the last event id when the event ends
    bool m_hasPendingId = false;
    QByteArray m_lastEventId;
    QByteArray m_commentBuffer;
    QByteArrayView m_comment;
    std::optional<Milliseconds> m_retry;
    Event m_event;
    bool m_handedOut = false; ///< m_event shows m_data and m_type, which are to be cleared
    ApiError m_error;
    bool m_failed = false;
};

} // namespace Lorikeet
