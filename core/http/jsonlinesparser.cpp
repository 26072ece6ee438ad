// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/jsonlinesparser.h"

#include "http/bytes.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

JsonLinesParser::JsonLinesParser()
    : JsonLinesParser(Limits())
{ }

JsonLinesParser::JsonLinesParser(const Limits &limits)
    : m_limits(limits)
    , m_lines(LineReader::Ends::LineFeed, limits.line)
{ }

void JsonLinesParser::feed(QByteArrayView bytes)
{
    if (!m_failed) {
        m_lines.feed(bytes);
    }
}

void JsonLinesParser::finish() { feed("\n"); }

JsonLinesParser::Step JsonLinesParser::next()
{
    if (m_failed) {
        return Step::Failed;
    }
    while (const std::optional<QByteArrayView> line = m_lines.next()) {
        if (take(*line)) {
            return Step::Line;
        }
    }
    m_lines.keepRest();
    if (m_lines.isOverLimit()) {
        m_failed = true;
        m_error.kind = ApiError::Kind::Protocol;
        m_error.message
            = u"The server sent a line of more than %1 bytes; reading was stopped there."_s.arg(
                m_limits.line);
        return Step::Failed;
    }
    return Step::NeedsMore;
}

bool JsonLinesParser::take(QByteArrayView line)
{
    m_line = line.trimmed();
    if (!isUtf8(m_line)) {
        m_corrected.resize(0);
        appendValidUtf8(m_corrected, m_line);
        m_line = m_corrected;
    }
    return !m_line.isEmpty();
}

} // namespace Lorikeet
