// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/sseparser.h"

#include "http/bytes.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool isAllDigits(QByteArrayView text)
{
    return !text.isEmpty()
        && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

void SseParser::Text::set(QByteArrayView text)
{
    clear();
    if (isUtf8(text)) {
        m_view = text;
    } else {
        appendValidUtf8(m_buffer, text);
        m_owned = true;
    }
}

void SseParser::Text::addLine(QByteArrayView line)
{
    own();
    m_buffer.append('\n');
    if (isUtf8(line)) {
        m_buffer.append(line);
    } else {
        appendValidUtf8(m_buffer, line);
    }
}

void SseParser::Text::own()
{
    if (!m_owned) {
        m_buffer.append(m_view);
        m_owned = true;
    }
}

void SseParser::Text::clear()
{
    m_view = {};
    m_owned = false;
    emptyForReuse(m_buffer);
}

SseParser::SseParser()
    : SseParser(Limits())
{ }

SseParser::SseParser(const Limits &limits)
    : m_limits(limits)
    , m_lines(LineReader::Ends::Any, limits.line)
{ }

void SseParser::feed(QByteArrayView bytes)
{
    if (!m_failed) {
        m_lines.feed(bytes);
    }
}

SseParser::Step SseParser::next()
{
    if (m_failed) {
        return Step::Failed;
    }
    if (std::exchange(m_handedOut, false)) {
        m_data.clear();
        m_type.clear();
    }
    while (const std::optional<QByteArrayView> line = m_lines.next()) {
        if (const std::optional<Step> step = take(*line)) {
            return *step;
        }
    }
    m_data.own();
    m_type.own();
    m_lines.keepRest();
    if (m_lines.isOverLimit()) {
        return fail("a line", m_limits.line);
    }
    return Step::NeedsMore;
}

std::optional<SseParser::Step> SseParser::take(QByteArrayView line)
{
    if (line.isEmpty()) {
        return dispatch();
    }
    const qsizetype colon = line.indexOf(':');
    if (colon == 0) {
        m_comment = line.sliced(1);
        if (!isUtf8(m_comment)) {
            m_commentBuffer.resize(0);
            appendValidUtf8(m_commentBuffer, m_comment);
            m_comment = m_commentBuffer;
        }
        return Step::Comment;
    }
    const QByteArrayView name = colon < 0 ? line : line.first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' ')) {
        value = value.sliced(1);
    }
    if (name == "data") {
        if (!addData(value)) {
            return fail("an event", m_limits.event);
        }
    } else {
        setField(name, value);
    }
    return std::nullopt;
}

std::optional<SseParser::Step> SseParser::dispatch()
{
    if (std::exchange(m_hasPendingId, false)) {
        m_lastEventId.swap(m_pendingId);
    }
    if (!std::exchange(m_hasData, false)) {
        m_type.clear();
        return std::nullopt;
    }
    const QByteArrayView type = m_type.view();
    m_event = {.data = m_data.view(),
        .type = type.isEmpty() ? QByteArrayView("message") : type,
        .lastEventId = m_lastEventId};
    m_handedOut = true;
    return Step::Event;
}

void SseParser::setField(QByteArrayView name, QByteArrayView value)
{
    if (name == "event") {
        m_type.set(value);
    } else if (name == "id") {
        if (!value.contains('\0')) {
            m_pendingId.resize(0);
            appendValidUtf8(m_pendingId, value);
            m_hasPendingId = true;
        }
    } else if (name == "retry") {
        if (isAllDigits(value)) {
            bool fits = false;
            const qlonglong time = value.toLongLong(&fits);
            if (fits) {
                m_retry = Milliseconds(time);
            }
        }
    }
}

bool SseParser::addData(QByteArrayView value)
{
    const qsizetype before = m_hasData ? m_data.view().size() + 1 : 0;
    if (before + value.size() > m_limits.event) {
        return false;
    }
    if (std::exchange(m_hasData, true)) {
        m_data.addLine(value);
    } else {
        m_data.set(value);
    }
    return true;
}

SseParser::Step SseParser::fail(const char *what, qsizetype limit)
{
    m_failed = true;
    m_error.kind = ApiError::Kind::Protocol;
    m_error.message
        = u"The server sent %1 of more than %2 bytes in its event stream; reading was stopped there."_s
              .arg(QLatin1StringView(what))
              .arg(limit);
    return Step::Failed;
}

} // namespace Lorikeet
