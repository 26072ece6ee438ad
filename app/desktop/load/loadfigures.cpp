// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadfigures.h"

#include "charts/charttext.h"
#include "load/loadmanners.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What the words of this file are translated with.
struct LoadWords
{
    Q_DECLARE_TR_FUNCTIONS(LoadWords)
};

QString durationOf(const std::optional<Nanoseconds> &time)
{
    return time ? chartText(toSeconds(*time), ChartUnit::Duration) : u"–"_s;
}

/// With as many digits after the point as stay put while it changes.
QString rateText(const std::optional<double> &rate)
{
    return rate ? QLocale().toString(*rate, 'f', *rate >= 100 ? 0 : 1) : u"–"_s;
}

QString tokenRateText(const std::optional<double> &rate, const LoadSummary &counted)
{
    return (counted.estimated > 0 ? u"≈ "_s : QString()) + rateText(rate);
}

QString percentileText(const LatencyHistogram &times, double share)
{
    const std::optional<Percentile> found = percentile(times, share);
    if (!found) {
        return u"–"_s;
    }
    const QString text = durationOf(found->value);
    return found->range ? text : u'(' + text + u')';
}

QString number(qint64 count) { return QLocale().toString(count); }

QString shownItems(LoadTask::Kind task)
{
    switch (task) {
    case LoadTask::Kind::Chat:
        return {};
    case LoadTask::Kind::Embeddings:
        return LoadWords::tr("Texts");
    case LoadTask::Kind::Rerank:
        return LoadWords::tr("Documents");
    }
    Q_UNREACHABLE_RETURN({});
}

QString shareText(qint64 some, qint64 all)
{
    return all > 0 ? chartText(double(some) / double(all), ChartUnit::Share) : u"–"_s;
}

} // namespace

QString loadNumberText(double load)
{
    const bool isWhole = load >= 100 || std::abs(load - std::round(load)) < 0.005;
    return QLocale().toString(load, 'f', isWhole ? 0 : load >= 1 ? 1 : 2);
}

LoadFigures figuresOf(const LiveState &state, const LoadReport &soFar, LoadTask::Kind task)
{
    const bool isChat = task == LoadTask::Kind::Chat;
    LoadFigures figures;
    figures.items = shownItems(task);
    figures.tokenRate
        = isChat ? tokenRateText(state.tokenRate, soFar.summary) : rateText(state.itemRate);
    figures.requestRate = rateText(state.requestRate);
    figures.running = number(state.running);
    figures.answered = number(state.answered);
    figures.failed = number(state.failed);
    figures.failing = state.failed > 0;
    figures.judged = !soFar.plan.objective.isEmpty();
    figures.goodput = rateText(soFar.summary.goodput());
    figures.firstToken50 = durationOf(isChat ? state.firstTokenP50 : state.totalP50);
    figures.firstToken95 = durationOf(isChat ? state.firstTokenP95 : state.totalP95);
    figures.firstToken99 = durationOf(isChat ? state.firstTokenP99 : state.totalP99);
    figures.gap50 = durationOf(state.gapP50);
    figures.gap95 = durationOf(state.gapP95);
    figures.gap99 = durationOf(state.gapP99);
    return figures;
}

LoadFigures figuresOf(const LoadReport &report)
{
    const LoadSummary &summary = report.summary;
    const bool isChat = report.task() == LoadTask::Kind::Chat;
    LoadFigures figures;
    figures.items = shownItems(report.task());
    figures.tokenRate
        = isChat ? tokenRateText(summary.tokenRate(), summary) : rateText(summary.itemRate());
    figures.requestRate = rateText(summary.requestRate());
    figures.running = rateText(summary.heldConcurrency());
    const LoadTick all = report.timeline.sum();
    figures.answered = number(all.answered);
    figures.failed = number(all.failed);
    figures.failing = all.failed > 0;
    figures.judged = !report.plan.objective.isEmpty();
    figures.goodput = rateText(summary.goodput());
    const LatencyHistogram &first
        = summary.time(isChat ? LoadMetric::TimeToFirstToken : LoadMetric::Total);
    figures.firstToken50 = percentileText(first, 0.5);
    figures.firstToken95 = percentileText(first, 0.95);
    figures.firstToken99 = percentileText(first, 0.99);
    const LatencyHistogram &gaps = summary.time(LoadMetric::InterTokenLatency);
    figures.gap50 = percentileText(gaps, 0.5);
    figures.gap95 = percentileText(gaps, 0.95);
    figures.gap99 = percentileText(gaps, 0.99);
    return figures;
}

