// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadtext.h"

#include "base/durationtext.h"
#include "load/loadmanners.h"
#include "load/prefixcache.h"
#include "loadresults/loaddocument.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString numberText(const std::optional<double> &number, int digits = 1)
{
    return number ? QString::number(*number, 'f', digits) : u"–"_s;
}

/// A percentile; in parentheses where there are too few samples for it.
QString percentileText(const LatencyHistogram &times, double share)
{
    const std::optional<Percentile> found = percentile(times, share);
    if (!found) {
        return u"–"_s;
    }
    const QString text = durationText(found->value);
    return found->range ? text : u'(' + text + u')';
}

QString row(const QStringList &cells)
{
    QString text = u"  "_s + cells.constFirst().leftJustified(22);
    for (const QString &cell : cells.sliced(1)) {
        text += cell.rightJustified(11);
    }
    return text + u'\n';
}

QString timesText(const LoadSummary &summary)
{
    static constexpr std::array metrics{std::pair{LoadMetric::TimeToFirstToken, "TTFT"_L1},
        std::pair{LoadMetric::TimeToFirstVisible, "first visible"_L1},
        std::pair{LoadMetric::InterTokenLatency, "ITL"_L1},
        std::pair{LoadMetric::TimePerOutputToken, "TPOT"_L1},
        std::pair{LoadMetric::Total, "end to end"_L1},
        std::pair{LoadMetric::PlannedToFirstToken, "TTFT from the plan"_L1},
        std::pair{LoadMetric::PlannedToEnd, "e2e from the plan"_L1},
        std::pair{LoadMetric::Lag, "schedule lag"_L1},
        std::pair{LoadMetric::Connection, "connection"_L1}};
    QString text = row({QString(), u"mean"_s, u"p50"_s, u"p90"_s, u"p95"_s, u"p99"_s});
    bool hasFew = false;
    for (const auto &[metric, name] : metrics) {
        const LatencyHistogram &times = summary.time(metric);
        if (times.isEmpty()) {
            continue;
        }
        QStringList cells{QString(name), durationText(*times.mean())};
        for (const double share : {0.5, 0.9, 0.95, 0.99}) {
            cells += percentileText(times, share);
            hasFew = hasFew || cells.constLast().startsWith(u'(');
        }
        text += row(cells);
    }
    return hasFew ? text + u"  (…): too few samples to rely on.\n"_s : text;
}

QString countsText(const LoadSummary &summary)
{
    QStringList parts{u"%1 due"_s.arg(summary.planned), u"%1 answered"_s.arg(summary.answered)};
    for (const auto &[kind, count] : summary.failures.asKeyValueRange()) {
        parts += u"%1 %2"_s.arg(QString::number(count), kind);
    }
    if (summary.cancelled > 0) {
        parts += u"%1 cancelled"_s.arg(summary.cancelled);
    }
    return parts.join(u", "_s);
}

QString secondsText(Nanoseconds time) { return QString::number(toSeconds(time), 'f', 1); }

QString windowText(const LoadWindow &window)
{
    return u"%1–%2 s"_s.arg(secondsText(window.from), secondsText(window.to));
}

/// How much a chat's answers were.
QString tokensText(const LoadSummary &summary)
{
    const QString approximately = summary.estimated > 0 ? u"≈"_s : QString();
    return u"Throughput    %1%2 output tokens/s, %3 answers/s (%4 due), %5 tokens/s a user\n"_s.arg(
               approximately, numberText(summary.tokenRate()), numberText(summary.requestRate(), 2),
               numberText(summary.plannedRate(), 2), numberText(summary.tokenRatePerUser()))
        + u"Concurrency   %1 under way on average\n"_s.arg(numberText(summary.heldConcurrency()))
        + u"Tokens        %1 in, %2%3 out, %4 a piece\n"_s.arg(
            QString::number(summary.promptTokens), approximately,
            QString::number(summary.outputTokens), numberText(summary.tokensPerChunk(), 2));
}

