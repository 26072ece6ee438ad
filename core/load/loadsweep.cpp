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
/// A stage has room for so many answers, one after the other, where one was too short.
constexpr int answersAStage = 4;
/// A server that answers nothing at all is not waited for any longer than this.
constexpr int mostLengthened = 2;

/// What the server gave: tokens, or where it tells none, answers; texts or documents where these
/// were asked for.
double yieldOf(const SweepPoint &point)
{
    if (const std::optional<double> items = point.summary.itemRate()) {
        return *items;
    }
    const double tokens = point.summary.tokenRate().value_or(0);
    return tokens > 0 ? tokens : point.summary.requestRate().value_or(0);
}

std::optional<Nanoseconds> medianAnswer(const SweepPoint &point)
{
    return point.summary.time(LoadMetric::Total).quantile(0.5);
}

/// Requests were under way, none failed, and no answer ended within the window.
bool isTooShort(const SweepPoint &point)
{
    const LoadSummary &summary = point.summary;
    return summary.completed == 0 && summary.busy > Nanoseconds(0) && summary.failed() == 0;
}

/// The runs of one load that count.
struct TriedLoad
{
    double load = 0;
    QList<SweepPoint> runs;

    /// Of the run in the middle.
    [[nodiscard]] double yield() const
    {
        QList<double> yields;
        for (const SweepPoint &run : runs) {
            yields += yieldOf(run);
        }
        std::ranges::sort(yields);
        return yields[yields.size() / 2];
    }
};

/// From the lightest to the heaviest. What a stage was too short for counts for nothing once it was
/// tried again for longer.
QList<TriedLoad> byLoad(const QList<SweepPoint> &tried)
{
    QList<TriedLoad> loads;
    int lengthened = 0;
    for (auto point = tried.cbegin(); point != tried.cend(); ++point) {
        const bool isAgain = std::any_of(point + 1, tried.cend(),
            [point](const SweepPoint &later) { return later.load == point->load; });
        if (isTooShort(*point) && lengthened++ < mostLengthened && isAgain) {
            continue;
        }
        const auto known = std::ranges::find(loads, point->load, &TriedLoad::load);
        if (known == loads.end()) {
            loads += TriedLoad{.load = point->load, .runs = {*point}};
        } else {
            known->runs += *point;
        }
    }
    std::ranges::sort(loads, {}, &TriedLoad::load);
    return loads;
}

/// Whether the server gave no more in this run, for the load at this place of those sorted by load.
bool isFull(
    const SweepPlan &sweep, const QList<TriedLoad> &loads, qsizetype place, const SweepPoint &run)
{
    if (sweep.kind == LoadBlock::Kind::Rate) {
        const auto due = double(run.summary.planned);
        // What a server without a queue has under way at the end, and had not at the beginning.
        const Nanoseconds slow
            = medianAnswer(loads.constFirst().runs.constFirst()).value_or(Nanoseconds(0));
        const double ramp = run.load * toSeconds(std::max(Nanoseconds(0), slow - sweep.warmUp));
        return due - double(run.summary.completed)
            > (1 - leastAnswered) * due + ramp + 2 * std::sqrt(due);
    }
    if (place == 0) {
        return false;
    }
    // As much more as it would have been of twice the load.
    const TriedLoad &lighter = loads[place - 1];
    const double doublings = std::log2(run.load / lighter.load);
    return yieldOf(run) < lighter.yield() * std::pow(leastGrowth, doublings);
}

/// How many of the runs of the load at this place held.
int heldAt(const SweepPlan &sweep, const QList<TriedLoad> &loads, qsizetype place)
{
    return int(std::ranges::count_if(loads[place].runs, [&](const SweepPoint &run) {
        return run.keepsObjective && run.summary.completed > 0 && !isFull(sweep, loads, place, run);
    }));
}

/// A load at which others are borne, or not.
struct Edge
{
    double load = 0;
    int held = 0; ///< of its runs
    int runs = 0;

    [[nodiscard]] bool isBorne() const { return 2 * held > runs; }

    /// Whether more runs could change what is said of it.
    [[nodiscard]] bool isOpen(int repeats) const
    {
        return 2 * held <= repeats && 2 * (runs - held) < repeats;
    }
};

/// The greatest load below which all were borne, and the least that was not.
struct Bounds
{
    std::optional<Edge> borne;
    std::optional<Edge> tooMuch;
};

Bounds boundsOf(const SweepPlan &sweep, const QList<TriedLoad> &loads)
{
    Bounds bounds;
    for (qsizetype i = 0; i < loads.size(); ++i) {
        const Edge edge{.load = loads[i].load,
            .held = heldAt(sweep, loads, i),
            .runs = int(loads[i].runs.size())};
        if (!edge.isBorne()) {
            bounds.tooMuch = edge;
            break;
        }
        bounds.borne = edge;
    }
    return bounds;
}