QList<LoadTimeRow> timeRowsOf(const LoadSummary &summary)
{
    struct Named
    {
        LoadMetric metric;
        QString name;
        QString meaning;
    };

    const std::array named{
        Named{LoadMetric::TimeToFirstToken, LoadWords::tr("TTFT"),
            LoadWords::tr("request written → first text, reasoning or piece of a call")},
        Named{LoadMetric::TimeToFirstVisible, LoadWords::tr("First visible"),
            LoadWords::tr("request written → first text")},
        Named{LoadMetric::InterTokenLatency, LoadWords::tr("ITL"),
            LoadWords::tr("gaps between receptions with tokens")},
        Named{LoadMetric::TimePerOutputToken, LoadWords::tr("TPOT"),
            LoadWords::tr("(last − first token) / (output tokens − 1), of each request")},
        Named{LoadMetric::Total, LoadWords::tr("End to end"),
            LoadWords::tr("request written → end of the answer")},
        Named{LoadMetric::PlannedToFirstToken, LoadWords::tr("TTFT from the plan"),
            LoadWords::tr("the moment it was due → first text, reasoning or piece of a call")},
        Named{LoadMetric::PlannedToEnd, LoadWords::tr("End to end from the plan"),
            LoadWords::tr("the moment it was due → end of the answer")},
        Named{LoadMetric::Lag, LoadWords::tr("Schedule lag"),
            LoadWords::tr("the moment it was due → handed to the client")},
        Named{LoadMetric::Connection, LoadWords::tr("Connection"),
            LoadWords::tr("lookup, connection and TLS, of requests that opened one")},
    };
    QList<LoadTimeRow> rows;
    for (const Named &each : named) {
        const LatencyHistogram &times = summary.time(each.metric);
        if (times.isEmpty()) {
            continue;
        }
        LoadTimeRow row;
        row.name = each.name;
        row.meaning = each.meaning;
        row.values.append(durationOf(times.mean()));
        for (const double share : {0.5, 0.9, 0.95, 0.99}) {
            row.values.append(percentileText(times, share));
        }
        row.values.append(durationOf(times.greatest()));
        rows.append(row);
    }
    return rows;
}

