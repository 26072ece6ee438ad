// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/linereader.h"

#include "http/bytes.h"

#include <algorithm>

namespace Lorikeet {

namespace {

constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");

} // namespace

LineReader::LineReader(Ends ends, qsizetype limit)
    : m_ends(ends)
    , m_limit(limit)
{ }

void LineReader::feed(QByteArrayView bytes)
{
    m_input = bytes;
    m_position = 0;
    m_nextLineFeed = -1;
    m_nextReturn = -1;
    if (m_markBytes >= 0) {
        skipByteOrderMark();
    }
    if (m_skipLineFeed && !m_input.isEmpty()) {
        m_position = m_input.front() == '\n' ? 1 : 0;
        m_skipLineFeed = false;
    }
}

std::optional<QByteArrayView> LineReader::next()
{
    if (m_overLimit) {
        return std::nullopt;
    }
    const qsizetype end = findEnd();
    if (end == m_input.size()) {
        return std::nullopt;
    }
    QByteArrayView line = m_input.sliced(m_position, end - m_position);
    if (line.size() + (m_joinKept ? m_kept.size() : 0) > m_limit) {
        m_overLimit = true;
        return std::nullopt;
    }
    if (m_joinKept) {
        m_kept.append(line);
        m_joinKept = false;
        line = m_kept;
    }
    m_position = end + 1;
    if (m_input[end] == '\r') {
        if (m_position == m_input.size()) {
            m_skipLineFeed = true;
        } else if (m_input[m_position] == '\n') {
            ++m_position;
        }
    }
    return line;
}

void LineReader::keepRest()
{
    if (!m_joinKept) {
        emptyForReuse(m_kept);
    }
    const QByteArrayView rest = m_input.sliced(m_position);
    if (m_kept.size() + rest.size() > m_limit) {
        m_overLimit = true;
    } else {
        m_kept.append(rest);
        m_joinKept = !m_kept.isEmpty();
    }
    m_input = {};
    m_position = 0;
}

void LineReader::skipByteOrderMark()
{
    while (m_position < m_input.size()) {
        if (m_input[m_position] != byteOrderMark[m_markBytes]) {
            m_kept = byteOrderMark.first(m_markBytes).toByteArray();
            m_joinKept = m_markBytes > 0;
            m_markBytes = -1;
            return;
        }
        ++m_position;
        if (++m_markBytes == byteOrderMark.size()) {
            m_markBytes = -1;
            return;
        }
    }
}

qsizetype LineReader::findEnd()
{
    const auto find = [this](char wanted) {
        const qsizetype at = m_input.indexOf(wanted, m_position);
        return at < 0 ? m_input.size() : at;
    };
    if (m_nextLineFeed < m_position) {
        m_nextLineFeed = find('\n');
    }
    if (m_ends == Ends::LineFeed) {
        return m_nextLineFeed;
    }
    if (m_nextReturn < m_position) {
        m_nextReturn = find('\r');
    }
    return std::min(m_nextLineFeed, m_nextReturn);
}

} // namespace Lorikeet
