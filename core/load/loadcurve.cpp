// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadcurve.h"

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int mostSteps = 10'000; ///< finer stairs are a ramp

/// The load of a block at this share of its duration.
double loadOf(const LoadBlock &block, double share)
{
    if (block.steps == 0) {
        return std::lerp(block.from, block.to, share);
    }
    if (block.steps == 1) {
        return block.from;
    }
    const int step = std::min(block.steps - 1, int(share * block.steps));
    return std::lerp(block.from, block.to, double(step) / (block.steps - 1));
}

QString problemOf(const LoadBlock &block)
{
    if (block.duration <= Nanoseconds(0)) {
        return u"lasts no time"_s;
    }
    if (block.kind == LoadBlock::Kind::Pause) {
        return {};
    }
    for (const double load : {block.from, block.to}) {
        if (!std::isfinite(load) || load < 0) {
            return u"has a load that is negative or no number"_s;
        }
    }
    if (isRecorded(block) && (block.to != block.from || block.steps > 1)) {
        return u"plays a trace, which goes as it was recorded: it has one load, to be expected"_s;
    }
    if (isRecorded(block) && block.from == 0) {
        return u"plays a part of the trace in which nothing is asked: make it longer, remove it, or let the trace begin again"_s;
    }
    if (block.from == 0 && (block.to == 0 || block.steps == 1)) {
        return u"asks for nothing; a pause would say so"_s;
    }
    if (block.steps < 0) {
        return u"has a negative number of steps"_s;
    }
    if (block.steps > mostSteps) {
        return u"has more than %1 steps; without any the load goes evenly"_s.arg(mostSteps);
    }
    const ArrivalProcess &arrival = block.arrival;
    if (block.kind == LoadBlock::Kind::Rate && arrival.kind == ArrivalProcess::Kind::Gamma
        && (!std::isfinite(arrival.burstiness) || arrival.burstiness <= 0)) {
        return u"has a burstiness that is not above 0"_s;
    }
    return {};
}

/// And the time within it; null where there is none.
std::pair<const LoadBlock *, Nanoseconds> blockAt(const LoadCurve &curve, Nanoseconds time)
{
    for (const LoadBlock &block : curve) {
        if (time < Nanoseconds(0)) {
            break;
        }
        if (time < block.duration) {
            return {&block, time};
        }
        time -= block.duration;
    }
    return {nullptr, {}};
}

} // namespace

QString problemOf(const LoadCurve &curve)
{
    if (curve.isEmpty()) {
        return u"The load curve has no block."_s;
    }
    for (qsizetype i = 0; i < curve.size(); ++i) {
        if (const QString problem = problemOf(curve[i]); !problem.isEmpty()) {
            return u"Block %1 of the load curve %2."_s.arg(i + 1).arg(problem);
        }
    }
    const bool isPause = std::ranges::all_of(
        curve, [](const LoadBlock &block) { return block.kind == LoadBlock::Kind::Pause; });
    return isPause ? u"The load curve has nothing but pauses."_s : QString();
}

Nanoseconds durationOf(const LoadCurve &curve)
{
    Nanoseconds all{};
    for (const LoadBlock &block : curve) {
        all += block.duration;
    }
    return all;
}

double loadAt(const LoadCurve &curve, Nanoseconds time)
{
    const auto [block, within] = blockAt(curve, time);
    return block && block->kind != LoadBlock::Kind::Pause
        ? loadOf(*block, toSeconds(within) / toSeconds(block->duration))
        : 0;
}

double usersAt(const LoadCurve &curve, Nanoseconds time)
{
    const auto [block, within] = blockAt(curve, time);
    return block && block->kind == LoadBlock::Kind::Users
        ? loadOf(*block, toSeconds(within) / toSeconds(block->duration))
        : 0;
}

std::optional<Nanoseconds> nextStep(const LoadCurve &curve, Nanoseconds after)
{
    Nanoseconds begin{};
    for (const LoadBlock &block : curve) {
        const int steps = std::max(1, block.steps);
        for (int step = 0; step < steps; ++step) {
            const Nanoseconds at = begin + block.duration * step / steps;
            if (at > after) {
                return at;
            }
        }
        begin += block.duration;
    }
    return begin > after ? std::optional(begin) : std::nullopt;
}

bool isRecorded(const LoadBlock &block)
{
    return block.kind == LoadBlock::Kind::Rate
        && block.arrival.kind == ArrivalProcess::Kind::Recorded;
}

bool hasRecorded(const LoadCurve &curve) { return std::ranges::any_of(curve, &isRecorded); }

double expectedArrivals(const LoadCurve &curve)
{
    double all = 0;
    for (const LoadBlock &block : curve) {
        if (block.kind == LoadBlock::Kind::Rate) {
            const double mean = block.steps == 1 ? block.from : (block.from + block.to) / 2;
            all += mean * toSeconds(block.duration);
        }
    }
    return all;
}

} // namespace Lorikeet
