// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gridcommand.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "batch/batchjournal.h"
#include "endpointoptions.h"
#include "grid/gridtable.h"
#include "http/apiclient.h"
#include "schemaoptions.h"
#include "standardoutput.h"
#include "templateoptions.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QList<OptionHelp> gridOptions()
{
    return {
        {{u"lane"_s, u"l"_s}, u"ADAPTER[,KEY=VALUE]…"_s,
            u"Who answers, as with lori compare; may be given up to six times. Default: base, and "
            "all adapters that the endpoint lists."_s},
        {{u"samples"_s, u"n"_s}, u"N"_s, u"Asks each row N times of each lane. Default: 1."_s},
        {{u"seed"_s}, u"N"_s,
            u"Asks with this seed, where a server takes one; further samples with the next ones."_s},
        {{u"concurrency"_s, u"c"_s}, u"N"_s, u"Asks N at once of each endpoint. Default: 4."_s},
        {{u"assert"_s}, u"KIND=VALUE"_s,
            u"Checks each answer: contains=TEXT, regex=PATTERN, equals=TEXT, "
            u"number=VALUE~TOLERANCE "
            "(the last number in it), schema=FILE, max-latency=SECONDS, max-tokens=N. A value may "
            "use the row's columns: 'contains={{ city }}'. May be given more than once."_s},
        {{u"out"_s, u"o"_s}, u"FILE"_s,
            u"Writes a JSON object for each answer there; until all are there they are in "
            "FILE.part, as they come."_s},
        {{u"resume"_s}, {},
            u"Goes on with what is in --out already: what was answered is not asked again."_s},
        {{u"csv"_s}, u"FILE"_s, u"Writes a table of all answers."_s},
        {{u"html"_s}, u"FILE"_s, u"Writes a page with the summary and all answers."_s},
        {{u"json"_s}, {}, u"Prints the summary as one JSON object."_s},
        {{u"no-stream"_s}, {}, u"Asks for whole answers; there is no time to the first token."_s},
    };
}

Result<> writeFile(const QString &name, const QByteArray &content)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()
        || !file.commit()) {
        return fail(
            ApiError::Kind::Storage, u"%1 cannot be written: %2."_s.arg(name, file.errorString()));
    }
    return {};
}

} // namespace

CommandHelp GridCommand::help()
{
    return {
        .name = u"grid"_s,
        .arguments = u"FILE"_s,
        .summary = u"ask a table of prompts of several adapters and check the answers"_s,
        .description
        = {u"Asks each row of a table of each lane, and prints for each how many answers keep to "
           "the assertions, how long they took and how long they are, with 95 % intervals: of "
           "shares by Wilson's score, of means by bootstrap over rows."_s,
            u"FILE is CSV, its first line the names of the columns, or JSON objects, one a line. "
            "Columns are the variables of --template; without one there is “prompt” and, as one "
            "likes, “system”. “id” names a row. A variable that is missing is an error, and a "
            "column that nothing uses is named, before anything is asked."_s,
            u"With --out a run can be interrupted, or killed, at any moment and gone on with by "
            "--resume."_s,
            u"Ends with 0 when every answer keeps to all assertions, with 3 when one does not, and "
            "with 5 when a request failed."_s},
        .options = endpointOptions() + gridOptions() + templateOptions() + laneAskOptions()
            + requestOptions() + idleOption(),
        .examples
        = {{u"Two adapters, three samples each, as a page to show around:"_s,
               u"lori grid -e http://gpu:8000 -l support-v3 -l support-v4 -n 3 -T sort.toml "
               "--assert 'equals={{ department }}' --assert max-latency=2 --html report.html "
               "tickets.csv"_s},
            {u"Go on after an interruption:"_s,
                u"lori grid -e http://gpu:8000 -o out.jsonl --resume questions.jsonl"_s}},
    };
}

