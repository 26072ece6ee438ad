// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadtokentrack.h"

#include "charts/charttext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString durationOf(Nanoseconds time) { return chartText(toSeconds(time), ChartUnit::Duration); }

} // namespace

int LoadTokenTrack::stalls() const
{
    return int(std::ranges::count(marks, true, &LoadTokenMark::isStall));
}

bool LoadTokenTrack::hasReasoning() const
{
    return std::ranges::any_of(marks, [](const LoadTokenMark &mark) { return mark.reasoning > 0; });
}

bool LoadTokenTrack::hasText() const
{
    return std::ranges::any_of(
        marks, [](const LoadTokenMark &mark) { return mark.reasoning == 0 || mark.text > 0; });
}

int LoadTokenTrack::nearest(double share) const
{
    if (marks.isEmpty()) {
        return -1;
    }
    const auto next = std::ranges::lower_bound(marks, share, {}, &LoadTokenMark::at);
    if (next == marks.cend()) {
        return count() - 1;
    }
    const auto place = int(next - marks.cbegin());
    return place > 0 && share - marks[place - 1].at < next->at - share ? place - 1 : place;
}

int LoadTokenTrack::stallBeside(int mark, int direction) const
{
    for (int place = mark + direction; place >= 0 && place < count(); place += direction) {
        if (marks[place].isStall) {
            return place;
        }
    }
    return -1;
}

QString LoadTokenTrack::pieceOf(int mark) const
{
    constexpr qsizetype most = 60;
    if (mark < 0 || mark >= count()) {
        return {};
    }
    const LoadTokenMark &of = marks[mark];
    QString piece = reasoning.mid(of.reasoningFrom, of.reasoning) + text.mid(of.textFrom, of.text);
    piece.replace(u'\n', u'⏎');
    if (piece.size() > most) {
        piece = piece.first(most) + u'…';
    }
    return piece;
}

LoadTokenTrack trackOf(const LoadAnswer &answer, const LoadRequestAxis &axis, Nanoseconds stall)
{
    LoadTokenTrack track;
    track.text = answer.text;
    track.reasoning = answer.reasoning;
    track.stallText = durationOf(stall);
    track.spanText = durationOf(axis.whole);
    track.marks.reserve(qsizetype(answer.chunks.size()));
    LoadTokenMark mark;
    for (const LoadChunk &chunk : answer.chunks) {
        mark.textFrom += mark.text;
        mark.reasoningFrom += mark.reasoning;
        mark.gap = track.marks.isEmpty() ? Nanoseconds(0) : chunk.at - mark.since;
        mark.isStall = mark.gap > stall;
        mark.since = chunk.at;
        mark.at = axis.shareOf(chunk.at);
        mark.pieces = chunk.pieces;
        mark.text = chunk.text;
        mark.reasoning = chunk.reasoning;
        track.marks.append(mark);
    }
    return track;
}

} // namespace Lorikeet
