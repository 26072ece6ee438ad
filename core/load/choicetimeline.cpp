// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/choicetimeline.h"

#include <algorithm>
#include <numeric>

namespace Lorikeet {

namespace {

/// An adapter has a part of the answers only: more slices would have few each.
constexpr qint64 mostSlices = 38;

} // namespace

ChoiceTimeline::ChoiceTimeline(LoadTask::Kind task, const std::vector<int> &places)
    : m_task(task)
{
    for (const int place : places) {
        m_lines.push_back({.place = place, .cells = {}});
    }
}

std::vector<int> ChoiceTimeline::greatest(const QList<double> &shares)
{
    std::vector<int> places(std::size_t(shares.size()));
    std::iota(places.begin(), places.end(), 0);
    std::ranges::stable_sort(
        places, std::ranges::greater(), [&shares](int place) { return shares[place]; });
    places.resize(std::min(places.size(), mostLines));
    std::ranges::sort(places);
    return places;
}

void ChoiceTimeline::add(const LoadSamples &samples)
{
    for (const LoadSample &sample : samples) {
        Line *line = lineOf(sample.choice);
        if (!line || !sample.isAnswered() || !sample.ended) {
            continue;
        }
        const Nanoseconds ended = std::max(*sample.ended, Nanoseconds(0));
        while (ended / m_length >= mostSlices) {
            coarsen();
        }
        const auto at = std::size_t(ended / m_length);
        if (at >= line->cells.size()) {
            line->cells.resize(at + 1);
        }
        Cell &cell = line->cells[at];
        if (const auto time
            = m_task == LoadTask::Kind::Chat ? sample.timeToFirstToken() : sample.total()) {
            cell.times.add(*time);
        }
        cell.tokens += double(sample.countedTokens());
    }
}

std::vector<int> ChoiceTimeline::places() const
{
    std::vector<int> places;
    places.reserve(m_lines.size());
    for (const Line &line : m_lines) {
        places.push_back(line.place);
    }
    return places;
}

std::vector<ChoiceTimeline::Slice> ChoiceTimeline::slicesOf(int place, Nanoseconds end) const
{
    const auto line = std::ranges::find(m_lines, place, &Line::place);
    if (line == m_lines.end()) {
        return {};
    }
    std::size_t together = 1; // nothing may have ended for long
    while (end > m_length * qint64(together) * mostSlices) {
        together *= 2;
    }
    const Nanoseconds length = m_length * qint64(together);
    std::vector<Slice> slices;
    for (Nanoseconds from{}; end - from >= length / 2 && end > from; from += length) {
        Cell sum;
        const std::size_t first = slices.size() * together;
        for (std::size_t i = first; i < std::min(line->cells.size(), first + together); ++i) {
            sum.times.add(line->cells[i].times);
            sum.tokens += line->cells[i].tokens;
        }
        slices.push_back({.middle = from + length / 2,
            .median = sum.times.quantile(0.5),
            .tokens = sum.tokens / toSeconds(std::min(length, end - from))});
    }
    return slices;
}

ChoiceTimeline::Line *ChoiceTimeline::lineOf(int place)
{
    const auto found = std::ranges::find(m_lines, place, &Line::place);
    return found == m_lines.end() ? nullptr : &*found;
}

void ChoiceTimeline::coarsen()
{
    for (Line &line : m_lines) {
        std::vector<Cell> halved((line.cells.size() + 1) / 2);
        for (std::size_t i = 0; i < line.cells.size(); ++i) {
            halved[i / 2].times.add(line.cells[i].times);
            halved[i / 2].tokens += line.cells[i].tokens;
        }
        line.cells = std::move(halved);
    }
    m_length *= 2;
}

} // namespace Lorikeet
