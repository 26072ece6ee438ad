// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "resultscommand.h"

#include "base/durationtext.h"
#include "base/invalidrequest.h"
#include "loadresults/foreignreport.h"
#include "loadresults/loadcomparison.h"
#include "loadresults/loadexport.h"
#include "loadresults/loadhistory.h"
#include "loadtext.h"
#include "runkeeper.h"
#include "standardoutput.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <functional>
#include <variant>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

LoadHistory history() { return LoadHistory(LoadHistory::defaultFolder()); }

QString shortId(QUuid id) { return id.toString(QUuid::WithoutBraces).first(8); }

QByteArray jsonText(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Result<QByteArray> contentOfFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
    }
    return file.readAll();
}

bool isOurs(const QByteArray &content)
{
    const QJsonValue format = QJsonDocument::fromJson(content)[u"format"_s];
    return format == "lorikeet-load"_L1 || format == "lorikeet-sweep"_L1;
}

/// What was named: a report of ours, from a file or the history, or the tests of another tool.
using NamedRun = std::variant<LoadResult, QList<ForeignReport>>;

Result<NamedRun> namedRun(const QString &word, bool wantsAnswers = false)
{
    if (!QFileInfo(word).isFile()) {
        const LoadHistory runs = history();
        return runs.find(word).and_then([&](const KeptRun &run) {
            return (wantsAnswers ? runs.loadWhole(run.id) : runs.loadWithSamples(run.id))
                .map([](const LoadResult &result) { return NamedRun(result); });
        });
    }
    const Result<QByteArray> content = contentOfFile(word);
    if (!content) {
        return Failure(content.error());
    }
    if (!isOurs(*content)) {
        return foreignReportsFrom(*content, QFileInfo(word).fileName())
            .map([](const QList<ForeignReport> &reports) { return NamedRun(reports); });
    }
    Result<LoadResult> result = loadResultFrom(*content);
    if (!result) {
        return fail(result.error().kind, u"%1: %2"_s.arg(word, result.error().message));
    }
    result->name = QFileInfo(word).completeBaseName();
    return NamedRun(*result);
}

Result<LoadResult> ownRun(const QString &word, bool wantsAnswers = false)
{
    const Result<NamedRun> run = namedRun(word, wantsAnswers);
    if (!run) {
        return Failure(run.error());
    }
    if (const auto *result = std::get_if<LoadResult>(&*run)) {
        return *result;
    }
    return invalidRequest(
        u"%1 is a file of another tool, which can be shown and compared alone."_s.arg(word));
}

/// --stage: one of a sweep, by its load.
Result<LoadResult> chosenStage(const CommandLine &line, LoadResult result)
{
    if (!line.has(u"stage"_s)) {
        return result;
    }
    const double load = line.value(u"stage"_s).toDouble();
    QStringList loads;
    for (const LoadStage &stage : std::as_const(result.stages)) {
        loads.append(QString::number(stage.load, 'g', 6));
        if (stage.load == load) {
            result.stages = {stage};
            result.sweep.reset();
            return result;
        }
    }
    if (loads.size() == 1 && !result.sweep) {
        return invalidRequest(u"That run is no sweep and has no stages: leave --stage out."_s);
    }
    return invalidRequest(u"There is no stage with load %1: there are %2."_s.arg(
        line.value(u"stage"_s), loads.join(u", "_s)));
}

QString figureCell(const std::optional<Nanoseconds> &time)
{
    return time ? durationText(*time) : u"–"_s;
}

QString listLine(const KeptRun &run)
{
    const KeptFigures &figures = run.figures;
    QString state = run.state == KeptRun::State::Ended ? run.end : toWord(run.state);
    if (figures.keepsObjective) {
        state += *figures.keepsObjective ? u", kept"_s : u", MISSED"_s;
    }
    QString text = u"%1  %2  %3 %4 %5  %6  %7\n"_s.arg(shortId(run.id),
        run.startedAt.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s),
        (figures.tokenRate ? QString::number(*figures.tokenRate, 'f', 0) : u"–"_s)
            .rightJustified(8),
        figureCell(figures.firstTokenP95).rightJustified(9),
        QString::number(figures.answered).rightJustified(7), state.leftJustified(10), run.name);
    if (!run.tags.isEmpty()) {
        text += u"          %1\n"_s.arg(run.tags.join(u", "_s));
    }
    return text;
}

