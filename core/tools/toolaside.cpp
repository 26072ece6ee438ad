// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolaside.h"

namespace Lorikeet {

namespace {

constexpr qsizetype mostBytes = 16'384;

constexpr QChar escape(0x1b);
constexpr QChar bell(0x07);

/// Where what follows the escape at `at` ends.
qsizetype endOfSequence(QStringView text, qsizetype at)
{
    if (++at >= text.size()) {
        return at;
    }
    if (text[at] == u'[') { // a control sequence: up to a letter
        for (++at; at < text.size() && (text[at] < u'@' || text[at] > u'~'); ++at) { }
        return at + 1;
    }
    if (text[at] == u']') { // a command to the terminal: up to its own end
        for (++at; at < text.size() && text[at] != bell && text[at] != escape; ++at) { }
        return at < text.size() && text[at] == escape ? at + 2 : at + 1;
    }
    return at + 1;
}

} // namespace

void ToolAside::append(const QByteArray &bytes)
{
    m_bytes += bytes;
    if (m_bytes.size() > mostBytes) {
        m_bytes = m_bytes.last(mostBytes);
        m_isCut = true;
    }
}

QString ToolAside::text() const
{
    QByteArrayView bytes = m_bytes;
    if (m_isCut) {
        const qsizetype lineEnd = bytes.indexOf('\n');
        bytes = bytes.sliced(lineEnd + 1 < bytes.size() ? lineEnd + 1 : 0);
        while (!bytes.isEmpty() && (uchar(bytes.front()) & 0xc0) == 0x80) {
            bytes = bytes.sliced(1); // the rest of a character
        }
    }
    const QString written = QString::fromUtf8(bytes);
    QString text;
    qsizetype lineStart = 0;
    bool isReturned = false; // to the line's start, where what comes next is written
    for (qsizetype at = 0; at < written.size(); ++at) {
        const QChar c = written[at];
        if (c == escape) {
            at = endOfSequence(written, at) - 1;
        } else if (c == u'\r') {
            isReturned = true;
        } else if (c == u'\n') {
            text += c;
            lineStart = text.size();
            isReturned = false;
        } else if (c == u'\b') {
            text.chop(text.size() > lineStart ? 1 : 0);
        } else if (c == u'\t' || c.category() != QChar::Other_Control) {
            text.truncate(isReturned ? lineStart : text.size());
            isReturned = false;
            text += c;
        }
    }
    while (text.endsWith(u'\n')) {
        text.chop(1);
    }
    return text;
}

} // namespace Lorikeet
