// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compareranking.h"

#include "compare/lane.h"
#include "model/timeshares.h"
#include "timeline/metricsline.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

struct Figure
{
    QString label;
    QString definition;
    bool lowestFirst = true;
    std::function<std::optional<double>(const ChatNode &)> value;
    std::function<QString(const ChatNode &)> text;
};

struct Entry
{
    RankedLane lane;
    double value = 0;
};

std::optional<double> nanoseconds(const std::optional<Nanoseconds> &time)
{
    return time ? std::optional(double(time->count())) : std::nullopt;
}

QString duration(double nanoseconds)
{
    return MetricsLine::duration(Nanoseconds(std::llround(nanoseconds)));
}

/// One that was cut off was not faster or cheaper for it.
bool counts(const ChatNode *answer) { return answer && answer->state == ChatNode::State::Complete; }

Figure timeFigure(const QString &label, const QString &definition,
    const std::function<std::optional<double>(const ChatNode &)> &value)
{
    return {label, definition, true, value,
        [value](const ChatNode &node) { return duration(*value(node)); }};
}

std::optional<double> serverTime(const ChatNode &node)
{
    const auto shares = shareTimes(node.serverTiming, node.metrics.total);
    return shares ? std::optional(double(shares->server.count())) : std::nullopt;
}

std::optional<double> timeElsewhere(const ChatNode &node)
{
    const auto shares = shareTimes(node.serverTiming, node.metrics.total);
    return shares ? nanoseconds(shares->difference) : std::nullopt;
}

QList<RankedLane> lanesOf(const QList<Entry> &entries)
{
    QList<RankedLane> lanes;
    for (const Entry &entry : entries) {
        lanes.append(entry.lane);
    }
    return lanes;
}

} // namespace

QString CompareRanking::amount(double value)
{
    const int decimals = value > 0 ? std::clamp(2 - int(std::floor(std::log10(value))), 2, 9) : 2;
    return QLocale().toString(value, 'f', decimals);
}

QList<RankedFigure> CompareRanking::of(const QList<RankedAnswer> &answers)
{
    const QLocale locale;
    const QList<Figure> figures{
        timeFigure(tr("TTFT"), metricDefinition(u"ttft"),
            [](const ChatNode &node) { return nanoseconds(node.metrics.timeToFirstToken); }),
        {tr("speed, tok/s"), metricDefinition(u"speed"), false,
            [](const ChatNode &node) { return node.metrics.tokensPerSecond; },
            [&](const ChatNode &node) {
                return locale.toString(*node.metrics.tokensPerSecond, 'f', 1);
            }},
        {tr("out, tok"), metricDefinition(u"output_tokens"), true,
            [](const ChatNode &node) {
                const std::optional<qint64> &count = node.metrics.outputTokens;
                return count ? std::optional(double(*count)) : std::nullopt;
            },
            [&](const ChatNode &node) {
                const QString count = locale.toString(*node.metrics.outputTokens);
                return node.metrics.outputTokensEstimated ? u"≈ "_s + count : count;
            }},
        timeFigure(tr("total"), metricDefinition(u"total"),
            [](const ChatNode &node) { return nanoseconds(node.metrics.total); }),
        timeFigure(tr("server"), MetricsLine::serverDefinition(), serverTime),
        timeFigure(tr("network + queue"), MetricsLine::differenceDefinition(), timeElsewhere),
    };
    QList<RankedFigure> ranking;
    for (const Figure &figure : figures) {
        QList<Entry> entries;
        for (int place = 0; place < answers.size(); ++place) {
            const ChatNode *answer = answers[place].answer;
            if (!counts(answer)) {
                continue;
            }
            if (const std::optional<double> value = figure.value(*answer)) {
                entries.append(
                    {{.place = place, .letter = laneLetter(place), .value = figure.text(*answer)},
                        figure.lowestFirst ? *value : -*value});
            }
        }
        if (entries.size() < 2) {
            continue;
        }
        std::ranges::stable_sort(entries, {}, &Entry::value);
        ranking.append({.label = figure.label,
            .definition = figure.definition,
            .ranked = true,
            .cost = false,
            .lanes = lanesOf(entries)});
    }
    const auto counted = std::ranges::count_if(
        answers, [](const RankedAnswer &answer) { return counts(answer.answer); });
    if (counted >= 2) {
        ranking.append(costs(answers));
    }
    if (const std::optional<RankedFigure> rates = passRates(answers)) {
        ranking.append(*rates);
    }
    return ranking;
}

std::optional<RankedFigure> CompareRanking::passRates(const QList<RankedAnswer> &answers)
{
    QList<Entry> entries;
    int most = 0;
    for (int place = 0; place < answers.size(); ++place) {
        const PassRate &rate = answers[place].passRate;
        if (const std::optional<Interval> share = rate.share()) {
            entries.append({{.place = place,
                                .letter = laneLetter(place),
                                .value = MetricsLine::passRate(rate)},
                -share->value});
            most = std::max(most, rate.checked);
        }
    }
    if (most < 2) {
        return std::nullopt;
    }
    std::ranges::stable_sort(entries, {}, &Entry::value);
    return RankedFigure{.label = tr("pass rate"),
        .definition = MetricsLine::passRateDefinition(),
        .ranked = entries.size() > 1,
        .cost = false,
        .lanes = lanesOf(entries)};
}

RankedFigure CompareRanking::costs(const QList<RankedAnswer> &answers)
{
    QList<Entry> priced;
    QList<Entry> unpriced;
    QStringList currencies;
    bool isPriced = false;
    for (int place = 0; place < answers.size(); ++place) {
        const ChatNode *answer = answers[place].answer;
        const TokenPrice &price = answers[place].price;
        if (!counts(answer)) {
            continue;
        }
        RankedLane lane{.place = place, .letter = laneLetter(place), .value = {}};
        isPriced = isPriced || !price.isEmpty();
        if (price.isEmpty()) {
            lane.value = tr("no price");
            unpriced.append({lane, 0});
        } else if (const std::optional<double> cost = costOf(price, answer->metrics)) {
            const QString sign = answer->metrics.outputTokensEstimated ? u"≈ "_s : QString();
            lane.value = (sign + amount(*cost) + u' ' + price.currency).trimmed();
            priced.append({lane, *cost});
            currencies.append(price.currency);
        } else {
            lane.value = tr("no token count");
            unpriced.append({lane, 0});
        }
    }
    currencies.removeDuplicates();
    const bool isRanked = priced.size() > 1 && currencies.size() == 1;
    if (isRanked) {
        std::ranges::stable_sort(priced, {}, &Entry::value);
    }
    RankedFigure figure{.label = isPriced ? tr("cost") : tr("cost: no price"),
        .definition = tr("Tokens read and written, at the prices in the table."),
        .ranked = isRanked,
        .cost = true,
        .lanes = isPriced ? lanesOf(priced + unpriced) : QList<RankedLane>()};
    if (currencies.size() > 1) {
        figure.definition += u' ' + tr("Different currencies are not ranked.");
    }
    return figure;
}

} // namespace Lorikeet