Result<QByteArray> list(const CommandLine &line)
{
    const LoadHistory runs = history();
    static_cast<void>(runs.purge());
    const Result<QList<KeptRun>> all = runs.list();
    if (!all) {
        return Failure(all.error());
    }
    if (line.has(u"json"_s)) {
        QJsonArray array;
        for (const KeptRun &run : *all) {
            QJsonObject object = toJson(run);
            object.insert(u"bytes"_s, run.bytes);
            array.append(object);
        }
        return jsonText({{u"runs"_s, array}});
    }
    QString text;
    if (!all->isEmpty()) {
        text = u"id        started            tokens/s  TTFT p95 answers  ended       name\n"_s;
    }
    for (const KeptRun &run : *all) {
        text += listLine(run);
    }
    return (text + LoadHistory::retentionText(*all, runs.folder()) + u'\n').toUtf8();
}

Result<QByteArray> show(const CommandLine &line)
{
    const Result<NamedRun> run = namedRun(line.arguments().at(1));
    if (!run) {
        return Failure(run.error());
    }
    if (const auto *foreign = std::get_if<QList<ForeignReport>>(&*run)) {
        QString text;
        for (const ForeignReport &report : *foreign) {
            text += toText(report) + u'\n';
        }
        return text.toUtf8();
    }
    return chosenStage(line, std::get<LoadResult>(*run))
        .and_then([&line](const LoadResult &result) -> Result<QByteArray> {
            if (result.stages.isEmpty()) {
                return invalidRequest(u"The run has no figures yet."_s);
            }
            if (const Result<> written = writePages(line, result); !written) {
                return Failure(written.error());
            }
            if (line.has(u"json"_s)) {
                return jsonText(toJson(result));
            }
            QString text = result.note.isEmpty() ? QString() : result.note + u"\n\n"_s;
            text += result.isSweep() ? toText(*result.sweep, result.points())
                                     : toText(result.stages.constFirst().report);
            return text.toUtf8();
        });
}

Result<QByteArray> exportRun(const CommandLine &line)
{
    const std::optional<LoadExport> form = loadExportFrom(line.value(u"to"_s));
    if (!form) {
        const QString words = loadExportWords().join(u", "_s);
        return invalidRequest(line.has(u"to"_s)
                ? u"--to takes %1, not “%2”."_s.arg(words, line.value(u"to"_s))
                : u"Say by --to in which form: %1."_s.arg(words));
    }
    return ownRun(line.arguments().at(1), form == LoadExport::Answers)
        .and_then([&](const LoadResult &result) { return chosenStage(line, result); })
        .and_then([&](const LoadResult &result) { return exported(result, *form); })
        .and_then([&](const QByteArray &content) -> Result<QByteArray> {
            if (!line.has(u"report"_s)) {
                return content;
            }
            return writeFile(line.value(u"report"_s), content).map([] { return QByteArray(); });
        });
}

Result<QByteArray> preset(const CommandLine &line)
{
    const Result<KeptRun> run = history().find(line.arguments().at(1));
    if (!run) {
        return Failure(run.error());
    }
    const LoadProfile profile = presetOf(run->profile);
    if (!line.has(u"report"_s)) {
        return QJsonDocument(toJson(profile)).toJson();
    }
    return writeProfile(profile, line.value(u"report"_s)).map([] { return QByteArray(); });
}

Result<QByteArray> keep(const CommandLine &line)
{
    QString text;
    for (const QString &name : line.arguments().sliced(1)) {
        Result<LoadResult> result = ownRun(name);
        if (result && line.has(u"name"_s)) {
            result->name = line.value(u"name"_s);
        }
        const Result<QUuid> id
            = result ? history().add(*result) : Result<QUuid>(Failure(result.error()));
        if (!id) {
            return Failure(id.error());
        }
        text += u"%1 is kept as %2.\n"_s.arg(name, shortId(*id));
    }
    return text.toUtf8();
}

/// Changes what a person says of a run.
Result<QByteArray> change(
    const CommandLine &line, const std::function<void(KeptWords &, const QStringList &)> &set)
{
    const LoadHistory runs = history();
    return runs.find(line.arguments().at(1)).and_then([&](const KeptRun &run) {
        KeptWords words{.name = run.name, .note = run.note, .tags = run.tags};
        set(words, line.arguments().sliced(2));
        return runs.change(run.id, words).map([] { return QByteArray(); });
    });
}

Result<QByteArray> rename(const CommandLine &line)
{
    return change(
        line, [](KeptWords &words, const QStringList &texts) { words.name = texts.join(u' '); });
}