Result<std::unique_ptr<Command>> GridCommand::make(const CommandLine &line, ApiClient &client)
{
    if (line.arguments().size() != 1) {
        return invalidRequest(line.arguments().isEmpty()
                ? u"There is no table: give a file."_s
                : u"There is more than one table: give one "
                  "file."_s);
    }
    if (line.has(u"resume"_s) && !line.has(u"out"_s)) {
        return invalidRequest(u"--resume needs --out, the file to go on with."_s);
    }
    std::unique_ptr<GridCommand> command(new GridCommand(line, client));
    Result<> made = command->readOptions();
    if (made) {
        made = command->readTable();
    }
    if (made && line.has(u"out"_s)) {
        auto journal = BatchJournal::open(line.value(u"out"_s),
            line.has(u"resume"_s) ? BatchJournal::Begin::Resume : BatchJournal::Begin::New);
        if (!journal) {
            return Failure(journal.error());
        }
        command->m_journal = *std::move(journal);
    }
    if (!made) {
        return Failure(made.error());
    }
    return command;
}

GridCommand::GridCommand(const CommandLine &line, ApiClient &client)
    : m_line(line)
    , m_client(client)
{ }

GridCommand::~GridCommand() = default;

Result<> GridCommand::readOptions()
{
    const Result<int> samples = m_line.count(u"samples"_s, 1);
    const Result<int> concurrency = m_line.count(u"concurrency"_s, 4);
    const Result<std::optional<RetryPolicy>> retries = retriesFrom(m_line);
    const Result<QList<WantedLane>> wanted = wantedLanes(m_line);
    const Result<ParameterSet> untyped = parametersFrom(m_line, {});
    for (const std::optional<ApiError> &error :
        {samples ? std::nullopt : std::optional(samples.error()),
            concurrency ? std::nullopt : std::optional(concurrency.error()),
            retries ? std::nullopt : std::optional(retries.error()),
            wanted ? std::nullopt : std::optional(wanted.error()),
            untyped ? std::nullopt : std::optional(untyped.error())}) {
        if (error) {
            return Failure(*error);
        }
    }
    if (m_line.has(u"seed"_s)) {
        bool isNumber = false;
        m_plan.seed = m_line.value(u"seed"_s).toUInt(&isNumber);
        if (!isNumber) {
            return invalidRequest(
                u"--seed takes a number from 0 on, not “%1”."_s.arg(m_line.value(u"seed"_s)));
        }
    }
    for (const QString &spec : m_line.values(u"assert"_s)) {
        const Result<GridAssertion> assertion = assertionFromText(spec, contentsOf);
        if (!assertion) {
            return Failure(assertion.error());
        }
        m_plan.assertions.append(*assertion);
    }
    m_plan.samples = *samples;
    m_options.concurrency = *concurrency;
    m_options.stream = !m_line.has(u"no-stream"_s);
    m_wanted = *wanted;
    return {};
}

Result<> GridCommand::readTable()
{
    const QString name = m_line.arguments().constFirst();
    const Result<QByteArray> content = contentsOf(name);
    const Result<QList<QJsonObject>> table
        = content ? tableFromFile(*content, name) : Failure(content.error());
    if (!table) {
        return Failure(table.error());
    }
    std::optional<PromptTemplate> prompt;
    QJsonObject common;
    if (m_line.has(u"template"_s)) {
        const Result<PromptTemplate> named = templateNamed(m_line.value(u"template"_s));
        const Result<QJsonObject> values
            = named ? valuesFrom(m_line, *named) : Failure(named.error());
        if (!values) {
            return Failure(values.error());
        }
        prompt = *named;
        common = *values;
        m_bound = named->parameters;
    } else if (m_line.has(u"var"_s) || m_line.has(u"vars"_s)) {
        return invalidRequest(u"--var and --vars need --template, whose variables they set."_s);
    }
    const Result<QList<GridRow>> rows = gridRows(*table, prompt, common, m_plan.assertions);
    if (!rows) {
        return Failure(rows.error());
    }
    m_plan.rows = *rows;
    for (const QString &column : unusedColumns(*table, prompt, m_plan.assertions)) {
        printNote(u"Nothing uses the column “%1”."_s.arg(column));
    }
    return {};
}

void GridCommand::start()
{
    auto *finder = new LaneFinder(m_line, m_client, this);
    connect(finder, &LaneFinder::found, this, &GridCommand::ask);
    connect(finder, &LaneFinder::failed, this, &GridCommand::endWith);
    finder->find(m_wanted, m_bound, 1);
}

void GridCommand::interrupt()
{
    if (m_run) {
        m_run->stop();
    } else {
        endInterrupted();
    }
}

