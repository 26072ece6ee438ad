// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparecommand.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "comparereport.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "lanefinder.h"
#include "lesson.h"
#include "standardoutput.h"
#include "templateoptions.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QList<OptionHelp> compareOptions()
{
    return {
        {{u"lane"_s, u"l"_s}, u"ADAPTER[,KEY=VALUE]…"_s,
            u"Who answers: an adapter by its id or name, or “base”. Behind it may stand "
            "endpoint=NAME or URL, model=ID, system=TEXT, and any parameter, such as "
            "temperature=0.2. May be given up to six times; the first is what the others are held "
            "against. Default: base, and all adapters that the endpoint lists."_s},
        {{u"order"_s}, u"ORDER"_s,
            u"together (all at once), shuffled (at once, in an order of chance) or one-by-one. "
            "Default: together."_s},
        {{u"seed"_s}, u"N"_s,
            u"Asks every lane with this seed, where its server takes one, and shuffles by it."_s},
        {{u"warm-up"_s}, {},
            u"Asks each lane for one token first, so that connections are open and adapters "
            "loaded."_s},
        {{u"diff"_s}, {},
            u"Prints the later answers with what differs from the first: [-gone-] {+come+}."_s},
        {{u"json"_s}, {}, u"Prints one JSON object with all answers, times and differences."_s},
    };
}

Result<ComparisonOptions> optionsFrom(const CommandLine &line)
{
    ComparisonOptions options{.warmUp = line.has(u"warm-up"_s)};
    const QString order = line.has(u"order"_s) ? line.value(u"order"_s) : u"together"_s;
    if (order == "shuffled"_L1) {
        options.order = ComparisonOptions::Order::Shuffled;
    } else if (order == "one-by-one"_L1) {
        options.order = ComparisonOptions::Order::OneByOne;
    } else if (order != "together"_L1) {
        return invalidRequest(
            u"--order takes together, shuffled or one-by-one, not “%1”."_s.arg(order));
    }
    if (line.has(u"seed"_s)) {
        bool isNumber = false;
        options.seed = line.value(u"seed"_s).toUInt(&isNumber);
        if (!isNumber) {
            return invalidRequest(
                u"--seed takes a number from 0 on, not “%1”."_s.arg(line.value(u"seed"_s)));
        }
    }
    return options;
}

} // namespace

CommandHelp CompareCommand::help()
{
    return {
        .name = u"compare"_s,
        .arguments = u"[PROMPT|-]"_s,
        .summary = u"ask several adapters, models or endpoints the same, and see what differs"_s,
        .description
        = {u"Asks one question of up to six lanes, each an adapter of an endpoint, and prints "
           "their answers, their times, and how like the first each of the others is: twice the "
           "words they have in common, in the same order, by the words of both."_s,
            u"Lanes that ask the same server at the same time share what it can do; --order "
            "one-by-one measures each by itself."_s,
            u"Ends with 0 when every lane answered, and with 5 when one did not."_s},
        .options = endpointOptions() + compareOptions() + templateOptions() + laneAskOptions()
            + requestOptions() + idleOption(),
        .examples = {{u"The base model and every adapter that is there:"_s,
                         u"lori compare -e http://gpu:8000 --seed 7 'Classify: charged twice'"_s},
            {u"Two versions of an adapter, with what differs marked:"_s,
                u"lori compare -e http://gpu:8000 -l support-v3 -l support-v4 --diff "
                "'Charged twice for March'"_s},
            {u"One model at two places, one cooler:"_s,
                u"lori compare -e prod -l base -l base,endpoint=http://localhost:8080,"
                "temperature=0.2 Hello"_s}},
    };
}