Result<QByteArray> note(const CommandLine &line)
{
    return change(
        line, [](KeptWords &words, const QStringList &texts) { words.note = texts.join(u' '); });
}

Result<QByteArray> tag(const CommandLine &line)
{
    return change(line, [](KeptWords &words, const QStringList &texts) { words.tags = texts; });
}

Result<QByteArray> removeRuns(const CommandLine &line)
{
    const LoadHistory runs = history();
    QString text;
    for (const QString &word : line.arguments().sliced(1)) {
        const Result<KeptRun> run = runs.find(word);
        const Result<> removed = run ? runs.remove(run->id) : Result<>(Failure(run.error()));
        if (!removed) {
            return Failure(removed.error());
        }
        text += u"“%1” is removed; for an hour “lori load restore %2” brings it back.\n"_s.arg(
            run->name, run->id.toString(QUuid::WithoutBraces));
    }
    return text.toUtf8();
}

Result<QByteArray> restore(const CommandLine &line)
{
    const QUuid id = QUuid::fromString(line.arguments().at(1));
    if (id.isNull()) {
        return invalidRequest(u"Say the whole id of the run, as “lori load remove” printed it."_s);
    }
    return history().restore(id).map([] { return QByteArray(); });
}

/// A word, the fewest arguments behind it, and what it does.
struct Word
{
    QLatin1StringView name;
    int least;
    Result<QByteArray> (*run)(const CommandLine &);
};

constexpr Word words[]{{"list"_L1, 0, &list}, {"show"_L1, 1, &show}, {"export"_L1, 1, &exportRun},
    {"preset"_L1, 1, &preset}, {"keep"_L1, 1, &keep}, {"rename"_L1, 2, &rename},
    {"note"_L1, 1, &note}, {"tag"_L1, 1, &tag}, {"remove"_L1, 1, &removeRuns},
    {"restore"_L1, 1, &restore}, {"compare"_L1, 2, nullptr}};

Result<LoadComparison> comparisonOf(const CommandLine &line)
{
    QList<ComparableRun> runs;
    for (const QString &word : line.arguments().sliced(1)) {
        const Result<NamedRun> run = namedRun(word);
        if (!run) {
            return Failure(run.error());
        }
        if (const auto *result = std::get_if<LoadResult>(&*run)) {
            const Result<LoadResult> stage = chosenStage(line, *result);
            if (!stage) {
                return Failure(stage.error());
            }
            runs.append(comparable(*stage));
        } else {
            for (const ForeignReport &report : std::get<QList<ForeignReport>>(*run)) {
                runs.append(report.comparable());
            }
        }
    }
    return compare(runs);
}

} // namespace

bool ResultsCommand::knows(const QString &word)
{
    return std::ranges::find(words, word, &Word::name) != std::end(words);
}

QList<OptionHelp> ResultsCommand::options()
{
    return {
        {{u"to"_s}, u"FORM"_s,
            u"What “export” writes: vllm, aiperf-csv, aiperf-jsonl, llm-d, samples, answers (JSON "
            "lines), markdown or html."_s},
        {{u"stage"_s}, u"LOAD"_s,
            u"Of a sweep, the stage with this load, for “show”, “export” and “compare”."_s},
    };
}

Result<std::unique_ptr<Command>> ResultsCommand::make(const CommandLine &line)
{
    const QStringList &arguments = line.arguments();
    const auto word = std::ranges::find(words, arguments.constFirst(), &Word::name);
    if (arguments.size() - 1 < word->least) {
        return invalidRequest(u"“lori load %1” needs %2."_s.arg(arguments.constFirst(),
            word->least > 1 ? u"two arguments or more"_s : u"a run of the history, or a report"_s));
    }
    return std::unique_ptr<Command>(new ResultsCommand(line));
}

ResultsCommand::ResultsCommand(const CommandLine &line)
    : m_line(line)
{ }

void ResultsCommand::start()
{
    const auto word = std::ranges::find(words, m_line.arguments().constFirst(), &Word::name);
    Result<QByteArray> output;
    ExitCode code = ExitCode::Done;
    if (word->run) {
        output = word->run(m_line);
    } else {
        output = comparisonOf(m_line).map([&](const LoadComparison &comparison) {
            code = comparison.hasWorse() ? ExitCode::Objective : ExitCode::Done;
            return m_line.has(u"json"_s) ? jsonText(toJson(comparison))
                                         : toText(comparison).toUtf8();
        });
    }
    if (!output) {
        endWith(output.error());
        return;
    }
    end(StandardOutput::write(*output).value_or(code));
}

} // namespace Lorikeet