/// Users are whole.
double possible(const SweepPlan &sweep, double load)
{
    return sweep.kind == LoadBlock::Kind::Users ? std::floor(load) : load;
}

/// A load in between, of which it is not known yet; nothing: that is enough of them.
std::optional<double> refinement(
    const SweepPlan &sweep, const QList<SweepPoint> &tried, const Bounds &bounds)
{
    if (!bounds.tooMuch || !bounds.borne
        || bounds.tooMuch->load / bounds.borne->load <= closeness) {
        return std::nullopt;
    }
    const auto first = std::ranges::find_if(
        tried, [&](const SweepPoint &point) { return point.load >= bounds.tooMuch->load; });
    QList<double> refined;
    for (auto point = first; point != tried.cend(); ++point) {
        const bool wasBefore = std::any_of(tried.cbegin(), first + 1,
            [point](const SweepPoint &earlier) { return earlier.load == point->load; });
        if (!wasBefore && !refined.contains(point->load)) {
            refined += point->load;
        }
    }
    if (refined.size() >= sweep.refinements) {
        return std::nullopt;
    }
    const double next = possible(sweep, std::sqrt(bounds.borne->load * bounds.tooMuch->load));
    const bool isNew = std::ranges::none_of(
        tried, [next](const SweepPoint &point) { return point.load == next; });
    return isNew ? std::optional(next) : std::nullopt;
}

/// "TTFT p95" of "ttft_p95".
QString limitName(const QString &word)
{
    const qsizetype cut = word.lastIndexOf("_p"_L1);
    const std::optional<LoadMetric> metric
        = cut > 0 ? loadMetricFromWord(QStringView(word).first(cut)) : std::nullopt;
    return metric ? shownName(*metric) + u' ' + word.sliced(cut + 1) : word;
}

/// The limit that most of these runs broke.
QString brokenBy(const QList<SweepPoint> &runs)
{
    QStringList all;
    for (const SweepPoint &run : runs) {
        all += run.broken;
    }
    const auto most = std::ranges::max_element(
        all, {}, [&all](const QString &word) { return all.count(word); });
    return most == all.end() ? QString() : limitName(*most);
}

/// `most` is the greatest load that was tried.
QString fullnessOf(const SweepPlan &sweep, const SweepFinding &finding, double most)
{
    if (!finding.knee) {
        return u"The server was not full at %1."_s.arg(loadText(sweep.kind, most));
    }
    const double given = finding.mostItems.value_or(finding.mostTokens.value_or(0));
    return u"The server is full at %1: %2 %3/s, %4 answers/s."_s.arg(
        loadText(sweep.kind, *finding.knee), QString::number(given, 'f', 0),
        finding.mostItems ? u"items"_s : u"tokens"_s,
        QString::number(*finding.mostRequests, 'f', 1));
}

QString sentenceOf(const SweepPlan &sweep, const SweepFinding &finding)
{
    QStringList parts{finding.fullness};
    const auto at = [&sweep](double load, const SweepRuns &runs) {
        const QString text = loadText(sweep.kind, load);
        return sweep.repeats > 1 ? u"%1 (%2)"_s.arg(text, toText(runs)) : text;
    };
    const QString by = finding.brokenBy.isEmpty() ? QString() : u": "_s + finding.brokenBy;
    if (finding.holds && finding.breaks) {
        parts += u"It holds %1 and breaks at %2%3."_s.arg(
            at(*finding.holds, finding.heldRuns), at(*finding.breaks, finding.brokenRuns), by);
    } else if (finding.breaks) {
        parts += u"It does not hold %1%2."_s.arg(at(*finding.breaks, finding.brokenRuns), by);
    } else if (finding.holds && sweep.repeats > 1) {
        parts += u"It holds %1."_s.arg(at(*finding.holds, finding.heldRuns));
    }
    return parts.join(u' ');
}

} // namespace

QString loadText(double load)
{
    const bool isWhole = load >= 100 || std::abs(load - std::round(load)) < 0.005;
    return QString::number(load, 'f', isWhole ? 0 : load >= 1 ? 1 : 2);
}

QString loadText(LoadBlock::Kind kind, double load)
{
    if (kind != LoadBlock::Kind::Users) {
        return u"%1 requests/s"_s.arg(loadText(load));
    }
    const qint64 users = qRound64(load);
    return users == 1 ? u"1 user"_s : u"%1 users"_s.arg(users);
}

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
    if (sweep.repeats < 1 || sweep.repeats > mostRepeats) {
        return u"A sweep runs the loads at its edge from once to %1 times."_s.arg(mostRepeats);
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
    // The grace stays the plan's: without it the slow answers would be missing in each stage.
    return plan;
}

LoadPlan stagePlan(
    const LoadPlan &base, const SweepPlan &sweep, double load, const QList<SweepPoint> &tried)
{
    SweepPlan longer = sweep;
    longer.stage = stageLength(sweep, tried);
    return stagePlan(base, longer, load, int(tried.size()));
}

