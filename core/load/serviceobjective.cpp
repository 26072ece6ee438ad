// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/serviceobjective.h"

#include "base/durationtext.h"
#include "load/loadsample.h"
#include "load/loadsummary.h"
#include "load/quantilerange.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

struct MetricName
{
    LoadMetric metric;
    QLatin1StringView word;
    QLatin1StringView shown;
};

constexpr std::array names{
    MetricName{LoadMetric::TimeToFirstToken, "ttft"_L1, "TTFT"_L1},
    MetricName{LoadMetric::TimeToFirstVisible, "first_visible"_L1, "First visible token"_L1},
    MetricName{LoadMetric::InterTokenLatency, "itl"_L1, "ITL"_L1},
    MetricName{LoadMetric::TimePerOutputToken, "tpot"_L1, "TPOT"_L1},
    MetricName{LoadMetric::Total, "e2e"_L1, "End-to-end latency"_L1},
    MetricName{LoadMetric::PlannedToFirstToken, "ttft_planned"_L1, "TTFT from the plan"_L1},
    MetricName{LoadMetric::PlannedToEnd, "e2e_planned"_L1, "End-to-end latency from the plan"_L1},
    MetricName{LoadMetric::Lag, "lag"_L1, "Schedule lag"_L1},
    MetricName{LoadMetric::Connection, "connect"_L1, "Connection time"_L1},
};

const MetricName &nameOf(LoadMetric metric) { return names[static_cast<std::size_t>(metric)]; }

/// 0.999 as "99.9".
QString percentText(double share) { return QString::number(share * 100, 'g', 8); }

Failure wrong(const QString &part, const QString &why)
{
    return fail(ApiError::Kind::InvalidRequest,
        u"“%1” is no service-level objective: %2. Write it as ttft_p95=500ms, itl_p99=50ms or errors=1%."_s
            .arg(part, why));
}

std::optional<Nanoseconds> durationFrom(const QString &text)
{
    static const QRegularExpression form(uR"(^(\d+(?:\.\d+)?|\.\d+)\s*(us|µs|ms|s|min)$)"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const QString unit = match.captured(2);
    const double nanoseconds = unit == "min"_L1 ? 6e10
        : unit == "s"_L1                        ? 1e9
        : unit == "ms"_L1                       ? 1e6
                                                : 1e3;
    return Nanoseconds(std::llround(match.captured(1).toDouble() * nanoseconds));
}

Result<LatencyLimit> limitFrom(const QString &part, const QString &name, const QString &value)
{
    const qsizetype cut = name.lastIndexOf("_p"_L1);
    const std::optional<LoadMetric> metric
        = loadMetricFromWord(name.left(std::max<qsizetype>(cut, 0)));
    bool isNumber = false;
    const double share = QStringView(name).mid(cut + 2).toDouble(&isNumber) / 100;
    if (cut < 0 || !metric || !isNumber) {
        QStringList words;
        for (const MetricName &known : names) {
            words += QString(known.word);
        }
        return wrong(part,
            u"its name is one of %1, and then _p and a percentile"_s.arg(words.join(u", "_s)));
    }
    if (share <= 0 || share >= 1) {
        return wrong(part, u"a percentile lies between 0 and 100"_s);
    }
    const std::optional<Nanoseconds> limit = durationFrom(value);
    if (!limit || *limit <= Nanoseconds(0)) {
        return wrong(part, u"its limit is a time in us, ms, s or min"_s);
    }
    return LatencyLimit{.metric = *metric, .share = share, .limit = *limit};
}

/// Whether it is a time of each request; of others those that never ended are not missing.
bool isOfRequests(LoadMetric metric)
{
    return metric != LoadMetric::InterTokenLatency && metric != LoadMetric::Lag
        && metric != LoadMetric::Connection;
}

/// Requests that were due and had no answer, failures apart.
qint64 unanswered(const LoadSummary &summary)
{
    return std::max(summary.cancelled, summary.planned - summary.answered - summary.failed());
}

/// With what had no answer as slower than any limit; empty: it is kept all the same.
QString missedBy(const LoadSummary &summary, const LatencyLimit &limit)
{
    const qint64 lost = summary.failed() + unanswered(summary);
    const LatencyHistogram &times = summary.time(limit.metric);
    const qint64 all = times.count() + lost;
    const qint64 within = times.countUpTo(limit.limit);
    if (lost == 0 || !isOfRequests(limit.metric)
        || double(within) >= limit.share * double(all) * (1 - 1e-12)) {
        return {};
    }
    return u" But %1 of %2 requests had no answer, so that %3 % kept to the limit."_s.arg(
        QString::number(lost), QString::number(all),
        QString::number(100 * double(within) / double(all), 'f', 1));
}

LimitVerdict verdictOf(const LoadSummary &summary, const LatencyLimit &limit, bool isWhole)
{
    const MetricName &name = nameOf(limit.metric);
    LimitVerdict verdict;
    verdict.word = QString(name.word) + u"_p"_s + percentText(limit.share);
    const LatencyHistogram &times = summary.time(limit.metric);
    const std::optional<Percentile> found = percentile(times, limit.share);
    if (!found) {
        verdict.isKnown = false;
        verdict.sentence = u"%1 p%2 is not known: no answer has one."_s.arg(
            name.shown, percentText(limit.share));
        return verdict;
    }
    verdict.isKept = found->value <= limit.limit;
    verdict.isKnown = found->range.has_value();
    verdict.sentence = u"%1 p%2 was %3; the limit is %4."_s.arg(name.shown,
        percentText(limit.share), durationText(found->value), durationText(limit.limit));
    if (const QString missed = isWhole && verdict.isKept ? missedBy(summary, limit) : QString();
        !missed.isEmpty()) {
        verdict.isKept = false;
        verdict.sentence += missed;
    }
    if (!verdict.isKnown) {
        verdict.sentence += u" There are %1 samples; fewer than %2 say little of it."_s.arg(
            QString::number(times.count()), QString::number(samplesForQuantile(limit.share)));
    }
    return verdict;
}

} // namespace

