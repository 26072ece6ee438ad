// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/loaddocument.h"

#include "base/durationtext.h"
#include "base/logging.h"
#include "loadresults/documentnotes.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Tone = DocumentLine::Tone;

constexpr qsizetype slowestShown = 15;

struct DocumentMetric
{
    LoadMetric metric;
    QLatin1StringView name;
    QLatin1StringView definition;
};

constexpr std::array documentMetrics{
    DocumentMetric{LoadMetric::TimeToFirstToken, "TTFT"_L1,
        "time to first token: request written → first text, reasoning or piece of a call"_L1},
    DocumentMetric{
        LoadMetric::TimeToFirstVisible, "First visible"_L1, "request written → first text"_L1},
    DocumentMetric{LoadMetric::InterTokenLatency, "ITL"_L1,
        "inter-token latency: gaps between receptions with tokens, all requests together"_L1},
    DocumentMetric{LoadMetric::TimePerOutputToken, "TPOT"_L1,
        "time per output token: (last − first token) / (output tokens − 1), of each request"_L1},
    DocumentMetric{LoadMetric::Total, "End to end"_L1, "request written → end of the answer"_L1},
    DocumentMetric{LoadMetric::PlannedToFirstToken, "TTFT from the plan"_L1,
        "the same from the moment the request was due"_L1},
    DocumentMetric{LoadMetric::PlannedToEnd, "End to end from the plan"_L1,
        "likewise: what a user waits where the load does not wait for him"_L1},
    DocumentMetric{LoadMetric::Lag, "Schedule lag"_L1, "due → handed to the client"_L1},
    DocumentMetric{LoadMetric::Connection, "Connection"_L1,
        "lookup, connection and TLS, of requests that opened one"_L1},
};

QString decimal(const std::optional<double> &number, int digits = 1)
{
    return number ? QString::number(*number, 'f', digits) : u"–"_s;
}

QString loadText(const LoadResult &result, double load)
{
    return loadText(result.sweep->kind, load);
}

QString timeCell(const LatencyHistogram &times, double share)
{
    const std::optional<Percentile> found = percentile(times, share);
    if (!found) {
        return u"–"_s;
    }
    return found->range ? u"%1 (%2 … %3)"_s.arg(durationText(found->value),
                              durationText(found->range->first), durationText(found->range->second))
                        : u"%1 ✱"_s.arg(durationText(found->value));
}

DocumentTable timesTable(const LoadSummary &summary)
{
    DocumentTable table{
        .head = {u"Time"_s, u"mean"_s, u"p50"_s, u"p90"_s, u"p95"_s, u"p99"_s, u"of"_s},
        .rows = {}};
    for (const DocumentMetric &metric : documentMetrics) {
        const LatencyHistogram &times = summary.time(metric.metric);
        if (times.isEmpty()) {
            continue;
        }
        QStringList row{metric.name, durationText(*times.mean())};
        for (const double share : {0.5, 0.9, 0.95, 0.99}) {
            row += timeCell(times, share);
        }
        row += QString::number(times.count());
        table.rows += row;
    }
    return table;
}

const QString timesNote
    = u"In brackets: between which the true value lies, with 95 % confidence. ✱: too few samples to rely on."_s;

/// "Texts".
QString shownItems(LoadTask::Kind task)
{
    const QString items = itemsName(task);
    return items.left(1).toUpper() + items.sliced(1);
}