Nanoseconds stageLength(const SweepPlan &sweep, const QList<SweepPoint> &tried)
{
    Nanoseconds length = sweep.stage;
    int lengthened = 0;
    for (const SweepPoint &point : tried) {
        if (isTooShort(point) && lengthened++ < mostLengthened) {
            // Who answers nothing that was due in the window does not say how long it takes.
            const std::optional<Nanoseconds> median = medianAnswer(point);
            length = median ? std::max(length, sweep.warmUp + answersAStage * *median)
                            : answersAStage * length;
        }
    }
    return length;
}

Nanoseconds stageLength(const SweepPlan &sweep, const std::optional<Nanoseconds> &answer)
{
    return answer && *answer > sweep.stage ? sweep.warmUp + answersAStage * *answer : sweep.stage;
}

std::optional<double> nextLoad(const SweepPlan &sweep, const QList<SweepPoint> &tried)
{
    if (tried.isEmpty()) {
        return possible(sweep, sweep.from);
    }
    if (isTooShort(tried.constLast())
        && std::ranges::count_if(tried, &isTooShort) <= mostLengthened) {
        return tried.constLast().load;
    }
    const QList<TriedLoad> loads = byLoad(tried);
    const Bounds bounds = boundsOf(sweep, loads);
    const auto open = [&](int leastRuns) -> std::optional<double> {
        // What breaks first: where that was by chance, there is more to be looked for.
        for (const std::optional<Edge> &edge : {bounds.tooMuch, bounds.borne}) {
            if (edge && edge->runs >= leastRuns && edge->isOpen(sweep.repeats)) {
                return edge->load;
            }
        }
        return std::nullopt;
    };
    // Of which runs disagree nothing is to be built on.
    if (const std::optional<double> begun = open(2)) {
        return begun;
    }
    if (!bounds.tooMuch) {
        const double most = loads.constLast().load;
        const double next = possible(sweep, std::min(most * 2, sweep.most));
        if (next > most) {
            return next;
        }
    }
    if (const std::optional<double> next = refinement(sweep, tried, bounds)) {
        return next;
    }
    return open(1);
}

QString toText(const SweepRuns &runs)
{
    return runs.of == 1 && runs.agreed == 1
        ? u"once"_s
        : u"%1 of %2 times"_s.arg(QString::number(runs.agreed), QString::number(runs.of));
}

QStringList brokenOf(const QList<LimitVerdict> &verdicts)
{
    QStringList words;
    for (const LimitVerdict &verdict : verdicts) {
        if (!verdict.isKept) {
            words += verdict.word;
        }
    }
    return words;
}

SweepFinding findingOf(const SweepPlan &sweep, const QList<SweepPoint> &tried)
{
    SweepFinding finding;
    if (tried.isEmpty()) {
        finding.sentence = u"Broken off before a load was measured."_s;
        return finding;
    }
    const QList<TriedLoad> loads = byLoad(tried);
    double mostGiven = 0;
    double best = 0; // for each unit of load
    for (const TriedLoad &at : loads) {
        mostGiven = std::max(mostGiven, at.yield());
        best = std::max(best, at.yield() / at.load);
    }
    for (const SweepPoint &point : tried) {
        const auto raise = [](std::optional<double> &most, const std::optional<double> &value) {
            if (value) {
                most = std::max(most.value_or(0), *value);
            }
        };
        raise(finding.mostTokens, point.summary.tokenRate());
        raise(finding.mostItems, point.summary.itemRate());
        raise(finding.mostRequests, point.summary.requestRate().value_or(0));
    }
    double yields = 0;
    double light = 0;
    for (const TriedLoad &at : loads) {
        if (at.yield() >= lightShare * best * at.load) {
            yields += at.yield();
            light += at.load;
        }
    }
    const Bounds bounds = boundsOf(sweep, loads);
    bool wasFull = false;
    for (qsizetype i = 0; i < loads.size(); ++i) {
        const auto full = std::ranges::count_if(
            loads[i].runs, [&](const SweepPoint &run) { return isFull(sweep, loads, i, run); });
        wasFull = wasFull || 2 * full >= loads[i].runs.size();
    }
    if (wasFull && yields > 0) {
        finding.knee = mostGiven * light / yields;
    }
    if (bounds.borne) {
        finding.holds = bounds.borne->load;
        finding.heldRuns = {.agreed = bounds.borne->held, .of = bounds.borne->runs};
    }
    if (bounds.tooMuch) {
        const Edge &edge = *bounds.tooMuch;
        finding.breaks = edge.load;
        finding.brokenRuns = {.agreed = edge.runs - edge.held, .of = edge.runs};
        finding.brokenBy = brokenBy(std::ranges::find(loads, edge.load, &TriedLoad::load)->runs);
    }
    finding.fullness = fullnessOf(sweep, finding, loads.constLast().load);
    finding.sentence = sentenceOf(sweep, finding);
    return finding;
}

} // namespace Lorikeet
