// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structuredcommand.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "endpointoptions.h"
#include "schemaoptions.h"
#include "standardoutput.h"
#include "structuredreport.h"
#include "templateoptions.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QList<OptionHelp> structuredOptions()
{
    return {
        {{u"max-attempts"_s}, u"N"_s,
            u"Asks so many times at most, until an answer keeps to the schema. Default: 3."_s},
        {{u"again"_s}, u"HOW"_s,
            u"How it asks again: errors (the answer goes back with what is wrong in it), plainly, "
            "or hotter (with a temperature that rises). Default: errors."_s},
        embeddedOption(),
        {{u"stop-early"_s}, {},
            u"Stops an answer as soon as it is certain that it does not keep to the schema."_s},
        {{u"as"_s}, u"WAY"_s,
            u"How the schema is sent: native (as the server has it, so that it can answer in no "
            "other way), tool (as the parameters of one function that must be called) or words (in "
            "the system message). Default: native."_s},
        {{u"no-narrow"_s}, {},
            u"Leaves the schema as it is where a server would take it strictly if it were "
            u"narrower. "
            "Default: it is made so, which is told."_s},
        {{u"samples"_s, u"n"_s}, u"N"_s,
            u"Asks the same N times, each with so many attempts of its own, and tells at the end "
            "how many keep to the schema; where a seed is set, each with another one."_s},
        {{u"concurrency"_s, u"c"_s}, u"N"_s, u"Asks N samples at once. Default: 4."_s},
        {{u"json"_s}, {},
            u"Prints one JSON object with all attempts, their faults and times; of samples one a "
            "line, and at last one with the “summary”."_s},
    };
}

template<typename T>
Result<T> chosen(const CommandLine &line, const QString &option,
    std::initializer_list<std::pair<QLatin1StringView, T>> choices)
{
    QStringList words;
    for (const auto &[word, value] : choices) {
        if (!line.has(option) || line.value(option) == word) {
            return value; // the first is the default
        }
        words.append(word);
    }
    return invalidRequest(
        u"--%1 takes %2, not “%3”."_s.arg(option, words.join(u", "_s), line.value(option)));
}

Result<StructuredOptions> optionsFrom(const CommandLine &line)
{
    using Again = StructuredOptions::Again;
    using Way = SchemaCarrying::Way;
    StructuredOptions options{.isEmbeddingFine = line.has(u"embedded"_s),
        .stopEarly = line.has(u"stop-early"_s),
        .carrying = {.way = Way::Native, .mayNarrow = !line.has(u"no-narrow"_s), .name = {}}};
    const Result<Again> again = chosen<Again>(line, u"again"_s,
        {{"errors"_L1, Again::WithErrors}, {"plainly"_L1, Again::Plainly},
            {"hotter"_L1, Again::Hotter}});
    const Result<Way> way = chosen<Way>(line, u"as"_s,
        {{"native"_L1, Way::Native}, {"tool"_L1, Way::Tool}, {"words"_L1, Way::Words}});
    if (!again || !way) {
        return Failure(again ? way.error() : again.error());
    }
    options.again = *again;
    options.carrying.way = *way;
    if (line.has(u"max-attempts"_s)) {
        bool isNumber = false;
        options.maxAttempts = line.value(u"max-attempts"_s).toInt(&isNumber);
        if (!isNumber || options.maxAttempts < 1) {
            return invalidRequest(u"--max-attempts takes a number from 1 on, not “%1”."_s.arg(
                line.value(u"max-attempts"_s)));
        }
    }
    return options;
}

/// Nothing without --samples.
Result<std::optional<SampleOptions>> samplesFrom(const CommandLine &line)
{
    if (!line.has(u"samples"_s)) {
        if (line.has(u"concurrency"_s)) {
            return invalidRequest(
                u"--concurrency needs --samples, of which so many run at once."_s);
        }
        return std::nullopt;
    }
    const Result<int> count = line.count(u"samples"_s, 1);
    const Result<int> concurrency = line.count(u"concurrency"_s, 4);
    if (!count || !concurrency) {
        return Failure(count ? concurrency.error() : count.error());
    }
    return SampleOptions{.count = *count, .concurrency = *concurrency};
}

} // namespace

CommandHelp StructuredCommand::help()
{
    return {
        .name = u"structured"_s,
        .arguments = u"[PROMPT|-]"_s,
        .summary = u"ask for JSON that keeps to a schema, again if it does not"_s,
        .description
        = {u"Sends the schema as the endpoint's dialect has it, checks the answer, and asks again "
           "where it does not keep to the schema. Prints the JSON of the answer that does; what "
           "was "
           "wrong with others goes to stderr, as does what the dialect cannot carry."_s,
            u"A request that fails is not asked again for that (see --retry)."_s,
            u"With --samples the JSON of each sample is a line, in their order. How many keep to "
            "the schema is told of first answers and of what came after all attempts, each with "
            "its 95 % interval, which takes answers for independent: at a temperature of 0 they "
            "are not. A request that failed counts neither way; after three in a row no more are "
            "asked."_s,
            u"Ends with 0 when an answer keeps to the schema, with 3 when none does, and with 2 "
            "when the schema cannot be used or sent; with --samples that is asked of each, so that "
            "it ends with 3 when one has no answer that does."_s},
        .options = endpointOptions() + schemaOptions() + structuredOptions() + templateOptions()
            + askOptions() + requestOptions() + idleOption(),
        .examples = {{u"A person out of a text:"_s,
                         u"lori structured -e http://gpu:8000 --schema person.json < letter.txt"_s},
            {u"Five tries, each a little more daring, and all of them told:"_s,
                u"lori structured -e http://gpu:8000 --schema person.json --max-attempts 5 --again "
                "hotter --json 'Ada Lovelace' | jq .attempts"_s},
            {u"How often it comes out right at once:"_s,
                u"lori structured -e http://gpu:8000 --schema person.json -n 100 --max-attempts 1 "
                "'Ada Lovelace' > people.jsonl"_s}},
    };
}