/// The figures a person looks for first.
DocumentTable mainFigures(const LoadReport &report)
{
    const LoadSummary &summary = report.summary;
    const bool isChat = report.task() == LoadTask::Kind::Chat;
    const QString about = summary.estimated > 0 ? u"≈ "_s : QString();
    DocumentTable table{.head = {u"Figure"_s, u"Value"_s}, .rows = {}};
    if (isChat) {
        table.rows += {u"Output tokens a second"_s, about + decimal(summary.tokenRate())};
    } else {
        table.rows += {shownItems(report.task()) + u" a second"_s, decimal(summary.itemRate())};
        table.rows += {u"Input tokens a second"_s, decimal(summary.promptTokenRate())};
    }
    table.rows += {u"Answers a second"_s,
        u"%1 (%2 due)"_s.arg(decimal(summary.requestRate(), 2), decimal(summary.plannedRate(), 2))};
    if (isChat) {
        table.rows += {u"Tokens a second of one user"_s, decimal(summary.tokenRatePerUser())};
    }
    table.rows += {u"Under way on average"_s, decimal(summary.heldConcurrency())};
    table.rows += {u"Requests"_s,
        u"%1 due, %2 answered, %3 failed, %4 cancelled"_s.arg(QString::number(summary.planned),
            QString::number(summary.answered), QString::number(summary.failed()),
            QString::number(summary.cancelled))};
    if (!isChat) {
        table.rows += {shownItems(report.task()), QString::number(summary.items)};
        table.rows += {u"Tokens in"_s,
            summary.promptTokens > 0 ? QString::number(summary.promptTokens) : u"–"_s};
        return table;
    }
    table.rows += {u"Tokens"_s,
        u"%1 in, %2%3 out, %4 a piece"_s.arg(QString::number(summary.promptTokens), about,
            QString::number(summary.outputTokens), decimal(summary.tokensPerChunk(), 2))};
    if (summary.cachedTokens > 0 && summary.promptTokens > 0) {
        table.rows += {u"Prompt tokens the server knew"_s,
            u"%1 %"_s.arg(
                decimal(100 * double(summary.cachedTokens) / double(summary.promptTokens)))};
    }
    if (summary.stalled > Nanoseconds(0)) {
        table.rows += {u"Stalls, of all together"_s, durationText(summary.stalled)};
    }
    return table;
}

QList<DocumentLine> verdictLines(const LoadReport &report)
{
    QList<DocumentLine> lines;
    const QList<LimitVerdict> verdicts = report.verdicts();
    if (verdicts.isEmpty()) {
        return {{Tone::Plain, u"There was no objective to keep to."_s}};
    }
    const bool isKept = std::ranges::all_of(verdicts, &LimitVerdict::isKept);
    lines.append({isKept ? Tone::Good : Tone::Bad,
        isKept ? u"It kept to its objective."_s : u"It missed its objective."_s});
    for (const LimitVerdict &verdict : verdicts) {
        lines.append({verdict.isKept ? Tone::Good : Tone::Bad,
            (verdict.isKept ? u"Kept: "_s : u"Missed: "_s) + verdict.sentence
                + (verdict.isKnown ? QString() : u" There are too few samples to be sure."_s)});
    }
    lines.append({Tone::Plain,
        u"Goodput: %1 answers a second kept to all of it."_s.arg(
            decimal(report.summary.goodput(), 2))});
    return lines;
}

QList<DocumentLine> trustLines(const LoadTrust &trust)
{
    const Tone tone = trust.level == LoadTrust::Level::Good ? Tone::Good
        : trust.level == LoadTrust::Level::Doubtful         ? Tone::Warning
                                                            : Tone::Bad;
    QList<DocumentLine> lines{
        {tone, u"Can these figures be trusted? "_s + trustText(trust.level) + u'.'}};
    for (const QString &reason : trust.reasons) {
        lines.append({Tone::Plain, reason});
    }
    return lines;
}

QList<DocumentLine> endLines(const LoadReport &report)
{
    if (report.end == "finished"_L1) {
        return {};
    }
    return {{Tone::Warning,
        u"The run did not go to its end (%1). %2"_s.arg(report.end, report.problem).trimmed()}};
}

/// Why a request was slow, as far as it shows.
QString reasonOf(const LoadSample &sample)
{
    QStringList reasons;
    const auto total = sample.total().value_or(Nanoseconds(0));
    const auto add = [&](const std::optional<Nanoseconds> &time, const QString &what) {
        if (time && *time * 5 >= total && *time >= Milliseconds(1)) {
            reasons += u"%1 %2"_s.arg(durationText(*time), what);
        }
    };
    add(sample.lag(), u"before it left"_s);
    if (!sample.connectionReused) {
        add(between(sample.began, sample.secured ? sample.secured : sample.connected),
            u"to connect"_s);
    }
    add(sample.timeToFirstToken(), u"to the first token"_s);
    add(sample.longestGap, u"in one gap"_s);
    return reasons.join(u", "_s);
}

