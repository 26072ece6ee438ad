// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/documentnotes.h"

#include "base/durationtext.h"
#include "load/loadmanners.h"
#include "load/prefixcache.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Tone = DocumentLine::Tone;

QString noteNumber(double number, int digits = 1) { return QString::number(number, 'f', digits); }

QString notePercent(double share) { return noteNumber(100 * share) + u" %"_s; }

QString noteWindow(const LoadWindow &window)
{
    return u"%1 … %2"_s.arg(durationText(window.from), durationText(window.to));
}

DocumentLine steadyLine(const LoadReport &report)
{
    const SteadyState steady = report.steady();
    if (!steady.isFound) {
        return {Tone::Plain, u"No steady state was found: %1"_s.arg(steady.problem)};
    }
    QStringList parts;
    if (report.task() == LoadTask::Kind::Chat) {
        parts += u"%1 output tokens a second"_s.arg(
            noteNumber(steady.pieceRate * report.summary.tokensPerChunk().value_or(1)));
    }
    parts += u"%1 answers a second"_s.arg(noteNumber(steady.answerRate, 2));
    parts += u"%1 under way"_s.arg(noteNumber(steady.running));
    return {Tone::Plain,
        u"Steady state, found by itself: %1, with %2."_s.arg(
            noteWindow(steady.window), parts.join(u", "_s))};
}

QList<DocumentLine> startLines(const LoadReport &report)
{
    const LoadSummary &start = report.start;
    if (start.planned == 0) {
        return {};
    }
    const bool isChat = report.task() == LoadTask::Kind::Chat;
    const LatencyHistogram &times
        = start.time(isChat ? LoadMetric::TimeToFirstToken : LoadMetric::Total);
    const auto text = [&times](double share) {
        const std::optional<Nanoseconds> time = times.quantile(share);
        return time ? durationText(*time) : u"–"_s;
    };
    return {{Tone::Plain,
        u"Start burst: %1 requests were due in the first %2, with a %3 of %4 at p50 and %5 at p95."_s
            .arg(QString::number(start.planned), durationText(start.window.to),
                isChat ? u"TTFT"_s : u"time from end to end"_s, text(0.5), text(0.95))}};
}

QList<DocumentLine> precisionLines(const LoadReport &report)
{
    QList<DocumentLine> lines;
    for (const PrecisionReached &reached : report.precision) {
        lines.append({reached.isReached ? Tone::Good : Tone::Warning,
            (reached.isReached ? u"Known as well as was asked for: "_s
                               : u"Not known as well as was asked for: "_s)
                + reached.sentence()});
    }
    return lines;
}

QList<DocumentLine> serverLines(const LoadReport &report)
{
    const ServerSide &side = report.server;
    const LoadWindow &window = report.summary.window;
    QStringList parts;
    const auto put = [&](ServerFigure figure, const QString &name, const auto &text) {
        const std::optional<double> mean = side.timeline.mean(figure, window);
        const std::optional<double> most = side.timeline.most(figure, window);
        if (mean && most) {
            parts += u"%1 %2 on average, %3 at most"_s.arg(name, text(*mean), text(*most));
        }
    };
    const auto number = [](double value) { return noteNumber(value); };
    put(ServerFigure::Running, u"running"_s, number);
    put(ServerFigure::Waiting, u"waiting"_s, number);
    put(ServerFigure::KvCache, u"KV cache"_s, &notePercent);
    put(ServerFigure::GpuUse, u"GPU"_s, &notePercent);
    put(ServerFigure::GpuMemory, u"GPU memory"_s,
        [](double bytes) { return noteNumber(bytes / (1024.0 * 1024 * 1024)) + u" GiB"_s; });
    put(ServerFigure::GpuPower, u"GPU power"_s,
        [](double watts) { return noteNumber(watts, 0) + u" W"_s; });
    if (const auto count = side.timeline.growth(ServerFigure::Preemptions, window)) {
        parts += u"%1 preemptions"_s.arg(noteNumber(*count, 0));
    }
    if (const auto share = side.cacheHitShare(window)) {
        parts += u"its prefix cache knew %1"_s.arg(notePercent(*share));
    }
    QList<DocumentLine> lines;
    if (!parts.isEmpty()) {
        lines.append({Tone::Plain,
            u"What the server told of itself%1: %2."_s.arg(
                side.server.isEmpty() ? QString() : u" (%1)"_s.arg(side.server),
                parts.join(u"; "_s))});
    }
    for (const QString &note : side.notes) {
        lines.append({Tone::Plain, note});
    }
    return lines;
}

QList<DocumentLine> cacheLines(const LoadReport &report, const QString &place)
{
    const QString warning = prefixCacheCheck(report).warning;
    return warning.isEmpty() ? QList<DocumentLine>()
                             : QList{DocumentLine{Tone::Warning, place + warning}};
}

QList<DocumentLine> costLines(const std::optional<double> &cost, const LoadReport &report)
{
    return cost ? QList{DocumentLine{Tone::Plain,
                      u"It cost about %1."_s.arg(costText(*cost, report.plan.price.currency))}}
                : QList<DocumentLine>();
}

} // namespace

QList<DocumentLine> notesOf(const LoadReport &report)
{
    return cacheLines(report, {}) + precisionLines(report) + QList<DocumentLine>{steadyLine(report)}
    + startLines(report) + serverLines(report) + costLines(report.cost, report);
}

QList<DocumentLine> notesOf(const LoadResult &sweep)
{
    QList<DocumentLine> warnings;
    std::optional<double> cost;
    for (const LoadStage &stage : sweep.stages) {
        if (warnings.isEmpty()) {
            warnings = cacheLines(
                stage.report, u"At load %1: "_s.arg(QString::number(stage.load, 'g', 6)));
        }
        if (stage.report.cost) {
            cost = cost.value_or(0) + *stage.report.cost;
        }
    }
    return warnings + costLines(cost, sweep.stages.constFirst().report);
}

} // namespace Lorikeet
