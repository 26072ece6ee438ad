// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/precision.h"

#include "base/durationtext.h"
#include "base/invalidrequest.h"
#include "load/jsonmembers.h"
#include "load/quantilerange.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr double risk = 0.05; ///< of all looks together
constexpr double growth = 1.25; ///< of samples, from look to look

double confidenceOf(int look)
{
    constexpr double pi = std::numbers::pi;
    return 1 - risk * 6 / (pi * pi * look * look);
}

QString percentText(double share, int digits = 8)
{
    return QString::number(share * 100, 'g', digits);
}

QString wordOf(const PrecisionGoal &goal)
{
    return toWord(goal.metric) + u"_p"_s + percentText(goal.share);
}

Result<PrecisionGoal> goalFrom(const QString &part)
{
    static const QRegularExpression form(
        uR"(^([a-z0-9_]+)_p(\d+(?:\.\d+)?)\s*=\s*±?\s*(\d+(?:\.\d+)?)\s*%$)"_s);
    const QRegularExpressionMatch match = form.match(part.trimmed());
    const std::optional<LoadMetric> metric = loadMetricFromWord(match.captured(1));
    const PrecisionGoal goal{.metric = metric.value_or(LoadMetric::TimeToFirstToken),
        .share = match.captured(2).toDouble() / 100,
        .within = match.captured(3).toDouble() / 100};
    const bool isGoal = metric && goal.share > 0 && goal.share < 1 && goal.within > 0;
    if (!isGoal) {
        return invalidRequest(
            u"“%1” does not say how well a percentile is to be known. Write it as ttft_p95=±5% or e2e_p50=2%."_s
                .arg(part.trimmed()));
    }
    if (metric == LoadMetric::InterTokenLatency || metric == LoadMetric::Connection) {
        return invalidRequest(
            u"A run cannot wait for “%1”: what it is made of is not independent. Take tpot, ttft or e2e."_s
                .arg(wordOf(goal)));
    }
    return goal;
}

} // namespace

Result<QList<PrecisionGoal>> precisionGoalsFrom(const QString &text)
{
    QList<PrecisionGoal> goals;
    for (const QString &part : text.split(u',')) {
        const Result<PrecisionGoal> goal = goalFrom(part);
        if (!goal) {
            return Failure(goal.error());
        }
        goals += *goal;
    }
    return goals;
}

QString toText(const QList<PrecisionGoal> &goals)
{
    QStringList parts;
    for (const PrecisionGoal &goal : goals) {
        parts += wordOf(goal) + u"=±"_s + percentText(goal.within) + u'%';
    }
    return parts.join(u',');
}

std::optional<double> PrecisionReached::within() const
{
    return range && value > Nanoseconds(0)
        ? std::optional(double((range->second - range->first).count()) / 2 / double(value.count()))
        : std::nullopt;
}

QString PrecisionReached::sentence() const
{
    const QString name = shownName(goal.metric) + u" p"_s + percentText(goal.share);
    const QString asked = u"± %1 %"_s.arg(percentText(goal.within));
    const std::optional<double> width = within();
    if (!width) {
        return u"%1 is not known yet after %2 answers; %3 were asked for."_s.arg(
            name, QString::number(count), asked);
    }
    return u"%1 is %2 ± %3 % after %4 answers; %5 were asked for."_s.arg(
        name, durationText(value), percentText(*width, 2), QString::number(count), asked);
}

QJsonArray toJson(const QList<PrecisionReached> &reached)
{
    QJsonArray array;
    for (const PrecisionReached &each : reached) {
        QJsonObject object{{u"goal"_s, toText(QList{each.goal})}, {u"count"_s, each.count},
            {u"looks"_s, each.looks}, {u"confidence"_s, each.confidence},
            {u"value_ns"_s, qint64(each.value.count())}, {u"reached"_s, each.isReached}};
        if (each.range) {
            object.insert(u"low_ns"_s, qint64(each.range->first.count()));
            object.insert(u"high_ns"_s, qint64(each.range->second.count()));
        }
        array.append(object);
    }
    return array;
}

Result<QList<PrecisionReached>> precisionFrom(const QJsonArray &array)
{
    QList<PrecisionReached> all;
    for (const QJsonValue &value : array) {
        JsonMembers members(value.toObject(), u"“precision”"_s);
        PrecisionReached each;
        QString goal;
        qint64 time = 0;
        qint64 low = 0;
        qint64 high = 0;
        members.read(u"goal"_s, goal);
        members.read(u"count"_s, each.count);
        members.read(u"looks"_s, each.looks);
        members.read(u"confidence"_s, each.confidence);
        members.read(u"value_ns"_s, time);
        members.read(u"reached"_s, each.isReached);
        if (members.value(u"low_ns"_s)) {
            members.read(u"low_ns"_s, low);
            members.read(u"high_ns"_s, high);
            each.range = {Nanoseconds(low), Nanoseconds(high)};
        }
        each.value = Nanoseconds(time);
        members.take(goalFrom(goal), each.goal);
        if (const Result<> read = members.end(); !read) {
            return Failure(read.error());
        }
        all += each;
    }
    return all;
}

PrecisionWatch::PrecisionWatch(const QList<PrecisionGoal> &goals, qint64 least)
    : m_least(least)
    , m_times(goals.size())
{
    for (const PrecisionGoal &goal : goals) {
        m_reached += PrecisionReached{.goal = goal, .range = {}};
    }
}

void PrecisionWatch::add(const LoadSample &sample)
{
    if (!sample.isAnswered()) {
        return;
    }
    for (qsizetype i = 0; i < m_reached.size(); ++i) {
        if (const auto time = timeOf(sample, m_reached[i].goal.metric)) {
            m_times[i].add(*time);
        }
    }
}

bool PrecisionWatch::isReached()
{
    bool isAll = !m_reached.isEmpty();
    for (qsizetype i = 0; i < m_reached.size(); ++i) {
        PrecisionReached &reached = m_reached[i];
        const auto next = qint64(std::ceil(double(reached.count) * growth));
        const qint64 fewest
            = samplesForQuantile(reached.goal.share, confidenceOf(reached.looks + 1));
        if (m_times[i].count() >= std::max({next, fewest, m_least})) {
            look(reached, m_times[i]);
        }
        isAll = isAll && reached.isReached;
    }
    return isAll;
}

void PrecisionWatch::look(PrecisionReached &reached, const LatencyHistogram &times)
{
    const double share = reached.goal.share;
    const auto count = double(times.count());
    ++reached.looks;
    reached.count = times.count();
    reached.confidence = confidenceOf(reached.looks);
    reached.value = *times.quantile(share);
    reached.range.reset();
    if (const auto ranks = quantileRange(times.count(), share, reached.confidence)) {
        reached.range = {*times.quantile(double(ranks->low) / count),
            *times.quantile(double(ranks->high) / count)};
    }
    // A goal that was reached once may be missed at the next look, while others are waited for.
    const std::optional<double> width = reached.within();
    reached.isReached = width && *width <= reached.goal.within;
}

} // namespace Lorikeet