DocumentSection slowestSection(const LoadStage &stage)
{
    DocumentSection section{
        .heading = u"Slowest requests"_s, .lines = {}, .table = {}, .charts = {}};
    if (stage.samples.empty()) {
        section.lines = {{Tone::Plain,
            u"Single requests are not in this report; the history of the program that ran it has them."_s}};
        return section;
    }
    std::vector<const LoadSample *> slowest;
    for (const LoadSample &sample : stage.samples) {
        if (sample.isAnswered() && sample.plannedToEnd()) {
            slowest.push_back(&sample);
        }
    }
    const auto shown = std::min(slowestShown, qsizetype(slowest.size()));
    std::ranges::partial_sort(slowest, slowest.begin() + shown, std::ranges::greater(),
        [](const LoadSample *sample) { return *sample->plannedToEnd(); });
    const bool isChat = stage.report.task() == LoadTask::Kind::Chat;
    DocumentTable table{
        .head = {isChat ? u"Conversation"_s : u"Request"_s, u"due at"_s}, .rows = {}};
    if (isChat) {
        table.head += u"TTFT"_s;
    }
    table.head += {u"end to end"_s, u"from the plan"_s,
        isChat ? u"tokens"_s : itemsName(stage.report.task()), u"mostly"_s};
    for (const LoadSample *sample : std::span(slowest).first(size_t(shown))) {
        const auto text = [](const std::optional<Nanoseconds> &time) {
            return time ? durationText(*time) : u"–"_s;
        };
        QString name = QString::number(sample->conversation);
        if (sample->turn > 0) {
            name += u", turn %1"_s.arg(sample->turn + 1);
        }
        if (sample->choice >= 0 && sample->choice < stage.report.choices.size()) {
            name += u", %1"_s.arg(stage.report.choices[sample->choice].name);
        }
        QStringList row{name, text(between(Moment(Nanoseconds(0)), sample->planned))};
        if (isChat) {
            row += text(sample->timeToFirstToken());
        }
        row += {text(sample->total()), text(sample->plannedToEnd()),
            QString::number(isChat ? sample->countedTokens() : sample->items), reasonOf(*sample)};
        table.rows += row;
    }
    section.table = table;
    return section;
}

DocumentSection errorSection(const LoadResult &result)
{
    DocumentSection section{.heading = u"Errors"_s, .lines = {}, .table = {}, .charts = {}};
    QMap<QString, qint64> failures;
    QMap<QString, Moment> firsts;
    QMap<QString, qint16> statuses;
    for (const LoadStage &stage : result.stages) {
        for (const auto &[kind, count] : stage.report.summary.failures.asKeyValueRange()) {
            failures[kind] += count;
        }
        for (const LoadSample &sample : stage.samples) {
            if (sample.error && !sample.isCancelled() && !firsts.contains(toWord(*sample.error))) {
                firsts[toWord(*sample.error)] = sample.ended;
                statuses[toWord(*sample.error)] = sample.httpStatus;
            }
        }
    }
    if (failures.isEmpty()) {
        section.lines = {{Tone::Good, u"No request failed."_s}};
        return section;
    }
    DocumentTable table{
        .head = {u"Kind"_s, u"how many"_s, u"HTTP status"_s, u"first at"_s}, .rows = {}};
    for (const auto &[kind, count] : failures.asKeyValueRange()) {
        const Moment first = firsts.value(kind);
        table.rows += {kind, QString::number(count),
            statuses.value(kind) > 0 ? QString::number(statuses.value(kind)) : u"–"_s,
            first ? durationText(*first) : u"–"_s};
    }
    section.table = table;
    return section;
}

DocumentSection choicesSection(const LoadReport &report)
{
    const bool isChat = report.task() == LoadTask::Kind::Chat;
    DocumentTable table{.head = {u"Of the mix"_s, u"answered"_s, u"failed"_s}, .rows = {}};
    table.head
        += isChat ? QStringList{u"TTFT p50"_s, u"TTFT p95"_s} : QStringList{u"end to end p50"_s};
    table.head += {u"end to end p95"_s, isChat ? u"tokens out"_s : itemsName(report.task())};
    for (const LoadChoice &choice : report.choices) {
        const LoadSummary &summary = choice.summary;
        const LatencyHistogram &first = summary.time(LoadMetric::TimeToFirstToken);
        const LatencyHistogram &total = summary.time(LoadMetric::Total);
        QStringList row{
            choice.name, QString::number(summary.answered), QString::number(summary.failed())};
        row += isChat ? QStringList{timeCell(first, 0.5), timeCell(first, 0.95)}
                      : QStringList{timeCell(total, 0.5)};
        row += {
            timeCell(total, 0.95), QString::number(isChat ? summary.outputTokens : summary.items)};
        table.rows += row;
    }
    return {.heading = u"By adapter or model"_s, .lines = {}, .table = table, .charts = {}};
}

