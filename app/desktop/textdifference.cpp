// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "textdifference.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int wordsAround = 6;

/// The position so many words before `at`, or the nearest line break within them.
qsizetype wordsBefore(QStringView text, qsizetype from, qsizetype at)
{
    int words = 0;
    qsizetype i = at;
    while (i > from) {
        const QChar before = text[i - 1];
        if (before.isSpace() && i < at && !text[i].isSpace() && ++words == wordsAround) {
            break;
        }
        --i;
    }
    return i;
}

qsizetype wordsBehind(QStringView text, qsizetype at, qsizetype to)
{
    int words = 0;
    qsizetype i = at;
    while (i < to) {
        if (i > at && text[i].isSpace() && !text[i - 1].isSpace() && ++words == wordsAround) {
            break;
        }
        ++i;
    }
    return i;
}

void append(QList<DiffPiece> &pieces, DiffPiece::Kind kind, QStringView text)
{
    if (!text.isEmpty()) {
        pieces.append({.kind = kind, .text = text.toString()});
    }
}

} // namespace

QString readText(const MarkdownBlocks &blocks)
{
    QString text;
    for (const MarkdownBlock &block : blocks) {
        text += block.text + u'\n';
    }
    return text;
}

BlockMarks marksOf(const MarkdownBlocks &blocks, const TextDiff &diff, bool ofTheBase)
{
    BlockMarks marks(blocks.size());
    qsizetype begin = 0;
    auto change = diff.changes.begin();
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        const QString &text = blocks[i].text;
        const qsizetype end = begin + text.size();
        for (; change != diff.changes.end(); ++change) {
            const qsizetype start = ofTheBase ? change->baseStart : change->otherStart;
            const qsizetype length = ofTheBase ? change->baseLength : change->otherLength;
            if (start > end) {
                break;
            }
            qsizetype from = std::max<qsizetype>(0, start - begin);
            qsizetype to = std::min(text.size(), start + length - begin);
            while (from < to && text[from].isSpace()) {
                ++from;
            }
            while (from < to && text[to - 1].isSpace()) {
                --to;
            }
            if (from < to) {
                marks[i].append({.start = from, .length = to - from, .added = !ofTheBase});
            }
            if (start + length > end) {
                break; // it goes on in the next block
            }
        }
        begin = end + 1;
    }
    return marks;
}

QList<DiffPiece> differencesOnly(QStringView base, QStringView other, const TextDiff &diff)
{
    QList<DiffPiece> pieces;
    qsizetype shown = 0; // of `other`
    for (qsizetype i = 0; i < diff.changes.size(); ++i) {
        const TextChange &change = diff.changes[i];
        const qsizetype lead = wordsBefore(other, shown, change.otherStart);
        if (lead > shown) {
            pieces.append({.kind = DiffPiece::Gap, .text = {}});
        }
        append(pieces, DiffPiece::Same, other.sliced(lead, change.otherStart - lead));
        append(pieces, DiffPiece::Removed, base.sliced(change.baseStart, change.baseLength));
        append(pieces, DiffPiece::Added, other.sliced(change.otherStart, change.otherLength));
        const qsizetype next
            = i + 1 < diff.changes.size() ? diff.changes[i + 1].otherStart : other.size();
        const qsizetype behind = change.otherStart + change.otherLength;
        shown = wordsBehind(other, behind, next);
        append(pieces, DiffPiece::Same, other.sliced(behind, shown - behind));
    }
    if (!pieces.isEmpty() && !other.sliced(shown).trimmed().isEmpty()) {
        pieces.append({.kind = DiffPiece::Gap, .text = {}});
    }
    return pieces;
}

} // namespace Lorikeet
