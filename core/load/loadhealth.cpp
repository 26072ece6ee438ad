// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadhealth.h"

#include "base/durationtext.h"
#include "load/loadsummary.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

/// From where on a figure makes the others doubtful, and worthless.
struct Bounds
{
    double doubtful;
    double worthless;
};

constexpr Bounds scheduleLag{0.010, 0.100}; // s, p99
constexpr Bounds loopLag{0.005, 0.025}; // s, p99
constexpr Bounds processor{0.70, 0.90};
constexpr Bounds missing{0.05, 0.10}; // share of the requests asked for at once
// A server that writes several tokens at once shows it too, so it is never worthless by itself.
constexpr double piecesTogether = 1.2;

struct Doubt
{
    LoadTrust::Level level;
    QString sentence;
};

std::optional<LoadTrust::Level> levelOf(double value, const Bounds &bounds)
{
    if (value >= bounds.worthless) {
        return LoadTrust::Level::ClientBound;
    }
    return value >= bounds.doubtful ? std::optional(LoadTrust::Level::Doubtful) : std::nullopt;
}

QString percent(double share) { return QString::number(share * 100, 'f', 0); }

} // namespace

std::optional<double> LoadHealth::piecesPerRead() const
{
    return reads > 0 ? std::optional(double(pieces) / double(reads)) : std::nullopt;
}

std::optional<double> LoadHealth::busiestShare() const
{
    return elapsed > Nanoseconds(0)
        ? std::optional(double(busiest.count()) / double(elapsed.count()))
        : std::nullopt;
}

void LoadHealth::add(const LoadHealth &other)
{
    loopLag.add(other.loopLag);
    processorTime += other.processorTime;
    busiest = std::max(busiest, other.busiest);
    elapsed = std::max(elapsed, other.elapsed);
    reads += other.reads;
    pieces += other.pieces;
}

TimePoint addPulse(LatencyHistogram &lags, TimePoint due, TimePoint time, Nanoseconds period)
{
    do {
        lags.add(std::max(Nanoseconds(time - due), Nanoseconds(0)));
        due += period;
    } while (due <= time);
    return due;
}

LoadTrust trustOf(const LoadSummary &summary, const LoadHealth &health,
    const std::optional<double> &askedConcurrency)
{
    QList<Doubt> doubts;
    const auto doubt = [&doubts](const std::optional<LoadTrust::Level> &level, const auto &words) {
        if (level) {
            doubts += {*level, words()};
        }
    };
    const auto late = [](const std::optional<Nanoseconds> &time, const Bounds &bounds) {
        return time ? levelOf(toSeconds(*time), bounds) : std::nullopt;
    };
    const std::optional<Nanoseconds> sending = summary.time(LoadMetric::Lag).quantile(0.99);
    doubt(late(sending, scheduleLag), [&] {
        return u"Requests left late: 1 % of them by %1 or more."_s.arg(durationText(*sending));
    });
    const std::optional<Nanoseconds> loop = health.loopLag.quantile(0.99);
    doubt(late(loop, loopLag), [&] {
        return u"This computer was late to look: 1 % of its timers by %1 or more."_s.arg(
            durationText(*loop));
    });
    if (const std::optional<double> share = health.busiestShare()) {
        doubt(levelOf(*share, processor), [&] {
            return u"A sending thread needed %1 % of a core; give the run more threads."_s.arg(
                percent(*share));
        });
    }
    const std::optional<double> held = summary.heldConcurrency();
    if (askedConcurrency && held && *askedConcurrency > 0) {
        // Who rests asks nothing.
        const double resting
            = double(summary.rested.count()) / double(summary.window.length().count());
        const double wanted = std::max(*askedConcurrency - resting, 0.0);
        doubt(levelOf(wanted > 0 ? 1 - *held / wanted : 0, missing), [&] {
            return u"Only %1 of %2 requests were under way on average."_s.arg(
                QString::number(*held, 'f', 1), QString::number(wanted, 'f', 1));
        });
    }
    if (const std::optional<double> together = health.piecesPerRead();
        together && *together > piecesTogether) {
        doubts += {LoadTrust::Level::Doubtful,
            u"Tokens came %1 at a time, so the gaps between them (ITL) say little."_s.arg(
                QString::number(*together, 'f', 1))};
    }
    std::ranges::stable_sort(doubts, std::ranges::greater(), &Doubt::level);
    LoadTrust trust;
    for (const Doubt &each : doubts) {
        trust.level = std::max(trust.level, each.level);
        trust.reasons += each.sentence;
    }
    return trust;
}

QString toWord(LoadTrust::Level level)
{
    switch (level) {
    case LoadTrust::Level::Good:
        return u"good"_s;
    case LoadTrust::Level::Doubtful:
        return u"doubtful"_s;
    case LoadTrust::Level::ClientBound:
        return u"client_bound"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace Lorikeet
