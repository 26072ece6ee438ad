// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compareranking.h"

#include "compare/lane.h"
#include "timeline/metricsline.h"

#include <QLocale>

#include <algorithm>
#include <functional>
#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

struct Figure
{
    QString label;
    QStringView definition;
    bool lowestFirst = true;
    std::function<std::optional<double>(const ChatMetrics &)> value;
    std::function<QString(const ChatMetrics &)> text;
};

std::optional<double> nanoseconds(const std::optional<Nanoseconds> &time)
{
    return time ? std::optional(double(time->count())) : std::nullopt;
}

} // namespace

QList<RankedFigure> CompareRanking::of(const QList<const ChatNode *> &answers)
{
    const QLocale locale;
    const QList<Figure> figures{
        {tr("TTFT"), u"ttft", true,
            [](const ChatMetrics &m) { return nanoseconds(m.timeToFirstToken); },
            [](const ChatMetrics &m) { return MetricsLine::duration(*m.timeToFirstToken); }},
        {tr("speed, tok/s"), u"speed", false,
            [](const ChatMetrics &m) { return m.tokensPerSecond; },
            [&](const ChatMetrics &m) { return locale.toString(*m.tokensPerSecond, 'f', 1); }},
        {tr("out, tok"), u"output_tokens", true,
            [](const ChatMetrics &m) {
                return m.outputTokens ? std::optional(double(*m.outputTokens)) : std::nullopt;
            },
            [&](const ChatMetrics &m) {
                const QString count = locale.toString(*m.outputTokens);
                return m.outputTokensEstimated ? u"≈ "_s + count : count;
            }},
        {tr("total"), u"total", true, [](const ChatMetrics &m) { return nanoseconds(m.total); },
            [](const ChatMetrics &m) { return MetricsLine::duration(*m.total); }},
    };
    QList<RankedFigure> ranking;
    for (const Figure &figure : figures) {
        struct Entry
        {
            RankedLane lane;
            double value;
        };

        QList<Entry> entries;
        for (int place = 0; place < answers.size(); ++place) {
            const ChatNode *answer = answers[place];
            // One that was cut off was not faster for it.
            if (!answer || answer->state != ChatNode::State::Complete) {
                continue;
            }
            if (const std::optional<double> value = figure.value(answer->metrics)) {
                entries.append({{.place = place,
                                    .letter = laneLetter(place),
                                    .value = figure.text(answer->metrics)},
                    figure.lowestFirst ? *value : -*value});
            }
        }
        if (entries.size() < 2) {
            continue;
        }
        std::ranges::stable_sort(entries, {}, &Entry::value);
        RankedFigure ranked{
            .label = figure.label, .definition = metricDefinition(figure.definition)};
        for (const Entry &entry : std::as_const(entries)) {
            ranked.lanes.append(entry.lane);
        }
        ranking.append(ranked);
    }
    return ranking;
}

} // namespace Lorikeet
