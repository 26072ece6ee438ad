// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/loaddocument.h"

#include "base/durationtext.h"
#include "base/logging.h"
#include "loadresults/documentnotes.h"
#include "loadresults/documenttables.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Tone = DocumentLine::Tone;

constexpr qsizetype slowestShown = 15;

QString loadText(const LoadResult &result, double load)
{
    return loadText(result.sweep->kind, load);
}

const QString timesNote
    = u"In brackets: between which the true value lies, with 95 % confidence. ✱: too few samples to rely on."_s;

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
    const std::optional<double> goodput = report.summary.goodput();
    lines.append({Tone::Plain,
        u"Goodput: %1 answers a second kept to all of it."_s.arg(
            goodput ? QString::number(*goodput, 'f', 2) : u"–"_s)});
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
    return {.heading = u"What the words mean"_s,
        .lines = {{Tone::Plain,
            u"Requests belong to the window if they were due in it, tokens if they arrived in it. Failed requests have no times."_s}},
        .table = definitionsTable(task),
        .charts = {}};
}

DocumentSection sweepSection(const LoadResult &result)
{
    QList<DocumentLine> lines{{Tone::Plain, timesNote}};
    if (result.sweep->repeats > 1) {
        lines += {Tone::Plain,
            u"The loads at the edge were run up to %1 times each, until those left could not "
            u"change "
            "the verdict of most of them: each row is one run."_s.arg(result.sweep->repeats)};
    }
    return {.heading = u"Load by load"_s,
        .lines = lines,
        .table = sweepTable(result),
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
        document.sections += {.heading = u"By adapter or model"_s,
            .lines = {},
            .table = choicesTable(report),
            .charts = {}};
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
