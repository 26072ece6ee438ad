// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "batchcommand.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "batch/batchjournal.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "lesson.h"
#include "standardoutput.h"
#include "templateoptions.h"

#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QList<OptionHelp> batchOptions()
{
    return {
        {{u"out"_s, u"o"_s}, u"FILE"_s,
            u"Writes the results there, in the order of the input; until all are there they are in "
            "FILE.part, as they come. Default: stdout."_s},
        {{u"concurrency"_s, u"c"_s}, u"N"_s, u"Asks N at once. Default: 4."_s},
        {{u"resume"_s}, {},
            u"Goes on with what is in --out already: what was answered is not asked again, what "
            "failed is."_s},
        {{u"text"_s}, {}, u"Every line of the input is a prompt, not JSON."_s},
        {{u"no-stream"_s}, {}, u"Asks for whole answers; there is no time to the first token."_s},
    };
}

/// How many lines there are, where that can be told without reading them away.
std::optional<qint64> countLines(QFile &file)
{
    if (file.isSequential()) {
        return std::nullopt;
    }
    qint64 count = 0;
    while (!file.atEnd()) {
        count += file.readLine().trimmed().isEmpty() ? 0 : 1;
    }
    file.seek(0);
    return count;
}

} // namespace

CommandHelp BatchCommand::help()
{
    return {
        .name = u"batch"_s,
        .arguments = u"FILE|-"_s,
        .summary = u"ask for an answer to each line of a file"_s,
        .description
        = {u"Reads prompts or requests, one a line, asks for so many answers at once and writes "
           "one JSON object a line: text, finish reason, usage and timing, in the order of the "
           "input. A failure costs one line, which then has an “error”."_s,
            u"A line of the input is a JSON text (the prompt), or an object with “prompt” or "
            "“messages” and, as one likes, “id”, “system”, “model”, “adapter”, “parameters” and "
            "“extra_body”; or a line of OpenAI's batch files with “custom_id” and “body”. What a "
            "line says goes over what the options say for all."_s,
            u"With --template a line is an object with the values of its variables, over those of "
            "--var and --vars, and an “id” where the template has no such variable."_s,
            u"With --out a run can be interrupted, or killed, at any moment and gone on with by "
            "--resume. If the endpoint cannot be reached, or accepts no key, the run ends instead "
            "of failing every line."_s,
            u"Ends with 0 when every line was answered, and with 5 when some were not."_s},
        .options = endpointOptions() + batchOptions() + templateOptions() + askOptions()
            + requestOptions() + idleOption(),
        .examples
        = {{u"Ask every line of a text file, eight at once:"_s,
               u"lori batch -e http://localhost:8080 --text -c 8 -o out.jsonl prompts.txt"_s},
            {u"Go on after an interruption:"_s,
                u"lori batch -e http://localhost:8080 --text -c 8 -o out.jsonl --resume "
                "prompts.txt"_s},
            {u"The texts alone:"_s,
                u"lori batch -e http://localhost:8080 in.jsonl | jq -r .text"_s}},
    };
}

Result<std::unique_ptr<Command>> BatchCommand::make(const CommandLine &line, ApiClient &client)
{
    if (line.arguments().size() != 1) {
        return invalidRequest(line.arguments().isEmpty()
                ? u"There is no input: give a file, or - for stdin."_s
                : u"There is more than one input: give one file."_s);
    }
    if (line.has(u"resume"_s) && !line.has(u"out"_s)) {
        return invalidRequest(u"--resume needs --out, the file to go on with."_s);
    }
    BatchOptions options{.stream = !line.has(u"no-stream"_s)};
    if (line.has(u"concurrency"_s)) {
        const QString text = line.value(u"concurrency"_s);
        bool isCount = false;
        options.concurrency = text.toInt(&isCount);
        if (!isCount || options.concurrency < 1) {
            return invalidRequest(u"--concurrency takes a number from 1 on, not “%1”."_s.arg(text));
        }
    }
    const Result<std::optional<RetryPolicy>> retries = retriesFrom(line);
    if (!retries) {
        return Failure(retries.error());
    }
    options.retries = *retries;
    if (const Result<ChatRequest> request = requestFrom(line); !request) {
        return Failure(request.error());
    }
    if (const Result<ParameterSet> untyped = parametersFrom(line, {}); !untyped) {
        return Failure(untyped.error());
    }
    std::unique_ptr<BatchCommand> command(new BatchCommand(line, options, client));
    if (const Result<> read = command->readTemplate(); !read) {
        return Failure(read.error());
    }
    if (const Result<> opened = command->openInput(); !opened) {
        return Failure(opened.error());
    }
    if (const Result<> opened = command->openOutput(); !opened) {
        return Failure(opened.error());
    }
    return command;
}

BatchCommand::BatchCommand(const CommandLine &line, const BatchOptions &options, ApiClient &client)
    : m_line(line)
    , m_options(options)
    , m_client(client)
{ }

BatchCommand::~BatchCommand() = default;

Result<> BatchCommand::readTemplate()
{
    if (!m_line.has(u"template"_s)) {
        return {};
    }
    if (m_line.has(u"text"_s)) {
        return invalidRequest(u"With --template lines are objects with values, and not --text."_s);
    }
    const Result<PromptTemplate> prompt = templateNamed(m_line.value(u"template"_s));
    const Result<QJsonObject> values
        = prompt ? valuesFrom(m_line, *prompt) : Failure(prompt.error());
    const Result<QList<VariableField>> fields
        = values ? fieldsOf(*prompt) : Failure(values.error());
    if (!fields) {
        return Failure(fields.error());
    }
    m_template = *prompt;
    m_values = *values;
    m_takesId = std::ranges::any_of(
        *fields, [](const VariableField &field) { return field.variable.name == "id"_L1; });
    return {};
}