QString shownName(LoadMetric metric) { return nameOf(metric).shown; }

std::optional<Nanoseconds> timeOf(const LoadSample &sample, LoadMetric metric)
{
    switch (metric) {
    case LoadMetric::TimeToFirstToken:
        return sample.timeToFirstToken();
    case LoadMetric::TimeToFirstVisible:
        return sample.timeToFirstVisible();
    case LoadMetric::InterTokenLatency:
        return sample.longestGap;
    case LoadMetric::TimePerOutputToken:
        return sample.timePerOutputToken();
    case LoadMetric::Total:
        return sample.total();
    case LoadMetric::PlannedToFirstToken:
        return sample.plannedToFirstToken();
    case LoadMetric::PlannedToEnd:
        return sample.plannedToEnd();
    case LoadMetric::Lag:
        return sample.lag();
    case LoadMetric::Connection:
        return std::nullopt;
    }
    return std::nullopt;
}

QString toWord(LoadMetric metric) { return nameOf(metric).word; }

std::optional<LoadMetric> loadMetricFromWord(QStringView word)
{
    const auto *found
        = std::ranges::find_if(names, [word](const MetricName &name) { return name.word == word; });
    return found != names.end() ? std::optional(found->metric) : std::nullopt;
}

const QList<LoadMetric> &loadMetrics()
{
    static const QList<LoadMetric> all = [] {
        QList<LoadMetric> metrics;
        for (const MetricName &name : names) {
            metrics += name.metric;
        }
        return metrics;
    }();
    return all;
}

Result<ServiceObjective> serviceObjectiveFrom(const QString &text)
{
    ServiceObjective objective;
    for (const QString &untrimmed : text.split(u',', Qt::SkipEmptyParts)) {
        const QString part = untrimmed.trimmed();
        const qsizetype equals = part.indexOf(u'=');
        if (equals <= 0) {
            return wrong(part, u"there is no = in it"_s);
        }
        const QString name = part.left(equals).trimmed();
        const QString value = part.mid(equals + 1).trimmed();
        if (name == "errors"_L1) {
            bool isNumber = false;
            const double percent
                = QStringView(value).chopped(value.endsWith(u'%') ? 1 : 0).toDouble(&isNumber);
            if (!isNumber || !value.endsWith(u'%') || percent < 0 || percent > 100) {
                return wrong(part, u"errors are limited by a percentage"_s);
            }
            objective.failures = percent / 100;
            continue;
        }
        const Result<LatencyLimit> limit = limitFrom(part, name, value);
        if (!limit) {
            return Failure(limit.error());
        }
        objective.limits += *limit;
    }
    if (objective.isEmpty()) {
        return wrong(text, u"it is empty"_s);
    }
    return objective;
}

QString toText(const ServiceObjective &objective)
{
    QStringList parts;
    for (const LatencyLimit &limit : objective.limits) {
        const double milliseconds = toMilliseconds(limit.limit);
        parts += toWord(limit.metric) + u"_p"_s + percentText(limit.share) + u'='
            + QString::number(milliseconds, 'g', 12) + u"ms"_s;
    }
    if (objective.failures) {
        parts += u"errors=%1%"_s.arg(percentText(*objective.failures));
    }
    return parts.join(u',');
}

bool isGood(const LoadSample &sample, const ServiceObjective &objective)
{
    if (!sample.isAnswered()) {
        return false;
    }
    return std::ranges::all_of(objective.limits, [&](const LatencyLimit &limit) {
        Nanoseconds loosest = limit.limit;
        for (const LatencyLimit &other : objective.limits) {
            if (other.metric == limit.metric) {
                loosest = std::max(loosest, other.limit);
            }
        }
        if (limit.metric == LoadMetric::Connection) {
            return true; // not every request opens one
        }
        const std::optional<Nanoseconds> time = timeOf(sample, limit.metric);
        // A single token has no gap behind it.
        const bool cannotHave
            = limit.metric == LoadMetric::TimePerOutputToken && sample.countedTokens() <= 1;
        return time ? *time <= loosest : cannotHave;
    });
}

QList<LimitVerdict> verdictsOf(
    const LoadSummary &summary, const ServiceObjective &objective, bool isWhole)
{
    QList<LimitVerdict> verdicts;
    for (const LatencyLimit &limit : objective.limits) {
        verdicts += verdictOf(summary, limit, isWhole);
    }
    if (objective.failures) {
        LimitVerdict verdict;
        verdict.word = u"errors"_s;
        const qint64 missing = isWhole ? unanswered(summary) : 0;
        const qint64 lost = summary.failed() + missing;
        const qint64 all = summary.answered + lost;
        const double share = all > 0 ? double(lost) / double(all) : 1;
        verdict.isKnown = all > 0;
        verdict.isKept = share <= *objective.failures;
        verdict.sentence = all == 0
            ? u"No request has ended."_s
            : u"%1 % of the requests %2; the limit is %3 %."_s.arg(
                  QString::number(share * 100, 'f', 2),
                  missing > 0 ? u"failed or had no answer when the run ended"_s : u"failed"_s,
                  percentText(*objective.failures));
        verdicts += verdict;
    }
    return verdicts;
}

} // namespace Lorikeet
