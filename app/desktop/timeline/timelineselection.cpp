// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/timelineselection.h"

#include "timeline/copyformats.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

void TimelineSelection::select(TextPosition anchor, TextPosition caret)
{
    m_anchor = anchor;
    m_caret = caret;
}

std::pair<qsizetype, qsizetype> TimelineSelection::within(int row, qsizetype length) const
{
    const auto [begin, end] = std::minmax(m_anchor, m_caret);
    if (isEmpty() || row < begin.row || row > end.row) {
        return {0, 0};
    }
    return {row == begin.row ? std::min(begin.character, length) : 0,
        row == end.row ? std::min(end.character, length) : length};
}

void TimelineSelection::rowsInserted(int first, int count)
{
    for (TextPosition *position : {&m_anchor, &m_caret}) {
        position->row += position->row >= first ? count : 0;
    }
}

void TimelineSelection::rowsRemoved(int first, int count)
{
    if (isEmpty()) {
        clear();
        return;
    }
    for (TextPosition *position : {&m_anchor, &m_caret}) {
        if (position->row >= first + count) {
            position->row -= count;
        } else if (position->row >= first) {
            clear(); // an end of it is gone
            return;
        }
    }
}

template<typename Take>
void TimelineSelection::eachRow(const TimelineModel &model, Take take) const
{
    const auto [begin, end] = std::minmax(m_anchor, m_caret);
    for (int row = std::max(0, begin.row); row <= end.row && row < model.rowCount(); ++row) {
        const QString text = model.rowText(row);
        const auto [from, to] = within(row, text.size());
        const bool whole = from == 0 && to == text.size() && model.isSelectable(row);
        // A rule has no text; it counts where it lies between others.
        if (from < to || (whole && row > begin.row && row < end.row)) {
            take(row, QStringView(text).sliced(from, to - from), whole);
        }
    }
}

QString TimelineSelection::markdown(const TimelineModel &model) const
{
    QStringList parts;
    eachRow(model, [&](int row, QStringView text, bool whole) {
        parts.append(whole ? model.rowSource(row) : plainText(text));
    });
    return parts.join("\n\n"_L1);
}

QString TimelineSelection::plain(const TimelineModel &model) const
{
    QStringList parts;
    eachRow(model, [&](int, QStringView text, bool) { parts.append(plainText(text)); });
    return parts.join("\n\n"_L1);
}

MarkdownBlocks TimelineSelection::blocks(const TimelineModel &model) const
{
    MarkdownBlocks result;
    eachRow(model, [&](int row, QStringView text, bool whole) {
        const MarkdownBlock *block = model.block(row);
        if (whole && block) {
            result.append(*block);
            return;
        }
        MarkdownBlock part;
        part.text = text.toString();
        const bool code = block && block->kind == MarkdownBlock::Kind::Code;
        part.kind = code ? MarkdownBlock::Kind::Code : MarkdownBlock::Kind::Paragraph;
        if (!code) {
            part.text.replace(u'\n', QChar::LineSeparator).replace(u'\t', u' ');
            part.paragraphs = {BlockParagraph{.length = part.text.size()}};
        }
        result.append(part);
    });
    return result;
}

} // namespace Lorikeet
