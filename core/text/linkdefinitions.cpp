// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/linkdefinitions.h"

#include <QSet>

namespace Lorikeet {

namespace {

/// Labels are compared without case and with white space collapsed.
QString normalised(QStringView label) { return label.toString().simplified().toCaseFolded(); }

/// The position after "[label]:" at the start of the line, or -1.
qsizetype definitionHead(QStringView line, QStringView *label)
{
    qsizetype begin = 0;
    while (begin < 3 && begin < line.size() && line[begin] == u' ') {
        ++begin;
    }
    if (begin >= line.size() || line[begin] != u'[') {
        return -1;
    }
    qsizetype end = begin + 1;
    while (end < line.size() && line[end] != u']' && line[end] != u'[') {
        end += line[end] == u'\\' ? 2 : 1;
    }
    if (end + 1 >= line.size() || line[end] != u']' || line[end + 1] != u':') {
        return -1;
    }
    *label = line.sliced(begin + 1, end - begin - 1);
    return end + 2;
}

} // namespace

void LinkDefinitions::collect(QStringView paragraph)
{
    QString label;
    qsizetype start = 0;
    const auto store = [&](qsizetype end) {
        if (!label.isEmpty() && !m_sources.contains(label)) {
            m_sources.insert(label, paragraph.sliced(start, end - start).toString());
        }
    };
    for (qsizetype at = 0; at < paragraph.size();) {
        qsizetype end = paragraph.indexOf(u'\n', at);
        end = end < 0 ? paragraph.size() : end;
        QStringView found;
        if (definitionHead(paragraph.sliced(at, end - at), &found) >= 0) {
            store(at);
            label = normalised(found);
            start = at;
        } else if (label.isEmpty()) {
            return; // definitions come first in a paragraph, or are none
        }
        at = end + 1;
    }
    store(paragraph.size());
}

QString LinkDefinitions::neededBy(QStringView markdown) const
{
    QString needed;
    if (m_sources.isEmpty()) {
        return needed;
    }
    QSet<QString> seen;
    for (qsizetype open = markdown.indexOf(u'['); open >= 0;
        open = markdown.indexOf(u'[', open + 1)) {
        // A label has at most 999 characters.
        const QStringView window
            = markdown.sliced(open + 1, std::min<qsizetype>(1000, markdown.size() - open - 1));
        const qsizetype close = window.indexOf(u']');
        if (close <= 0) {
            continue;
        }
        const QString label = normalised(window.first(close));
        const auto source = m_sources.constFind(label);
        if (source != m_sources.constEnd() && !seen.contains(label)) {
            seen.insert(label);
            needed += *source;
            needed += u'\n';
        }
    }
    return needed;
}

} // namespace Lorikeet