/// How much was embedded or ranked.
QString itemsText(const LoadSummary &summary, const QString &items)
{
    const QString tokens
        = summary.promptTokens > 0 ? QString::number(summary.promptTokens) : u"–"_s;
    return u"Throughput    %1 %2/s, %3 answers/s (%4 due), %5 input tokens/s\n"_s.arg(
               numberText(summary.itemRate()), items, numberText(summary.requestRate(), 2),
               numberText(summary.plannedRate(), 2), numberText(summary.promptTokenRate()))
        + u"Concurrency   %1 under way on average\n"_s.arg(numberText(summary.heldConcurrency()))
        + u"Items         %1 %2 asked for, %3 tokens in\n"_s.arg(
            QString::number(summary.items), items, tokens);
}

/// What --window takes to have the figures of it.
QString steadyText(const LoadReport &report)
{
    const SteadyState steady = report.steady();
    if (!steady.isFound) {
        return u"Steady state  none: %1\n"_s.arg(steady.problem);
    }
    const QString tokens = report.summary.isOfItems()
        ? QString()
        : u"%1 output tokens/s, "_s.arg(
              numberText(steady.pieceRate * report.summary.tokensPerChunk().value_or(1)));
    return u"Steady state  %1: %2%3 answers/s, %4 under way\n"_s.arg(windowText(steady.window),
        tokens, numberText(steady.answerRate, 2), numberText(steady.running));
}

QString startText(const LoadReport &report)
{
    const LoadSummary &start = report.start;
    if (start.planned == 0) {
        return {};
    }
    const bool isWhole = report.task() != LoadTask::Kind::Chat;
    const LatencyHistogram &times
        = start.time(isWhole ? LoadMetric::Total : LoadMetric::TimeToFirstToken);
    return u"Start burst   %1 due in the first %2 s: %3 p50 %4, p95 %5\n"_s.arg(
        QString::number(start.planned), secondsText(start.window.to),
        isWhole ? u"end to end"_s : u"TTFT"_s, percentileText(times, 0.5),
        percentileText(times, 0.95));
}

QString percentText(const std::optional<double> &share)
{
    return share ? numberText(100 * *share) + u" %"_s : u"–"_s;
}

/// What the server told of itself.
QString serverText(const ServerSide &side, const LoadWindow &window)
{
    const ServerTimeline &timeline = side.timeline;
    const auto mean = [&](ServerFigure figure) { return timeline.mean(figure, window); };
    const auto most = [&](ServerFigure figure) { return timeline.most(figure, window); };
    QStringList lines;
    for (const auto &[figure, name] : {std::pair{ServerFigure::Running, "running"_L1},
             std::pair{ServerFigure::Waiting, "waiting"_L1}}) {
        if (mean(figure)) {
            lines += u"%1 %2 on average, %3 at most"_s.arg(
                name, numberText(mean(figure)), numberText(most(figure), 0));
        }
    }
    for (const auto &[figure, name] : {std::pair{ServerFigure::KvCache, "KV cache"_L1},
             std::pair{ServerFigure::GpuUse, "GPU"_L1}}) {
        if (mean(figure)) {
            lines += u"%1 %2 in use on average, %3 at most"_s.arg(
                name, percentText(mean(figure)), percentText(most(figure)));
        }
    }
    if (const auto memory = most(ServerFigure::GpuMemory)) {
        lines += u"GPU memory %1 GiB at most"_s.arg(numberText(*memory / (1024.0 * 1024 * 1024)));
    }
    if (const auto power = mean(ServerFigure::GpuPower)) {
        lines += u"GPU power %1 W on average"_s.arg(numberText(power, 0));
    }
    if (const auto count = timeline.growth(ServerFigure::Preemptions, window)) {
        lines += u"%1 preemptions"_s.arg(numberText(count, 0));
    }
    if (const auto share = side.cacheHitShare(window)) {
        lines += u"prefix cache knew %1"_s.arg(percentText(share));
    }
    lines += side.notes;
    return u"Server        %1%2\n"_s.arg(side.server.isEmpty() ? QString() : side.server + u": "_s,
        lines.join(u"\n              "_s));
}

} // namespace