DocumentSection setUpSection(const LoadResult &result)
{
    const LoadReport &report = result.stages.constFirst().report;
    const LoadSubject &subject = report.subject;
    DocumentTable table{.head = {u"Set-up"_s, QString()}, .rows = {}};
    table.rows += {u"Endpoint"_s, subject.url};
    table.rows += {u"Server"_s, QString(subject.server + u' ' + subject.serverVersion).trimmed()};
    table.rows += {u"Model"_s, subject.model};
    table.rows += {u"Started"_s, report.startedAt.toUTC().toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s)};
    table.rows += {u"Load"_s, nameOf(report.plan, result.sweep)};
    table.rows += {u"Window of the figures"_s,
        u"%1 … %2"_s.arg(
            durationText(report.summary.window.from), durationText(report.summary.window.to))};
    table.rows += {u"Seed"_s, QString::number(report.plan.seed)};
    table.rows += {u"Plan"_s,
        QString::fromUtf8(QJsonDocument(toJson(report.plan)).toJson(QJsonDocument::Compact))};
    table.rows += {u"Workload"_s,
        QString::fromUtf8(QJsonDocument(redacted(report.workload)).toJson(QJsonDocument::Compact))};
    table.rows.removeIf([](const QStringList &row) { return row.constLast().isEmpty(); });
    return {.heading = u"What was run"_s, .lines = {}, .table = table, .charts = {}};
}

DocumentSection definitionsSection(LoadTask::Kind task)
{
    const bool isChat = task == LoadTask::Kind::Chat;
    DocumentTable table{.head = {u"Figure"_s, u"Definition"_s}, .rows = {}};
    for (const DocumentMetric &metric : documentMetrics) {
        if (hasMetric(task, metric.metric)) {
            table.rows += {metric.name, metric.definition};
        }
    }
    if (isChat) {
        table.rows += {u"Output tokens a second"_s,
            u"pieces that arrived × tokens a piece / window; ≈ where the server counts no tokens"_s};
        table.rows += {u"Tokens a second of one user"_s, u"1 / median TPOT"_s};
    } else {
        table.rows += {shownItems(task) + u" a second"_s,
            u"%1 of answers that ended in the window / window"_s.arg(itemsName(task))};
        table.rows += {u"Input tokens a second"_s,
            u"tokens, as the server counts them, of answers that ended in the window / window"_s};
    }
    table.rows += {u"Answers a second"_s, u"answers that ended in the window / window"_s};
    table.rows += {u"Under way on average"_s,
        u"time within the window that requests were under way, whatever became of them, all together / window"_s};
    table.rows += {u"Goodput"_s,
        u"answers that ended in the window, within every limit of the objective / window"_s};
    return {.heading = u"What the words mean"_s,
        .lines = {{Tone::Plain,
            u"Requests belong to the window if they were due in it, tokens if they arrived in it. Failed requests have no times."_s}},
        .table = table,
        .charts = {}};
}

DocumentSection sweepSection(const LoadResult &result)
{
    QList<const LoadStage *> stages;
    for (const LoadStage &stage : result.stages) {
        stages.append(&stage);
    }
    std::ranges::stable_sort(stages, {}, &LoadStage::load);
    const LoadTask::Kind task = result.stages.constFirst().report.task();
    const bool isChat = task == LoadTask::Kind::Chat;
    DocumentTable table{
        .head = {u"Load"_s, (isChat ? u"tokens"_s : itemsName(task)) + u"/s"_s, u"answers/s"_s},
        .rows = {}};
    table.head += isChat ? QStringList{u"TTFT p50"_s, u"TTFT p95"_s, u"ITL p95"_s}
                         : QStringList{u"end to end p50"_s, u"end to end p95"_s};
    table.head += {u"failed"_s, u"objective"_s, u"trust"_s};
    for (const LoadStage *stage : stages) {
        const LoadSummary &summary = stage->report.summary;
        const bool hasObjective = !stage->report.plan.objective.isEmpty();
        const bool isKept = std::ranges::all_of(stage->report.verdicts(), &LimitVerdict::isKept);
        const LatencyHistogram &times
            = summary.time(isChat ? LoadMetric::TimeToFirstToken : LoadMetric::Total);
        QStringList row{loadText(result, stage->load),
            decimal(isChat ? summary.tokenRate() : summary.itemRate()),
            decimal(summary.requestRate(), 2), timeCell(times, 0.5), timeCell(times, 0.95)};
        if (isChat) {
            row += timeCell(summary.time(LoadMetric::InterTokenLatency), 0.95);
        }
        row += {QString::number(summary.failed()),
            hasObjective ? isKept ? u"kept"_s : u"missed"_s : u"–"_s,
            toWord(stage->report.trust().level).replace(u'_', u'-')};
        table.rows += row;
    }
    QList<DocumentLine> lines{{Tone::Plain, timesNote}};
    if (result.sweep->repeats > 1) {
        lines += {Tone::Plain,
            u"The loads at the edge were run up to %1 times each, until those left could not "
            u"change "
            "the verdict of most of them: each row is one run."_s.arg(result.sweep->repeats)};
    }
    return {.heading = u"Load by load"_s,
        .lines = lines,
        .table = table,
        .charts = chartsOfSweep(result)};
}

