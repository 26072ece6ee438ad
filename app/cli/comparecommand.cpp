// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparecommand.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "comparereport.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "lesson.h"
#include "providers/provider.h"
#include "providers/registry.h"
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

/// What a lane asks, but for its adapter, which is the lane's own.
QList<OptionHelp> laneOptions()
{
    QList<OptionHelp> options = askOptions();
    options.removeIf([](const OptionHelp &option) {
        return option.names.contains(u"adapter"_s) || option.names.contains(u"scale"_s);
    });
    return options;
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
        .options = endpointOptions() + compareOptions() + templateOptions() + laneOptions()
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
    const Result<std::optional<RetryPolicy>> retries = retriesFrom(line);
    if (!retries) {
        return Failure(retries.error());
    }
    if (const Result<ParameterSet> untyped = parametersFrom(line, {}); !untyped) {
        return Failure(untyped.error());
    }
    QList<Wanted> wanted;
    for (const QString &spec : line.values(u"lane"_s)) {
        const Result<Wanted> lane = wantedFrom(spec, line);
        if (!lane) {
            return Failure(lane.error());
        }
        wanted.append(*lane);
    }
    if (wanted.size() == 1 || wanted.size() > mostLanes) {
        return invalidRequest(
            u"Between two and %1 lanes are compared, not %2."_s.arg(mostLanes).arg(wanted.size()));
    }
    const Result<RenderedPrompt> asked = askedFrom(line);
    if (!asked) {
        return Failure(asked.error());
    }
    std::unique_ptr<CompareCommand> command(new CompareCommand(line, *asked, client));
    command->m_options = *options;
    command->m_retries = *retries;
    command->m_wanted = wanted;
    return command;
}

CompareCommand::CompareCommand(
    const CommandLine &line, const RenderedPrompt &asked, ApiClient &client)
    : m_line(line)
    , m_asked(asked)
    , m_client(client)
{ }

Result<CompareCommand::Wanted> CompareCommand::wantedFrom(
    const QString &spec, const CommandLine &line)
{
    const QStringList parts = spec.split(u',');
    Wanted wanted{.adapter = parts.constFirst().trimmed(),
        .endpoint = line.value(u"endpoint"_s),
        .model = line.value(u"model"_s),
        .system = line.value(u"system"_s),
        .spec = spec};
    for (const QString &part : parts.sliced(1)) {
        const auto pair = splitPair(part, u'=');
        if (!pair) {
            return invalidRequest(
                u"A lane is ADAPTER,KEY=VALUE,…; “%1” in “%2” has no =."_s.arg(part, spec));
        }
        if (pair->first == "endpoint"_L1) {
            wanted.endpoint = pair->second;
        } else if (pair->first == "model"_L1) {
            wanted.model = pair->second;
        } else if (pair->first == "system"_L1) {
            wanted.system = pair->second;
        } else {
            wanted.parameters.append(part);
        }
    }
    return wanted;
}

void CompareCommand::start() { findNext(); }

void CompareCommand::interrupt()
{
    if (m_comparison) {
        m_comparison->stop();
    } else {
        endInterrupted();
    }
}

/// Finds the endpoints one after the other, then goes on with the comparison.
void CompareCommand::findNext()
{
    QStringList endpoints;
    for (const Wanted &wanted : m_wanted) {
        endpoints.append(wanted.endpoint);
    }
    if (endpoints.isEmpty()) {
        endpoints.append(m_line.value(u"endpoint"_s));
    }
    const auto next = std::ranges::find_if(
        endpoints, [this](const QString &endpoint) { return !m_found.contains(endpoint); });
    if (next == endpoints.end()) {
        compare();
        return;
    }
    findTarget(*next, m_line, m_client)
        .then(this, [this, name = *next](const Result<Target> &target) {
            if (isOver()) {
                return;
            }
            if (!target) {
                endWith(target.error());
                return;
            }
            m_client.describe(*target).then(
                this, [this, name, target](const Result<EndpointDescription> &description) {
                    // Without a list of adapters they can still be named, where the dialect has
                    // that.
                    const Provider *provider = findProvider(target->endpoint.provider);
                    EndpointDescription known;
                    if (description) {
                        known = *description;
                    } else if (provider) {
                        known.adapterStyle = provider->adapterStyle(target->endpoint.server);
                    }
                    onFound(name, {*target, known});
                });
        });
}

void CompareCommand::onFound(const QString &endpoint, const Found &found)
{
    if (!isOver()) {
        RetryPolicy &retry = m_found.insert(endpoint, found)->target.endpoint.retry;
        retry = m_retries.value_or(retry);
        findNext();
    }
}

Result<ChatRequest> CompareCommand::requestOf(const Wanted &wanted, const Target &target) const
{
    ChatRequest request{.model = wanted.model};
    request.messages = m_asked.messages;
    replaceSystem(request.messages, wanted.system);
    const Result<ParameterSet> parameters
        = parametersFor(m_line.values(u"param"_s) + wanted.parameters, target, m_asked.parameters);
    if (!parameters) {
        return Failure(parameters.error());
    }
    request.parameters = *parameters;
    return request;
}

Result<QList<Lane>> CompareCommand::makeLanes() const
{
    QList<Lane> lanes;
    for (const Wanted &wanted : m_wanted) {
        const Found &found = *m_found.constFind(wanted.endpoint);
        Result<ChatRequest> request = requestOf(wanted, found.target);
        Result<AdapterChoice> adapter = chooseAdapter(wanted.adapter, found.description);
        if (!request || !adapter) {
            return Failure(request ? adapter.error() : request.error());
        }
        Result<AdapterChoice> token = adapterTokenFrom(m_line);
        if (!token) {
            return Failure(token.error());
        }
        adapter->source = m_line.value(u"adapter-source"_s);
        adapter->token = token->token;
        request->adapter = *adapter;
        lanes.append({.name = wanted.spec, .target = found.target, .request = *request});
    }
    if (m_wanted.isEmpty()) {
        const Found &found = m_found.first();
        const Wanted all{.model = m_line.value(u"model"_s), .system = m_line.value(u"system"_s)};
        const Result<ChatRequest> request = requestOf(all, found.target);
        if (!request) {
            return Failure(request.error());
        }
        lanes = baseAndAdapters(found.target, *request, found.description);
        if (lanes.size() < 2) {
            return invalidRequest(u"%1 lists no adapters to compare: name them by --lane."_s.arg(
                m_line.value(u"endpoint"_s)));
        }
    }
    return lanes;
}

void CompareCommand::compare()
{
    Result<QList<Lane>> lanes = makeLanes();
    if (!lanes) {
        endWith(lanes.error());
        return;
    }
    if (m_line.has(u"seed"_s)) {
        const QStringList without = alignSeeds(*lanes, qint64(m_options.seed));
        if (!without.isEmpty()) {
            printNote(u"No seed is taken by %1: what differs there may be chance."_s.arg(
                without.join(u", "_s)));
        }
    }
    if (m_options.order != ComparisonOptions::Order::OneByOne && shareServer(*lanes)) {
        printNote(u"Lanes share a server and are asked at once: each is slower than by itself. "
                  "--order one-by-one asks them in turn."_s);
    }
    m_outcomes.resize(lanes->size());
    m_comparison = new Comparison(m_client, *lanes, m_options, this);
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
