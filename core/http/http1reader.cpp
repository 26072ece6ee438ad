// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/http1reader.h"

#include "http/bytes.h"

#include <QList>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Known = QHttpHeaders::WellKnownHeader;

constexpr QByteArrayView statusLineStart("HTTP/1.");
constexpr qsizetype mostShown = 60; ///< of what a server sent, in a sentence

bool isAllDigits(QByteArrayView text)
{
    return !text.isEmpty()
        && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Of a list such as "keep-alive, Upgrade".
bool holds(const QByteArray &list, QByteArrayView word)
{
    const QList<QByteArray> words = list.split(',');
    return std::ranges::any_of(words, [word](const QByteArray &candidate) {
        return candidate.trimmed().compare(word, Qt::CaseInsensitive) == 0;
    });
}

/// At the end of a line, or before a chunk's extensions.
bool endsNumber(char c) { return c == ';' || c == ' ' || c == '\t'; }

int hexDigit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = char(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

void Http1Reader::begin(AnswerHead &head, bool isWithoutBody)
{
    m_head = &head;
    m_isWithoutBody = isWithoutBody;
    m_state = State::Head;
    m_input = {};
    m_position = 0;
    emptyForReuse(m_line);
    m_lineIsOut = false;
    m_lineBytes = 0;
    m_endedByClose = false;
    m_statusLineSeen = false;
    m_fault.clear();
}

void Http1Reader::feed(QByteArrayView bytes)
{
    m_input = bytes;
    m_position = 0;
}

Http1Reader::Step Http1Reader::next()
{
    while (true) {
        switch (m_state) {
        case State::Ended:
            return Step::End;
        case State::Failed:
            return Step::Failed;
        case State::Counted:
            return takeBytes(State::Ended);
        case State::Chunk:
            if (m_left > 0) {
                return takeBytes(State::ChunkEnd);
            }
            m_state = State::ChunkEnd;
            break;
        case State::UntilClose:
            m_left = quint64(m_input.size() - m_position);
            return takeBytes(State::UntilClose);
        case State::Head:
        case State::ChunkLength:
        case State::ChunkEnd:
        case State::Trailer: {
            const std::optional<QByteArrayView> line = takeLine();
            if (!line) {
                return m_state == State::Failed ? Step::Failed : Step::NeedsMore;
            }
            std::optional<Step> step;
            if (m_state == State::Head) {
                step = takeHead(*line);
            } else if (m_state == State::ChunkLength) {
                step = takeChunkLength(*line);
            } else if (m_state == State::Trailer) {
                m_state = line->isEmpty() ? State::Ended : State::Trailer;
            } else if (line->isEmpty()) {
                m_state = State::ChunkLength;
                m_lineBytes = 0;
            } else {
                return fail(u"a chunk is longer than it says"_s);
            }
            if (step) {
                return *step;
            }
            break;
        }
        }
    }
}

std::optional<QByteArrayView> Http1Reader::takeLine()
{
    if (std::exchange(m_lineIsOut, false)) {
        emptyForReuse(m_line);
    }
    const QByteArrayView left = rest();
    const qsizetype end = left.indexOf('\n');
    const qsizetype size = end < 0 ? left.size() : end + 1;
    m_lineBytes += size;
    m_position += size;
    QByteArrayView line = left.first(end < 0 ? size : end);
    if (end < 0 || !m_line.isEmpty()) {
        m_line.append(line);
        line = m_line;
    }
    // Before there is a whole line: what is no HTTP may never have one.
    const bool isFirst = m_state == State::Head && m_head->awaitsStatusLine();
    const QByteArrayView start = line.first(std::min(line.size(), statusLineStart.size()));
    if (isFirst && !statusLineStart.startsWith(start)) {
        fail(u"it does not begin with HTTP/1"_s);
        return std::nullopt;
    }
    if (m_lineBytes > largestHead) {
        fail(u"its head, or another line of it, is longer than %1 KiB"_s.arg(largestHead / 1024));
        return std::nullopt;
    }
    if (end < 0) {
        return std::nullopt;
    }
    m_lineIsOut = true;
    return line.endsWith('\r') ? line.chopped(1) : line;
}

Http1Reader::Step Http1Reader::takeBytes(State after)
{
    const QByteArrayView left = rest();
    const auto size = qsizetype(std::min<quint64>(m_left, quint64(left.size())));
    if (size == 0) {
        if (m_left == 0 && after == State::Ended) {
            m_state = State::Ended;
            return Step::End;
        }
        return Step::NeedsMore;
    }
    m_body = left.first(size);
    m_position += size;
    m_left -= quint64(size);
    if (m_left == 0) {
        m_state = after;
    }
    return Step::Body;
}

std::optional<Http1Reader::Step> Http1Reader::takeHead(QByteArrayView line)
{
    switch (m_head->take(line)) {
    case AnswerHead::Line::StatusLine:
        m_statusLineSeen = true;
        if (m_head->status() < 100) {
            return fail(u"its first line has no status"_s);
        }
        if (m_head->status() == 101) {
            return fail(u"it changes to another protocol, which was not asked for"_s);
        }
        return std::nullopt;
    case AnswerHead::Line::Other:
        return std::nullopt;
    case AnswerHead::Line::End:
        return chooseBody() ? Step::Head : Step::Failed;
    }
    Q_UNREACHABLE_RETURN(std::nullopt);
}

bool Http1Reader::chooseBody()
{
    const QHttpHeaders &headers = m_head->headers();
    const int status = m_head->status();
    m_lineBytes = 0;
    if (m_isWithoutBody || status == 204 || status == 304) {
        m_state = State::Ended;
        return true;
    }
    const QByteArray coding = headers.combinedValue(Known::TransferEncoding).trimmed().toLower();
    if (!coding.isEmpty() && coding != "identity") {
        // Before a length, which RFC 9112, section 6.3, has us ignore.
        if (coding != "chunked") {
            fail(u"its transfer coding is \"%1\""_s.arg(QLatin1StringView(coding.left(mostShown))));
            return false;
        }
        m_state = State::ChunkLength;
        return true;
    }
    const QList<QByteArray> lengths = headers.values(Known::ContentLength);
    if (lengths.isEmpty()) {
        m_state = State::UntilClose;
        return true;
    }
    bool isNumber = false;
    const QByteArray length = lengths.constFirst().trimmed();
    m_left = length.toULongLong(&isNumber);
    const bool isOne = std::ranges::all_of(
        lengths, [&length](const QByteArray &other) { return other.trimmed() == length; });
    if (!isNumber || !isAllDigits(length) || !isOne) {
        fail(u"its Content-Length is \"%1\""_s.arg(
            QLatin1StringView(headers.combinedValue(Known::ContentLength).left(mostShown))));
        return false;
    }
    m_state = State::Counted;
    return true;
}

std::optional<Http1Reader::Step> Http1Reader::takeChunkLength(QByteArrayView line)
{
    quint64 length = 0;
    qsizetype digits = 0;
    while (digits < line.size() && hexDigit(line[digits]) >= 0 && digits < 16) {
        length = length * 16 + quint64(hexDigit(line[digits]));
        ++digits;
    }
    if (digits == 0 || (digits < line.size() && !endsNumber(line[digits]))) {
        return fail(u"a chunk has no length"_s);
    }
    m_left = length;
    m_state = length == 0 ? State::Trailer : State::Chunk;
    return std::nullopt;
}

Http1Reader::Step Http1Reader::endOfInput()
{
    if (m_state == State::UntilClose || m_state == State::Ended) {
        m_state = State::Ended;
        m_endedByClose = true;
        return Step::End;
    }
    m_state = State::Failed;
    return Step::Failed;
}

bool Http1Reader::keepsConnection() const
{
    const QHttpHeaders &headers = m_head->headers();
    const QByteArray connection = headers.combinedValue(Known::Connection);
    if (m_endedByClose || !rest().isEmpty() || m_head->closesUnannounced()
        || holds(connection, "close")) {
        return false;
    }
    // RFC 9112, sections 6.1 and 6.3: these may be two answers, to someone between.
    const bool isChunked = headers.contains(Known::TransferEncoding);
    if (isChunked && (m_head->isHttp10() || headers.contains(Known::ContentLength))) {
        return false;
    }
    return !m_head->isHttp10() || holds(connection, "keep-alive");
}

Http1Reader::Step Http1Reader::fail(const QString &fault)
{
    m_fault = fault;
    m_state = State::Failed;
    return Step::Failed;
}

} // namespace Lorikeet