LoadTrust worstTrust(const LoadResult &result)
{
    LoadTrust worst;
    for (const LoadStage &stage : result.stages) {
        const LoadTrust trust = stage.report.trust();
        if (trust.level > worst.level) {
            worst = trust;
            if (result.isSweep()) {
                worst.reasons.prepend(u"At %1:"_s.arg(loadText(result, stage.load)));
            }
        }
    }
    return worst;
}

void addRun(LoadDocument &document, const LoadStage &stage)
{
    const LoadReport &report = stage.report;
    document.sections += {.heading = u"Verdict"_s,
        .lines = endLines(report) + verdictLines(report) + trustLines(report.trust()),
        .table = mainFigures(report),
        .charts = {}};
    document.sections += {
        .heading = u"Beside the figures"_s, .lines = notesOf(report), .table = {}, .charts = {}};
    document.sections += {.heading = u"Times"_s,
        .lines = {{Tone::Plain, timesNote}},
        .table = timesTable(report.summary),
        .charts = {distributionsOf(report.summary)}};
    if (!report.choices.isEmpty()) {
        document.sections += choicesSection(report);
    }
    document.sections
        += {.heading = u"As it went on"_s, .lines = {}, .table = {}, .charts = chartsOf(stage)};
    document.sections += slowestSection(stage);
}

void addSweep(LoadDocument &document, const LoadResult &result)
{
    const std::optional<bool> keeps = result.keepsObjective();
    const Tone tone = !keeps ? Tone::Plain : *keeps ? Tone::Good : Tone::Bad;
    document.sections += {.heading = u"Verdict"_s,
        .lines = QList<DocumentLine>{{tone, result.finding().sentence}}
            + trustLines(worstTrust(result)) + notesOf(result),
        .table = {},
        .charts = {}};
    document.sections += sweepSection(result);
}

} // namespace

QString trustText(LoadTrust::Level level)
{
    switch (level) {
    case LoadTrust::Level::Good:
        return u"good: this computer was no limit"_s;
    case LoadTrust::Level::Doubtful:
        return u"doubtful"_s;
    case LoadTrust::Level::ClientBound:
        return u"client-bound, do not quote"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

LoadDocument documentOf(const LoadResult &result)
{
    LoadDocument document;
    if (result.stages.isEmpty()) {
        document.title = u"A load test without a result"_s;
        return document;
    }
    const LoadReport &first = result.stages.constFirst().report;
    document.title = result.name.isEmpty() ? nameOf(first.plan, result.sweep) : result.name;
    document.subtitle = u"%1 · %2"_s.arg(
        first.subject.url, first.startedAt.toUTC().toString(u"yyyy-MM-dd HH:mm 'UTC'"_s));
    if (!result.note.isEmpty() || !result.tags.isEmpty()) {
        QList<DocumentLine> lines;
        for (const QString &text : {result.note, result.tags.join(u" · "_s)}) {
            if (!text.isEmpty()) {
                lines.append({Tone::Plain, text});
            }
        }
        document.sections += {.heading = {}, .lines = lines, .table = {}, .charts = {}};
    }
    if (result.isSweep()) {
        addSweep(document, result);
    } else {
        addRun(document, result.stages.constFirst());
    }
    document.sections += errorSection(result);
    document.sections += setUpSection(result);
    document.sections += definitionsSection(first.task());
    return document;
}

} // namespace Lorikeet