QString toText(const LoadReport &report)
{
    const LoadSummary &summary = report.summary;
    const double seconds = toSeconds(summary.window.length());
    QString text = u"Requests      %1 in %2 s (%3)\n"_s.arg(
        countsText(summary), QString::number(seconds, 'f', 1), windowText(summary.window));
    text
        += summary.isOfItems() ? itemsText(summary, itemsName(report.task())) : tokensText(summary);
    if (summary.cachedTokens > 0 && summary.promptTokens > 0) {
        text += u"Cache         the server knew %1 % of the prompts' tokens already\n"_s.arg(
            numberText(100 * double(summary.cachedTokens) / double(summary.promptTokens)));
    }
    text += steadyText(report);
    text += startText(report);
    if (report.cost) {
        text += u"Cost          about %1\n"_s.arg(
            costText(*report.cost, report.plan.price.currency));
    }
    if (!report.server.isEmpty()) {
        text += serverText(report.server, summary.window);
    }
    text += u'\n' + timesText(summary);
    for (const LoadChoice &choice : report.choices) {
        const LoadSummary &one = choice.summary;
        text += u"\n%1: %2; %3\n"_s.arg(choice.name, countsText(one),
            one.isOfItems() ? u"%1 %2"_s.arg(QString::number(one.items), itemsName(report.task()))
                            : u"%1 out"_s.arg(one.outputTokens));
        text += timesText(choice.summary);
    }
    const QList<LimitVerdict> verdicts = report.verdicts();
    if (!verdicts.isEmpty()) {
        text += u"\nGoodput       %1 answers/s kept to the objective\n"_s.arg(
            numberText(summary.goodput(), 2));
        for (const LimitVerdict &verdict : verdicts) {
            text += u"  %1  %2\n"_s.arg(
                verdict.isKept ? u"kept  "_s : u"MISSED"_s, verdict.sentence);
        }
    }
    if (!report.precision.isEmpty()) {
        text += u"\nPrecision     "_s;
        for (const PrecisionReached &reached : report.precision) {
            text += (reached.isReached ? u"reached  "_s : u"MISSED   "_s) + reached.sentence()
                + u"\n              "_s;
        }
        text.chop(14);
    }
    if (const PrefixCacheCheck cache = prefixCacheCheck(report); !cache.warning.isEmpty()) {
        text += u"\nWarning       %1\n"_s.arg(cache.warning);
    }
    const LoadTrust trust = report.trust();
    text += u"\nTrust         %1\n"_s.arg(trustText(trust.level));
    if (report.calibration && beyond(*report.calibration, summary).isEmpty()) {
        text += u"  "_s + report.calibration->sentence() + u'\n';
    }
    for (const QString &reason : trust.reasons) {
        text += u"  "_s + reason + u'\n';
    }
    if (report.end != "finished"_L1) {
        text += u"\nThe run did not go to its end (%1).%2\n"_s.arg(
            report.end, report.problem.isEmpty() ? QString() : u' ' + report.problem);
    }
    return text;
}

QString toText(const SweepPlan &sweep, const QList<SweepPoint> &tried)
{
    const bool isUsers = sweep.kind == LoadBlock::Kind::Users;
    const bool isOfItems = std::ranges::any_of(
        tried, [](const SweepPoint &point) { return point.summary.isOfItems(); });
    const QString load = isUsers ? u"users"_s : u"requests/s"_s;
    QString text = row(isOfItems ? QStringList{load, u"items/s"_s, u"answers/s"_s, u"e2e p50"_s,
                                       u"e2e p95"_s, u"failed"_s}
                                 : QStringList{load, u"tokens/s"_s, u"answers/s"_s, u"TTFT p50"_s,
                                       u"TTFT p95"_s, u"ITL p95"_s, u"failed"_s});
    QList<SweepPoint> points = tried;
    std::ranges::stable_sort(points, {}, &SweepPoint::load);
    for (const SweepPoint &point : points) {
        const LoadSummary &summary = point.summary;
        const LatencyHistogram &times
            = summary.time(isOfItems ? LoadMetric::Total : LoadMetric::TimeToFirstToken);
        QStringList cells{numberText(point.load, isUsers ? 0 : 2),
            numberText(isOfItems ? summary.itemRate() : summary.tokenRate()),
            numberText(summary.requestRate(), 2), percentileText(times, 0.5),
            percentileText(times, 0.95)};
        if (!isOfItems) {
            cells += percentileText(summary.time(LoadMetric::InterTokenLatency), 0.95);
        }
        text += row(cells + QStringList{QString::number(summary.failed())});
    }
    return text + u'\n' + findingOf(sweep, tried).sentence + u'\n';
}

} // namespace Lorikeet