Result<std::unique_ptr<Command>> CompareCommand::make(const CommandLine &line, ApiClient &client)
{
    const Result<ComparisonOptions> options = optionsFrom(line);
    if (!options) {
        return Failure(options.error());
    }
    if (const Result<std::optional<RetryPolicy>> retries = retriesFrom(line); !retries) {
        return Failure(retries.error());
    }
    if (const Result<ParameterSet> untyped = parametersFrom(line, {}); !untyped) {
        return Failure(untyped.error());
    }
    const Result<QList<WantedLane>> wanted = wantedLanes(line);
    if (!wanted) {
        return Failure(wanted.error());
    }
    if (wanted->size() == 1) {
        return invalidRequest(u"2 to %1 lanes are compared, not one."_s.arg(mostLanes));
    }
    const Result<RenderedPrompt> asked = askedFrom(line);
    if (!asked) {
        return Failure(asked.error());
    }
    std::unique_ptr<CompareCommand> command(new CompareCommand(line, *asked, client));
    command->m_options = *options;
    command->m_wanted = *wanted;
    return command;
}

CompareCommand::CompareCommand(
    const CommandLine &line, const RenderedPrompt &asked, ApiClient &client)
    : m_line(line)
    , m_asked(asked)
    , m_client(client)
{ }

void CompareCommand::start()
{
    auto *finder = new LaneFinder(m_line, m_client, this);
    connect(finder, &LaneFinder::found, this, &CompareCommand::compare);
    connect(finder, &LaneFinder::failed, this, &CompareCommand::endWith);
    finder->find(m_wanted, m_asked.parameters, 2);
}

void CompareCommand::interrupt()
{
    if (m_comparison) {
        m_comparison->stop();
    } else {
        endInterrupted();
    }
}

void CompareCommand::compare(QList<Lane> lanes)
{
    if (isOver()) {
        return;
    }
    for (Lane &lane : lanes) {
        const QList<Message> own = lane.request.messages;
        lane.request.messages = m_asked.messages;
        replaceSetting(lane.request.messages, own);
        lane.request.diverged = !examplesIn(lane.request.messages).isEmpty();
    }
    if (m_line.has(u"seed"_s)) {
        const QStringList without = alignSeeds(lanes, qint64(m_options.seed));
        if (!without.isEmpty()) {
            printNote(u"No seed is taken by %1: what differs there may be chance."_s.arg(
                without.join(u", "_s)));
        }
    }
    if (m_options.order != ComparisonOptions::Order::OneByOne && shareServer(lanes)) {
        printNote(u"Lanes share a server and are asked at once: each is slower than by itself. "
                  "--order one-by-one asks them in turn."_s);
    }
    m_outcomes.resize(lanes.size());
    m_comparison = new Comparison(m_client, lanes, m_options, this);
    connect(m_comparison, &Comparison::laneFinished, this,
        [this](qsizetype lane, const ChatOutcome &outcome) { m_outcomes[lane] = outcome; });
    connect(m_comparison, &Comparison::retrying, this, [this](qsizetype lane, const Retry &retry) {
        printNote(u"%1, %2: %3 %4"_s.arg(laneLetter(lane), m_comparison->lanes().at(lane).name,
            retry.error.message, retryWords(retry)));
    });
    connect(m_comparison, &Comparison::finished, this, &CompareCommand::onFinished);
    m_comparison->start();
}

void CompareCommand::onFinished()
{
    const CompareReport report{.prompt = m_asked.messages.constLast().content,
        .lanes = m_comparison->lanes(),
        .order = m_comparison->order(),
        .outcomes = m_outcomes};
    const auto over = m_line.has(u"json"_s)
        ? StandardOutput::writeLine(report.toJson())
        : StandardOutput::write(
              report.toText(m_line.has(u"diff"_s), StandardOutput::isTerminal()).toUtf8());
    for (qsizetype i = 0; i < report.lanes.size(); ++i) {
        const Lane &lane = report.lanes.at(i);
        if (const std::optional<ApiError> &error = report.outcomes.at(i).error) {
            tellRemedy(*error, lane.target, lane.request);
        }
    }
    const auto failed = std::ranges::find_if(
        report.outcomes, [](const ChatOutcome &outcome) { return outcome.error.has_value(); });
    if (over) {
        end(*over);
    } else if (failed == report.outcomes.end()) {
        end(ExitCode::Done);
    } else if (failed->error->kind == ApiError::Kind::Cancelled) {
        endInterrupted(u"Interrupted; not all answers are complete."_s);
    } else {
        end(exitCodeOf(*failed->error));
    }
}

} // namespace Lorikeet
