// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/answerhead.h"

namespace Lorikeet {

AnswerHead::Line AnswerHead::take(QByteArrayView line)
{
    if (m_isComplete) {
        return Line::Other;
    }
    const bool continues = line.startsWith(' ') || line.startsWith('\t');
    line = line.trimmed();
    if (m_awaitsStatusLine && !continues && line.startsWith("HTTP/")) {
        *this = {};
        m_awaitsStatusLine = false;
        m_isHttp2 = line.startsWith("HTTP/2");
        m_isHttp10 = line.startsWith("HTTP/1.0");
        const qsizetype space = line.indexOf(' ');
        const QByteArrayView rest = space < 0 ? QByteArrayView() : line.sliced(space + 1);
        m_status = rest.first(std::min<qsizetype>(3, rest.size())).toInt();
        m_reason = rest.size() > 4 ? rest.sliced(4).toByteArray() : QByteArray();
        return Line::StatusLine;
    }
    if (continues) {
        // RFC 9112, section 5.2: a folded line is one with spaces.
        if (const qsizetype last = m_headers.size() - 1; last >= 0 && !line.isEmpty()) {
            QByteArray value = m_headers.valueAt(last).toByteArray();
            value.append(' ').append(line);
            m_headers.replace(last, m_headers.nameAt(last), value);
        }
        return Line::Other;
    }
    if (line.isEmpty()) {
        m_isComplete = m_status >= 200;
        m_awaitsStatusLine = !m_isComplete;
        return m_isComplete ? Line::End : Line::Other;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon > 0) {
        m_headers.append(QLatin1StringView(line.first(colon)), line.sliced(colon + 1).trimmed());
    }
    return Line::Other;
}

bool AnswerHead::closesUnannounced() const
{
    using Known = QHttpHeaders::WellKnownHeader;
    return m_headers.value(Known::Server).startsWith("llama.cpp")
        && m_headers.value(Known::TransferEncoding).compare("chunked", Qt::CaseInsensitive) == 0;
}

} // namespace Lorikeet
