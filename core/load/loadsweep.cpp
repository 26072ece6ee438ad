// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadsweep.h"

#include "base/random.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Of twice the load at least so much more comes back, or the server is full.
constexpr double leastGrowth = 1.10;
/// A rate is borne if so much of it is answered.
constexpr double leastAnswered = 0.95;
/// Stages at light load: a user gets this share of what the best-served one gets.
constexpr double lightShare = 0.90;
/// Two loads that are closer than this are not told apart.
constexpr double closeness = 1.05;

/// What the server gave: tokens, or where it tells none, answers.
double yieldOf(const SweepPoint &point)
{
    const double tokens = point.summary.tokenRate().value_or(0);
    return tokens > 0 ? tokens : point.summary.requestRate().value_or(0);
}

QList<SweepPoint> byLoad(QList<SweepPoint> points)
{
    std::ranges::sort(points, {}, &SweepPoint::load);
    return points;
}

/// Whether the server gave no more for this load, `lighter` being the next lighter one.
bool isFull(const SweepPlan &sweep, const SweepPoint &point, const SweepPoint *lighter)
{
    if (sweep.kind == LoadBlock::Kind::Rate) {
        return point.summary.requestRate().value_or(0)
            < leastAnswered * point.summary.plannedRate().value_or(0);
    }
    if (!lighter) {
        return false;
    }
    // As much more as it would have been of twice the load.
    const double doublings = std::log2(point.load / lighter->load);
    return yieldOf(point) < yieldOf(*lighter) * std::pow(leastGrowth, doublings);
}

bool isBorne(const SweepPlan &sweep, const SweepPoint &point, const SweepPoint *lighter)
{
    return point.keepsObjective && point.summary.answered > 0 && !isFull(sweep, point, lighter);
}

/// The greatest load below which all were borne, and the least that was not.
struct Bounds
{
    std::optional<double> borne;
    std::optional<double> tooMuch;
};

Bounds boundsOf(const SweepPlan &sweep, const QList<SweepPoint> &tried)
{
    Bounds bounds;
    const SweepPoint *lighter = nullptr;
    const QList<SweepPoint> points = byLoad(tried);
    for (const SweepPoint &point : points) {
        if (!isBorne(sweep, point, lighter)) {
            bounds.tooMuch = point.load;
            break;
        }
        bounds.borne = point.load;
        lighter = &point;
    }
    return bounds;
}

/// Users are whole.
double possible(const SweepPlan &sweep, double load)
{
    return sweep.kind == LoadBlock::Kind::Users ? std::floor(load) : load;
}

QString loadText(const SweepPlan &sweep, double load)
{
    return sweep.kind == LoadBlock::Kind::Users ? u"%1 users"_s.arg(qRound64(load))
                                                : u"%1 requests/s"_s.arg(load, 0, 'g', 3);
}

} // namespace

QString problemOf(const SweepPlan &sweep)
{
    if (sweep.kind == LoadBlock::Kind::Pause) {
        return u"A sweep grows in users or in requests a second."_s;
    }
    if (!(sweep.from > 0) || !(sweep.most >= sweep.from) || !std::isfinite(sweep.most)
        || (sweep.kind == LoadBlock::Kind::Users && sweep.from < 1)) {
        return u"A sweep goes from a load above nothing to one that is no less."_s;
    }
    if (sweep.warmUp < Nanoseconds(0) || sweep.stage <= sweep.warmUp) {
        return u"The warm-up leaves nothing of a stage to be measured."_s;
    }
    return {};
}

LoadPlan stagePlan(const LoadPlan &base, const SweepPlan &sweep, double load, int stage)
{
    LoadPlan plan = base;
    plan.curve = {{.kind = sweep.kind,
        .duration = sweep.stage,
        .from = load,
        .to = load,
        .arrival = sweep.arrival}};
    plan.seed = stableHash(QByteArray::number(stage), base.seed);
    plan.warmUp = sweep.warmUp;
    plan.coolDown = {};
    // What is left of a stage would be load on the next one.
    plan.grace = {};
    return plan;
}

std::optional<double> nextLoad(const SweepPlan &sweep, const QList<SweepPoint> &tried)
{
    if (tried.isEmpty()) {
        return possible(sweep, sweep.from);
    }
    const Bounds bounds = boundsOf(sweep, tried);
    if (!bounds.tooMuch) {
        const double most = byLoad(tried).constLast().load;
        const double next = possible(sweep, std::min(most * 2, sweep.most));
        return next > most ? std::optional(next) : std::nullopt;
    }
    const auto first = std::ranges::find_if(
        tried, [&](const SweepPoint &point) { return point.load >= *bounds.tooMuch; });
    const auto refined = tried.cend() - first - 1;
    if (refined >= sweep.refinements || !bounds.borne) {
        return std::nullopt;
    }
    const double next = possible(sweep, std::sqrt(*bounds.borne * *bounds.tooMuch));
    const bool isNew = std::ranges::none_of(
        tried, [next](const SweepPoint &point) { return point.load == next; });
    return isNew && *bounds.tooMuch / *bounds.borne > closeness ? std::optional(next)
                                                                : std::nullopt;
}

SweepFinding findingOf(const SweepPlan &sweep, const QList<SweepPoint> &tried)
{
    SweepFinding finding;
    if (tried.isEmpty()) {
        finding.sentence = u"Nothing was tried."_s;
        return finding;
    }
    const QList<SweepPoint> points = byLoad(tried);
    double mostGiven = 0;
    double best = 0; // for each unit of load
    for (const SweepPoint &point : points) {
        mostGiven = std::max(mostGiven, yieldOf(point));
        best = std::max(best, yieldOf(point) / point.load);
        finding.mostTokens
            = std::max(finding.mostTokens.value_or(0), point.summary.tokenRate().value_or(0));
        finding.mostRequests
            = std::max(finding.mostRequests.value_or(0), point.summary.requestRate().value_or(0));
    }
    double yields = 0;
    double loads = 0;
    for (const SweepPoint &point : points) {
        if (yieldOf(point) >= lightShare * best * point.load) {
            yields += yieldOf(point);
            loads += point.load;
        }
    }
    const Bounds bounds = boundsOf(sweep, tried);
    finding.holds = bounds.borne;
    finding.breaks = bounds.tooMuch;
    bool wasFull = false;
    for (qsizetype i = 0; i < points.size(); ++i) {
        wasFull = wasFull || isFull(sweep, points[i], i > 0 ? &points[i - 1] : nullptr);
    }
    if (wasFull && yields > 0) {
        finding.knee = mostGiven * loads / yields;
    }
    QStringList parts;
    if (finding.knee) {
        parts += u"The server is full at %1: %2 tokens/s, %3 answers/s."_s.arg(
            loadText(sweep, *finding.knee), QString::number(*finding.mostTokens, 'f', 0),
            QString::number(*finding.mostRequests, 'f', 1));
    } else {
        parts += u"The server was not full at %1."_s.arg(loadText(sweep, points.constLast().load));
    }
    if (finding.holds && finding.breaks) {
        parts += u"It bears %1 and not %2."_s.arg(
            loadText(sweep, *finding.holds), loadText(sweep, *finding.breaks));
    } else if (finding.breaks) {
        parts += u"It does not bear %1."_s.arg(loadText(sweep, *finding.breaks));
    }
    finding.sentence = parts.join(u' ');
    return finding;
}

} // namespace Lorikeet
