// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadtext.h"

#include "base/durationtext.h"

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

} // namespace

QString toText(const LoadReport &report)
{
    const LoadSummary &summary = report.summary;
    const double seconds = std::chrono::duration<double>(summary.window.length()).count();
    const QString approximately = summary.estimated > 0 ? u"≈"_s : QString();
    QString text = u"Requests      %1 in %2 s\n"_s.arg(
        countsText(summary), QString::number(seconds, 'f', 1));
    text
        += u"Throughput    %1%2 output tokens/s, %3 answers/s (%4 due), %5 tokens/s a user\n"_s.arg(
            approximately, numberText(summary.tokenRate()), numberText(summary.requestRate(), 2),
            numberText(summary.plannedRate(), 2), numberText(summary.tokenRatePerUser()));
    text += u"Concurrency   %1 under way on average\n"_s.arg(numberText(summary.heldConcurrency()));
    text += u"Tokens        %1 in, %2%3 out, %4 a piece\n"_s.arg(
        QString::number(summary.promptTokens), approximately, QString::number(summary.outputTokens),
        numberText(summary.tokensPerChunk(), 2));
    if (summary.cachedTokens > 0 && summary.promptTokens > 0) {
        text += u"Cache         the server knew %1 % of the prompts' tokens already\n"_s.arg(
            numberText(100 * double(summary.cachedTokens) / double(summary.promptTokens)));
    }
    text += u'\n' + timesText(summary);
    for (const LoadChoice &choice : report.choices) {
        text += u"\n%1: %2; %3 out\n"_s.arg(
            choice.name, countsText(choice.summary), QString::number(choice.summary.outputTokens));
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
    const LoadTrust trust = report.trust();
    text += u"\nTrust         %1\n"_s.arg(trust.level == LoadTrust::Level::Good
            ? u"good: this computer was no limit"_s
            : trust.level == LoadTrust::Level::Doubtful ? u"doubtful"_s
                                                        : u"client-bound, do not quote"_s);
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
    QString text = row({isUsers ? u"users"_s : u"requests/s"_s, u"tokens/s"_s, u"answers/s"_s,
        u"TTFT p50"_s, u"TTFT p95"_s, u"ITL p95"_s, u"failed"_s});
    QList<SweepPoint> points = tried;
    std::ranges::sort(points, {}, &SweepPoint::load);
    for (const SweepPoint &point : points) {
        text += row({numberText(point.load, isUsers ? 0 : 2), numberText(point.summary.tokenRate()),
            numberText(point.summary.requestRate(), 2),
            percentileText(point.summary.time(LoadMetric::TimeToFirstToken), 0.5),
            percentileText(point.summary.time(LoadMetric::TimeToFirstToken), 0.95),
            percentileText(point.summary.time(LoadMetric::InterTokenLatency), 0.95),
            QString::number(point.summary.failed())});
    }
    return text + u'\n' + findingOf(sweep, tried).sentence + u'\n';
}

} // namespace Lorikeet