Result<RenderedPrompt> BatchCommand::fillIn(const QJsonObject &own) const
{
    QJsonObject values = m_values;
    for (auto it = own.begin(); it != own.end(); ++it) {
        values.insert(it.key(), it.value());
    }
    if (!m_takesId) {
        values.remove(u"id"_s);
    }
    Result<RenderedPrompt> rendered = render(*m_template, values);
    if (rendered) {
        replaceSystem(rendered->messages, m_line.value(u"system"_s));
    }
    return rendered;
}

Result<> BatchCommand::openInput()
{
    const QString name = m_line.arguments().constFirst();
    m_input.setFileName(name);
    const bool isOpen = name == "-"_L1 ? m_input.open(stdin, QIODevice::ReadOnly)
                                       : m_input.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(name, m_input.errorString()));
    }
    return {};
}

Result<> BatchCommand::openOutput()
{
    if (!m_line.has(u"out"_s)) {
        return {};
    }
    auto journal = BatchJournal::open(m_line.value(u"out"_s),
        m_line.has(u"resume"_s) ? BatchJournal::Begin::Resume : BatchJournal::Begin::New);
    if (!journal) {
        return Failure(journal.error());
    }
    m_journal = *std::move(journal);
    return {};
}

void BatchCommand::start()
{
    findTarget(m_line, m_client).then(this, [this](const Result<Target> &target) {
        onTarget(target);
    });
}

void BatchCommand::interrupt()
{
    if (m_run) {
        m_run->stop();
    } else {
        endInterrupted();
    }
}

void BatchCommand::onTarget(const Result<Target> &target)
{
    if (isOver()) {
        return;
    }
    if (!target) {
        endWith(target.error());
        return;
    }
    const Result<ParameterSet> parameters
        = parametersFor(m_line, *target, m_template ? m_template->parameters : ParameterSet());
    if (!parameters) {
        endWith(parameters.error());
        return;
    }
    ChatRequest defaults = *requestFrom(m_line);
    defaults.parameters = *parameters;
    const std::optional<qint64> total = countLines(m_input);
    if (m_template) {
        m_items.emplace(m_input, [this](const QJsonObject &own) { return fillIn(own); }, defaults);
    } else {
        m_items.emplace(m_input,
            m_line.has(u"text"_s) ? BatchInput::Format::Text : BatchInput::Format::JsonLines,
            defaults);
    }
    m_progress.start(total);
    m_run = new BatchRun(m_client, *target, m_options, [this] { return nextItem(); }, this);
    connect(m_run, &BatchRun::result, this,
        [this, asked = *target, defaults](const BatchResult &result) {
            onResult(result);
            // Once: what the options say is the same for all lines.
            if (result.outcome.error && !m_hasTold) {
                m_hasTold = tellRemedy(*result.outcome.error, asked, defaults);
            }
        });
    connect(m_run, &BatchRun::finished, this, &BatchCommand::onFinished);
    connect(m_run, &BatchRun::retrying, this, [this](const BatchItem &item, const Retry &retry) {
        m_progress.clear();
        printNote(u"Line %1: %2 %3"_s.arg(
            QString::number(item.index + 1), retry.error.message, retryWords(retry)));
    });
    m_run->start();
}

std::optional<BatchItem> BatchCommand::nextItem()
{
    while (std::optional<BatchItem> item = m_items->next()) {
        ++m_count;
        if (!m_journal || !m_journal->isDone(*item)) {
            return item;
        }
        ++m_skipped;
    }
    return std::nullopt;
}

void BatchCommand::onResult(const BatchResult &result)
{
    const QJsonObject object = toJson(result);
    if (result.outcome.error) {
        ++m_failed;
        m_progress.clear();
        printNote(u"Line %1: %2"_s.arg(result.index + 1).arg(result.outcome.error->message));
    }
    if (m_journal) {
        if (const Result<> written = m_journal->append(object); !written) {
            m_progress.clear();
            endWith(written.error());
            return;
        }
    } else {
        print(result.index, QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
    }
    ++m_answered;
    m_progress.update(m_skipped + m_answered, m_failed);
}

void BatchCommand::print(qint64 index, const QByteArray &line)
{
    m_waiting.insert(index, line);
    while (!isOver() && !m_waiting.isEmpty() && m_waiting.firstKey() == m_nextToPrint) {
        if (const auto over = StandardOutput::write(m_waiting.take(m_nextToPrint))) {
            m_progress.clear();
            end(*over);
        }
        ++m_nextToPrint;
    }
}

void BatchCommand::onFinished(const std::optional<ApiError> &error)
{
    m_progress.clear();
    // What came before its turn is no less an answer.
    for (const QByteArray &line : std::exchange(m_waiting, {})) {
        if (const auto over = isOver() ? std::nullopt : StandardOutput::write(line)) {
            end(*over);
        }
    }
    if (isOver()) {
        return;
    }
    if (m_journal && !error) {
        if (const Result<> written = m_journal->finish(m_count); !written) {
            endWith(written.error());
            return;
        }
    }
    const QString next
        = m_journal && error ? u" What is done is kept; --resume goes on."_s : QString();
    printNote(summary() + next);
    if (!error) {
        end(m_failed > 0 ? ExitCode::ServerFailed : ExitCode::Done);
    } else if (error->kind == ApiError::Kind::Cancelled) {
        endInterrupted();
    } else {
        endWith(*error);
    }
}

QString BatchCommand::summary() const
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