Result<std::unique_ptr<Command>> StructuredCommand::make(const CommandLine &line, ApiClient &client)
{
    const Result<StructuredOptions> options = optionsFrom(line);
    if (!options) {
        return Failure(options.error());
    }
    const Result<std::optional<SampleOptions>> samples = samplesFrom(line);
    if (!samples) {
        return Failure(samples.error());
    }
    const Result<JsonSchema> schema = schemaFrom(line);
    if (!schema) {
        return Failure(schema.error());
    }
    Result<ChatRequest> request = requestFrom(line);
    if (!request) {
        return Failure(request.error());
    }
    const Result<std::optional<RetryPolicy>> retries = retriesFrom(line);
    if (!retries) {
        return Failure(retries.error());
    }
    if (const Result<ParameterSet> untyped = parametersFrom(line, {}); !untyped) {
        return Failure(untyped.error());
    }
    const Result<RenderedPrompt> asked = askedFrom(line);
    if (!asked) {
        return Failure(asked.error());
    }
    request->messages = asked->messages;
    request->diverged = !examplesIn(asked->messages).isEmpty();
    std::unique_ptr<StructuredCommand> command(
        new StructuredCommand(line, *request, *schema, *options, client));
    command->m_retries = *retries;
    command->m_wanted = *samples;
    command->m_bound = asked->parameters;
    return command;
}

StructuredCommand::StructuredCommand(const CommandLine &line, const ChatRequest &request,
    const JsonSchema &schema, const StructuredOptions &options, ApiClient &client)
    : m_line(line)
    , m_request(request)
    , m_schema(schema)
    , m_options(options)
    , m_client(client)
{ }

void StructuredCommand::start()
{
    findTarget(m_line, m_client).then(this, [this](const Result<Target> &target) {
        onTarget(target);
    });
}

void StructuredCommand::interrupt()
{
    if (m_run) {
        m_run->stop();
    } else if (m_samples) {
        m_samples->stop();
    } else {
        endInterrupted();
    }
}

void StructuredCommand::onTarget(const Result<Target> &found)
{
    if (isOver()) {
        return;
    }
    const Result<ParameterSet> parameters = found ? parametersFor(m_line, *found, m_bound)
                                                  : Result<ParameterSet>(Failure(found.error()));
    if (!parameters) {
        endWith(parameters.error());
        return;
    }
    Target target = *found;
    target.endpoint.retry = m_retries.value_or(target.endpoint.retry);
    m_request.parameters = *parameters;
    if (m_wanted) {
        sample(target);
        return;
    }
    m_run = new StructuredRun(m_client, target, m_request, m_schema, m_options, this);
    for (const QString &note : m_run->notes()) {
        printNote(note);
    }
    connect(m_run, &StructuredRun::attemptFinished, this, &StructuredCommand::onAttempt);
    connect(m_run, &StructuredRun::finished, this, &StructuredCommand::onFinished);
    m_run->start();
}

void StructuredCommand::onAttempt(int attempt, const StructuredAttempt &result) const
{
    if (attempt == 0) {
        for (const QString &note : result.outcome.notes) {
            printNote(note);
        }
    }
    for (const SchemaViolation &violation : result.check.violations) {
        printNote(u"%1: %2"_s.arg(attemptName(attempt), toText(violation).simplified()));
    }
}

QString StructuredCommand::attemptName(int attempt) const
{
    return u"Answer %1 of %2"_s.arg(attempt + 1).arg(m_options.maxAttempts);
}

void StructuredCommand::onFinished(const StructuredResult &result)
{
    std::optional<ExitCode> over;
    if (m_line.has(u"json"_s)) {
        QJsonObject object = toJson(result);
        object.insert(u"notes"_s, QJsonArray::fromStringList(m_run->notes()));
        over = StandardOutput::writeLine(object);
    } else if (result.end == StructuredResult::End::Valid) {
        over = StandardOutput::write(
            compactJson(result.attempts.constLast().check.json->value).toUtf8() + '\n');
    }
    if (over) {
        end(*over);
    } else if (result.end == StructuredResult::End::Valid) {
        end(ExitCode::Done);
    } else if (result.error->kind == ApiError::Kind::Cancelled) {
        endInterrupted();
    } else {
        printError(*result.error);
        end(result.end == StructuredResult::End::Invalid ? ExitCode::Invalid
                                                         : exitCodeOf(*result.error));
    }
}

} // namespace Lorikeet