void GridCommand::ask(const QList<Lane> &lanes)
{
    if (isOver()) {
        return;
    }
    m_plan.lanes = lanes;
    m_progress.start(m_plan.count());
    m_run = new GridRun(
        m_client, m_plan, m_options,
        [this](const BatchItem &item) {
            const bool isDone = m_journal && m_journal->isDone(item);
            m_skipped += isDone ? 1 : 0;
            return isDone;
        },
        this);
    connect(m_run, &GridRun::result, this, &GridCommand::onResult);
    connect(m_run, &GridRun::retrying, this, [this](const BatchItem &item, const Retry &retry) {
        m_progress.clear();
        printNote(u"Row %1: %2 %3"_s.arg(item.id, retry.error.message, retryWords(retry)));
    });
    connect(m_run, &GridRun::finished, this, &GridCommand::onFinished);
    m_run->start();
}

void GridCommand::onResult(const BatchResult &result)
{
    if (isOver()) {
        return;
    }
    const QJsonObject object = gridResultToJson(m_plan, result);
    if (result.outcome.error) {
        ++m_failed;
        m_progress.clear();
        printNote(u"Row %1, lane %2: %3"_s.arg(
            result.id, laneLetter(m_plan.cell(result.index).lane), result.outcome.error->message));
    }
    if (m_journal) {
        if (const Result<> written = m_journal->append(object); !written) {
            m_progress.clear();
            endWith(written.error());
            return;
        }
    } else {
        m_results.insert(result.index, object);
    }
    ++m_answered;
    m_progress.update(m_skipped + m_answered, m_failed);
}

void GridCommand::onFinished(const std::optional<ApiError> &error)
{
    m_progress.clear();
    if (isOver()) {
        return;
    }
    if (error) {
        printNote(
            counts() + (m_journal ? u" What is done is kept; --resume goes on."_s : QString()));
        if (error->kind == ApiError::Kind::Cancelled) {
            endInterrupted();
        } else {
            endWith(*error);
        }
        return;
    }
    if (const Result<> reported = report(); !reported) {
        endWith(reported.error());
        return;
    }
    printNote(counts());
    const QList<GridSummary> summaries = summarize(m_plan, m_results);
    const auto over = m_line.has(u"json"_s)
        ? StandardOutput::writeLine(gridSummaryToJson(m_plan, summaries))
        : StandardOutput::write(gridSummaryText(m_plan, summaries).toUtf8());
    const bool isKept = std::ranges::all_of(summaries,
        [](const GridSummary &lane) { return !lane.allPassed || lane.allPassed->value == 1; });
    const bool hasFailed
        = std::ranges::any_of(summaries, [](const GridSummary &lane) { return lane.failed > 0; });
    if (over) {
        end(*over);
    } else {
        end(hasFailed ? ExitCode::ServerFailed : isKept ? ExitCode::Done : ExitCode::Invalid);
    }
}

/// Puts the results in order, and writes the files that were asked for.
Result<> GridCommand::report()
{
    if (m_journal) {
        if (const Result<> written = m_journal->finish(m_plan.count()); !written) {
            return written;
        }
        // Also those of earlier runs.
        QFile file(m_line.value(u"out"_s));
        if (!file.open(QIODevice::ReadOnly)) {
            return fail(ApiError::Kind::Storage,
                u"%1 cannot be read: %2."_s.arg(file.fileName(), file.errorString()));
        }
        while (!file.atEnd()) {
            const QJsonObject object = QJsonDocument::fromJson(file.readLine()).object();
            m_results.insert(object[u"index"_s].toInteger(), object);
        }
    }
    Result<> written;
    if (m_line.has(u"csv"_s)) {
        written = writeFile(m_line.value(u"csv"_s), gridAsCsv(m_plan, m_results));
    }
    if (written && m_line.has(u"html"_s)) {
        written = writeFile(m_line.value(u"html"_s), gridAsHtml(m_plan, m_results));
    }
    return written;
}

QString GridCommand::counts() const
{
    QStringList parts{u"%1 answered"_s.arg(m_answered - m_failed)};
    if (m_skipped > 0) {
        parts.append(u"%1 were there before"_s.arg(m_skipped));
    }
    if (m_failed > 0) {
        parts.append(u"%1 failed"_s.arg(m_failed));
    }
    return parts.join(u", "_s) + u'.';
}

} // namespace Lorikeet
