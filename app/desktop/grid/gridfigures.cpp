// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridfigures.h"

#include "intervaltext.h"
#include "timeline/metricsline.h"

#include <QJsonArray>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString figure(double value) { return QLocale().toString(value, 'g', 3); }

QString timeMean(const QString &pattern, const Interval &mean)
{
    return pattern.arg(timeText(mean.value), timeText(mean.low), timeText(mean.high));
}

QString meanText(const QString &pattern, const Interval &mean)
{
    return pattern.arg(figure(mean.value), figure(mean.low), figure(mean.high));
}

QStringList meansOf(const GridSummary &summary)
{
    QStringList means;
    if (summary.seconds) {
        means.append(timeMean(LaneFigures::tr("total %1 (%2–%3)"), *summary.seconds));
    }
    if (summary.secondsToFirstToken) {
        means.append(timeMean(LaneFigures::tr("TTFT %1 (%2–%3)"), *summary.secondsToFirstToken));
    }
    if (summary.outputTokens) {
        means.append(meanText(LaneFigures::tr("%1 tokens (%2–%3)"), *summary.outputTokens));
    }
    return means;
}

QString laneName(qsizetype place, const QString &name)
{
    return u"%1 · %2"_s.arg(laneLetter(place), name);
}

QString factsOf(const QJsonObject &metrics)
{
    QStringList facts;
    const auto add = [&](const QString &member, const QString &pattern) {
        if (const QJsonValue value = metrics[member]; value.isDouble()) {
            facts.append(pattern.arg(timeText(value.toDouble() * 1e-9)));
        }
    };
    add(u"total_ns"_s, GridAnswer::tr("total %1"));
    add(u"ttft_ns"_s, GridAnswer::tr("TTFT %1"));
    if (const QJsonValue tokens = metrics[u"output_tokens"_s]; tokens.isDouble()) {
        facts.append(GridAnswer::tr("out %1").arg(QLocale().toString(tokens.toInteger())));
    }
    return facts.join(u" · "_s);
}

} // namespace

QString timeText(double seconds) { return MetricsLine::duration(fromSeconds(seconds)); }

QList<LaneFigures> figuresOf(const GridPlan &plan, const QList<GridSummary> &summaries)
{
    QList<LaneFigures> all;
    for (qsizetype place = 0; place < summaries.size(); ++place) {
        const GridSummary &summary = summaries.at(place);
        LaneFigures lane{.place = int(place), .name = laneName(place, summary.name)};
        lane.counts = summary.failed == 0
            ? LaneFigures::tr("%1 answered").arg(QLocale().toString(summary.answered))
            : LaneFigures::tr("%1 answered, %2 failed requests")
                  .arg(QLocale().toString(summary.answered), QLocale().toString(summary.failed));
        if (summary.allPassed && !plan.assertions.isEmpty()) {
            const Interval &passed = *summary.allPassed;
            lane.passed = IntervalText::share(passed);
            lane.interval = IntervalText::range(passed);
            lane.share = passed.value;
            lane.low = passed.low;
            lane.high = passed.high;
        }
        for (qsizetype i = 0; i < plan.assertions.size() && plan.assertions.size() > 1; ++i) {
            if (const auto &passed = summary.passed.at(i)) {
                lane.checks.append(LaneFigures::tr("%1 %2", "share, what is demanded")
                        .arg(IntervalText::both(*passed), plan.assertions.at(i).spec));
            }
        }
        lane.means = meansOf(summary);
        all.append(lane);
    }
    return all;
}

QList<GridAnswer> answersOf(const GridPlan &plan, const GridResults &results, qsizetype row)
{
    QList<GridAnswer> answers;
    for (qsizetype lane = 0; lane < plan.lanes.size() && row < plan.rows.size(); ++lane) {
        for (int sample = 0; sample < plan.samples; ++sample) {
            GridAnswer answer{.place = int(lane), .name = laneName(lane, plan.lanes.at(lane).name)};
            if (plan.samples > 1) {
                answer.name = GridAnswer::tr("%1, sample %2").arg(answer.name).arg(sample + 1);
            }
            const auto found
                = results.constFind(plan.index({.row = row, .lane = lane, .sample = sample}));
            if (found != results.constEnd()) {
                answer.asked = true;
                answer.text = found->value(u"text"_s).toString();
                answer.error = found->value(u"error"_s)[u"message"_s].toString();
                answer.facts = factsOf(found->value(u"metrics"_s).toObject());
                for (const QJsonValue &check : found->value(u"checks"_s).toArray()) {
                    const QString spec = check[u"assertion"_s].toString();
                    if (check[u"passed"_s].toBool()) {
                        answer.passed.append(spec);
                    } else {
                        answer.failed.append(
                            GridAnswer::tr("%1: %2").arg(spec, check[u"why"_s].toString()));
                    }
                }
            }
            answers.append(answer);
        }
    }
    return answers;
}

} // namespace Lorikeet