QList<LoadFact> factsOf(const LoadReport &report)
{
    const LoadSummary &summary = report.summary;
    QList<LoadFact> facts;
    const auto add = [&facts](const QString &name, const QString &value) {
        LoadFact fact;
        fact.name = name;
        fact.value = value;
        facts.append(fact);
    };
    const QString approximately = summary.estimated > 0 ? u"≈ "_s : QString();
    add(LoadWords::tr("Measured"),
        chartText(toSeconds(summary.window.length()), ChartUnit::Duration));
    add(LoadWords::tr("Requests due"),
        LoadWords::tr("%1, %2 a second")
            .arg(number(summary.planned), rateText(summary.plannedRate())));
    add(LoadWords::tr("Answered"),
        u"%1 (%2)"_s.arg(number(summary.answered), shareText(summary.answered, summary.planned)));
    if (summary.failed() > 0) {
        add(LoadWords::tr("Failed"),
            u"%1 (%2)"_s.arg(
                number(summary.failed()), shareText(summary.failed(), summary.planned)));
    }
    if (summary.cancelled > 0) {
        add(LoadWords::tr("Cancelled at the end"), number(summary.cancelled));
    }
    add(LoadWords::tr("Under way on average"), rateText(summary.heldConcurrency()));
    if (report.task() == LoadTask::Kind::Chat) {
        add(LoadWords::tr("Speed for a user"),
            LoadWords::tr("%1 tokens/s").arg(rateText(summary.tokenRatePerUser())));
        add(LoadWords::tr("Tokens in"), number(summary.promptTokens));
        add(LoadWords::tr("Tokens out"), approximately + number(summary.outputTokens));
    } else {
        add(shownItems(report.task()),
            LoadWords::tr("%1, %2 a second")
                .arg(number(summary.items), rateText(summary.itemRate())));
        add(LoadWords::tr("Tokens in"),
            summary.promptTokens == 0
                ? u"–"_s
                : LoadWords::tr("%1, %2 a second")
                      .arg(number(summary.promptTokens), rateText(summary.promptTokenRate())));
    }
    if (const std::optional<double> each = summary.tokensPerChunk()) {
        add(LoadWords::tr("Tokens in a piece"), QLocale().toString(*each, 'f', 2));
    }
    if (summary.reasoningTokens > 0) {
        add(LoadWords::tr("Of these reasoning"), number(summary.reasoningTokens));
    }
    if (summary.cachedTokens > 0) {
        add(LoadWords::tr("Prompt known to the server"),
            shareText(summary.cachedTokens, summary.promptTokens));
    }
    if (summary.cutByLength > 0) {
        add(LoadWords::tr("Ended by their limit"),
            shareText(summary.cutByLength, summary.answered));
    }
    if (summary.stalled > Nanoseconds(0)) {
        add(LoadWords::tr("Stalled, all together"), durationOf(summary.stalled));
    }
    add(LoadWords::tr("Kept connections"), shareText(summary.reusedConnections, summary.began));
    if (report.cost) {
        add(LoadWords::tr("Cost, all requests"),
            approximately + costText(*report.cost, report.plan.price.currency));
    }
    const ServerTimeline &server = report.server.timeline;
    if (const auto most = server.most(ServerFigure::Waiting, summary.window)) {
        add(LoadWords::tr("Waiting at the server, most"), number(qRound64(*most)));
    }
    if (const auto most = server.most(ServerFigure::KvCache, summary.window)) {
        add(LoadWords::tr("KV cache in use, most"), chartText(*most, ChartUnit::Share));
    }
    return facts;
}

QList<LoadChoiceRow> choiceRowsOf(const QList<LoadChoice> &choices)
{
    qint64 all = 0;
    for (const LoadChoice &choice : choices) {
        all += choice.summary.planned;
    }
    QList<LoadChoiceRow> rows;
    for (const LoadChoice &choice : choices) {
        const LoadSummary &summary = choice.summary;
        LoadChoiceRow row;
        row.name = choice.name;
        row.look = int(rows.size());
        row.requests = number(summary.answered);
        row.failed = number(summary.failed());
        row.tokens = summary.isOfItems()
            ? u"–"_s
            : (summary.estimated > 0 ? u"≈ "_s : QString()) + number(summary.outputTokens);
        const LatencyHistogram &first = summary.time(LoadMetric::TimeToFirstToken);
        row.firstToken50 = percentileText(first, 0.5);
        row.firstToken95 = percentileText(first, 0.95);
        row.total95 = percentileText(summary.time(LoadMetric::Total), 0.95);
        row.share = all > 0 ? double(summary.planned) / double(all) : 0;
        rows.append(row);
    }
    return rows;
}

QList<LoadVerdict> verdictRowsOf(const LoadReport &report)
{
    QList<LoadVerdict> rows;
    for (const LimitVerdict &verdict : report.verdicts()) {
        LoadVerdict row;
        row.sentence = verdict.sentence;
        row.kept = verdict.isKept;
        row.known = verdict.isKnown;
        rows.append(row);
    }
    return rows;
}

QList<LoadFact> failuresOf(const LoadSummary &summary)
{
    QList<std::pair<qint64, QString>> kinds;
    for (const auto &[kind, count] : summary.failures.asKeyValueRange()) {
        kinds.append({count, kind});
    }
    std::ranges::sort(kinds, std::ranges::greater());
    QList<LoadFact> facts;
    for (const auto &[count, kind] : std::as_const(kinds)) {
        LoadFact fact;
        fact.name = QString(kind).replace(u'_', u' ');
        fact.value = number(count);
        facts.append(fact);
    }
    return facts;
}

} // namespace Lorikeet
