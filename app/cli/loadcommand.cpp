// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadcommand.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "calibratecommand.h"
#include "emitcommand.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "load/loadmanners.h"
#include "load/samplescsv.h"
#include "load/taskexchange.h"
#include "load/workloadpreview.h"
#include "load/workloadprobe.h"
#include "load/workloadsource.h"
#include "mergecommand.h"
#include "providers/baseurl.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "resultscommand.h"
#include "store/pricelist.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<> openForWriting(QFile &file, const QString &name)
{
    file.setFileName(name);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        return invalidRequest(u"%1 cannot be written: %2."_s.arg(name, file.errorString()));
    }
    return {};
}

/// But for retries: a load test sends nothing twice.
QList<OptionHelp> loadAskOptions()
{
    QList<OptionHelp> options = askOptions();
    options.removeIf([](const OptionHelp &option) { return option.names.contains(u"retries"_s); });
    return options;
}

QList<OptionHelp> outputOptions()
{
    return {
        {{u"report"_s, u"o"_s}, u"FILE"_s, u"Writes all figures there, as JSON."_s},
        {{u"samples"_s}, u"FILE"_s, u"Writes a line for each request there, as CSV."_s},
        {{u"window"_s}, u"FROM-TO"_s,
            u"Which seconds of the run the figures are of, or “steady”: the steady state that is "
            "found. Default: all but --warmup and --cooldown."_s},
        {{u"json"_s}, {}, u"Writes the report on stdout instead of words."_s},
        {{u"calibrate"_s}, {},
            u"Asks nobody, but finds out by the built-in simulator up to what load this computer "
            "measures right, and keeps it: reports then say where a run goes beyond it."_s},
        {{u"start-at"_s}, u"TIME"_s,
            u"Waits until then (2026-01-31T12:00:00Z), so that shards begin together."_s},
    };
}

} // namespace

CommandHelp LoadCommand::help()
{
    return {
        .name = u"load"_s,
        .arguments = u"[WORD RUN|REPORT…]"_s,
        .summary = u"load-test an endpoint"_s,
        .description
        = {u"Asks an endpoint as many users would, and says how many tokens a second it gives, how "
           "long they wait, and at which load it is full. A request that fails is not sent again."_s,
            u"Without anything else one user asks for 30 seconds, with prompts of 512 tokens that "
            u"no "
            "server has seen before and answers of up to 128."_s,
            u"Times are told twice: from the moment a request left, and from the one it was due. "
            u"Each report says whether this computer was fast enough for it to be "
            "trusted."_s,
            u"“lori load merge REPORT…” makes one report of those of all shards."_s,
            u"Runs are kept until they are removed, also those that were killed. “list” names "
            u"them, "
            "“show RUN” shows one again, “rename RUN NAME”, “note RUN TEXT” and “tag RUN TAG…” say "
            "something of it, “preset RUN” writes a profile to run it again, “remove RUN…” "
            "deletes runs, “restore ID” brings one back within the hour, “keep REPORT” adds a "
            "report that was sent. RUN is “last”, how "
            "an "
            "id begins, or a file."_s,
            u"“lori load compare A B…” puts runs side by side, the first of which the others are "
            "held against, and says what differs by more than chance: it ends with 7 if something "
            "is "
            "worse. Files of vllm bench serve, SGLang's bench_serving, guidellm, AIPerf, "
            "inference-perf and MLPerf "
            "Endpoints "
            "are read too; figures that are defined otherwise are not subtracted. “lori load "
            "export "
            "RUN --to FORM” writes what other tools read."_s,
            u"Ends with 0, with 7 where --slo was missed, and with 5 where no request was "
            "answered."_s},
        .options = endpointOptions() + loadOptions() + outputOptions() + EmitCommand::options()
            + RunKeeper::options() + ResultsCommand::options() + loadAskOptions() + requestOptions()
            + idleOption(),
        .examples = {{u"Eight users for a minute:"_s,
                         u"lori load -e http://localhost:8000 -c 8 --duration 60"_s},
            {u"At which load is it full?"_s,
                u"lori load -e http://localhost:8000 --sweep users --slo ttft_p95=500ms"_s},
            {u"Embeddings, eight texts a request:"_s,
                u"lori load -e http://localhost:8080 --task embeddings --batch 8 -c 16 --slo "
                "e2e_p95=200ms"_s},
            {u"Was the change worth it?"_s, u"lori load compare 1f0c last"_s},
            {u"A mix of adapters at 20 requests a second, as a gate in CI:"_s,
                u"lori load -e http://localhost:8000 -r 20 --adapters support:3,sql:1 --requests "
                "2000 --slo ttft_p95=500ms,errors=1% -o report.json"_s}},
    };
}

Result<std::unique_ptr<Command>> LoadCommand::make(const CommandLine &line, ApiClient &client)
{
    if (!line.arguments().isEmpty()) {
        return ResultsCommand::knows(line.arguments().constFirst()) ? ResultsCommand::make(line)
                                                                    : MergeCommand::make(line);
    }
    Result<LoadProfile> profile = loadProfileFrom(line);
    if (!profile) {
        return Failure(profile.error());
    }
    if (line.has(u"calibrate"_s)) {
        return std::unique_ptr<Command>(new CalibrateCommand(line));
    }
    if (line.has(u"emit-kubernetes"_s)) {
        return EmitCommand::make(line, *profile);
    }
    if (const Result<ParameterSet> untyped = parametersFrom(line, {}); !untyped) {
        return Failure(untyped.error());
    }
    std::unique_ptr<LoadCommand> command(new LoadCommand(line, *std::move(profile), client));
    if (const Result<> read = command->readWindow(); !read) {
        return Failure(read.error());
    }
    if (const Result<> opened = command->openFiles(); !opened) {
        return Failure(opened.error());
    }
    return command;
}

LoadCommand::LoadCommand(const CommandLine &line, LoadProfile profile, ApiClient &client)
    : m_line(line)
    , m_profile(std::move(profile))
    , m_client(client)
    , m_keeper(line)
{
    m_looking.setInterval(m_status.interval());
    connect(&m_looking, &QTimer::timeout, this, [this] {
        const Nanoseconds elapsed = Clock::now() - m_run->origin();
        const QString title = m_profile.sweep ? u"load %1:"_s.arg(m_load) : QString();
        m_status.show(title, elapsed, m_live.at(elapsed));
    });
}

Result<> LoadCommand::readWindow()
{
    if (!m_line.has(u"window"_s)) {
        return {};
    }
    if (m_profile.sweep) {
        return invalidRequest(
            u"--window is of one run: the stages of a sweep have --duration and --warmup."_s);
    }
    const QString text = m_line.value(u"window"_s);
    m_wantsSteady = text == "steady"_L1;
    if (m_wantsSteady) {
        return m_line.has(u"shard"_s)
            ? invalidRequest(
                  u"Each shard would find a steady state of its own: with --shard, --window takes seconds, as 10-50."_s)
            : Result<>();
    }
    const QStringList parts = text.split(u'-');
    bool isFrom = false;
    bool isTo = false;
    const double from = parts.value(0).toDouble(&isFrom);
    const double to = parts.value(1).toDouble(&isTo);
    constexpr double most = 1e6;
    if (parts.size() != 2 || !isFrom || !isTo || !(from >= 0 && from < to && to <= most)) {
        return invalidRequest(
            u"--window takes seconds of the run, as 10-50, or “steady”, not “%1”."_s.arg(text));
    }
    m_window = LoadWindow{.from = fromSeconds(from), .to = fromSeconds(to)};
    return {};
}

Result<> LoadCommand::openFiles()
{
    if (m_line.has(u"report"_s)) {
        if (const Result<> opened = openForWriting(m_report, m_line.value(u"report"_s)); !opened) {
            return opened;
        }
    }
    if (m_line.has(u"samples"_s)) {
        const Result<> opened = openForWriting(m_samplesFile, m_line.value(u"samples"_s));
        if (!opened) {
            return opened;
        }
        m_samplesFile.write(samplesCsvHead());
    }
    if (m_line.has(u"keep-answers"_s) && m_line.has(u"no-history"_s)) {
        return invalidRequest(
            u"--keep-answers keeps them in the history, which --no-history does without."_s);
    }
    if (m_line.has(u"keep-answers"_s) && !m_profile.workload.task.isChat()) {
        return invalidRequest(u"--keep-answers keeps texts, and %1 have none: leave it out."_s.arg(
            toWord(m_profile.workload.task.kind)));
    }
    // Not at the end, when all was asked.
    for (const QString &option : {u"html"_s, u"markdown"_s}) {
        if (m_line.has(option)) {
            if (const Result<> possible = checkWritable(m_line.value(option)); !possible) {
                return possible;
            }
        }
    }
    return {};
}

void LoadCommand::start()
{
    findTarget(m_line, m_client).then(this, [this](const Result<Target> &target) {
        onTarget(target);
    });
}

void LoadCommand::interrupt()
{
    m_isInterrupted = true;
    if (m_run) {
        m_run->stop();
    } else {
        endInterrupted();
    }
}

void LoadCommand::onTarget(const Result<Target> &target)
{
    if (isOver()) {
        return;
    }
    if (!target) {
        endWith(target.error());
        return;
    }
    m_target = *target;
    m_isWatching = !m_line.has(u"no-server-metrics"_s);
    if (m_line.has(u"gpu-metrics"_s)) {
        m_gpus = endpointUrl(m_line.value(u"gpu-metrics"_s));
        if (!m_gpus.isValid()) {
            endWith(invalidRequest(
                u"--gpu-metrics takes an address, as http://gpu1:9400/metrics, not “%1”."_s.arg(
                    m_line.value(u"gpu-metrics"_s)))
                    .value());
            return;
        }
    }
    LoadWorkload &workload = m_profile.workload;
    // The parameters that are known are those of chats.
    const Result<ParameterSet> parameters = workload.task.isChat()
        ? parametersFor(m_line, m_target, workload.parameters)
        : parametersFrom(m_line, {});
    if (!parameters) {
        endWith(parameters.error());
        return;
    }
    if (workload.task.isChat()) {
        workload.parameters = *parameters;
    }
    for (const auto &[name, value] : parameters->asKeyValueRange()) {
        if (!workload.task.isChat()) {
            workload.extraBody.insert(name, value);
        }
    }
    if (const QString problem = problemAt(m_target, workload); !problem.isEmpty()) {
        endWith(invalidRequest(problem).value());
        return;
    }
    if (const Provider *provider = findProvider(m_target.endpoint.provider)) {
        m_specs = provider->parameters(m_target.endpoint.server);
    }
    if (const Result<> kept = keepManners(); !kept) {
        endWith(kept.error());
        return;
    }
    for (const QString &note : notesOf(m_profile.workload, m_specs)) {
        printNote(note);
    }
    prepare();
}

Result<> LoadCommand::keepManners()
{
    LoadPlan &plan = m_profile.plan;
    const Endpoint &endpoint = m_target.endpoint;
    const QString &model = m_profile.workload.model;
    if (plan.price.isEmpty()) {
        plan.price = priceOf(storedPrices(), endpoint.id, model.isEmpty() ? endpoint.model : model);
    }
    const LoadCeiling wanted = plan.ceiling;
    plan.ceiling = ceilingAt(endpoint, wanted);
    if (m_line.has(u"max-concurrency"_s)) {
        plan.ceiling.concurrency = wanted.concurrency;
    }
    if (m_line.has(u"max-requests"_s)) {
        plan.ceiling.requests = wanted.requests;
    }
    if (m_line.has(u"max-cost"_s)) {
        plan.ceiling.cost = wanted.cost;
        if (plan.price.isEmpty()) {
            return invalidRequest(
                u"--max-cost needs prices: say --price IN,OUT, or enter them in the window."_s);
        }
    }
    if (m_profile.sweep) {
        double &most = m_profile.sweep->most;
        most = m_profile.sweep->kind == LoadBlock::Kind::Users
            ? std::min(most, double(plan.ceiling.concurrency))
            : most;
    }
    const auto source = makeLoadSource(m_profile.workload, plan.seed, TokenCalibration(), m_specs);
    if (!source) {
        return Failure(source.error());
    }
    if (hasRecorded(plan.curve) && !m_profile.sweep) {
        const auto recording = traceCurveOf(m_profile.workload, m_specs);
        if (!recording) {
            return Failure(recording.error());
        }
        setRecordedRates(plan.curve, recording->value_or(TraceCurve()), m_profile.workload.cycles);
        if (const QString problem = problemOf(plan.curve); !problem.isEmpty()) {
            return invalidRequest(problem);
        }
    }
    constexpr qint64 looked = 100;
    const WorkloadPreview preview
        = previewOf(m_profile.workload, **source, TokenCalibration(), looked);
    if (m_profile.sweep) {
        // It may end long before, so that nothing is refused for the most it could come to.
        if (!plan.price.isEmpty() || isElsewhere(endpoint)) {
            printNote(toText(estimateOf(plan, *m_profile.sweep, preview))
                + u" The search ends by itself, or at its ceiling."_s);
        }
        return {};
    }
    const LoadEstimate estimate = estimateOf(plan, preview);
    if (const std::optional<CeilingBreach> breach = breachOf(plan, estimate)) {
        const bool isLower = plan.ceiling != wanted;
        return invalidRequest(u"%1%2 --%3 raises it."_s.arg(breach->sentence,
            isLower ? u" It is so low since %1 is not of this network."_s.arg(endpoint.url.host())
                    : QString(),
            breach->part == CeilingBreach::Part::Concurrency    ? u"max-concurrency"_s
                : breach->part == CeilingBreach::Part::Requests ? u"max-requests"_s
                                                                : u"max-cost"_s));
    }
    if (!plan.price.isEmpty() || isElsewhere(endpoint)) {
        printNote(toText(estimate));
    }
    const QString problem = problemOf(plan, m_profile.workload.kind == LoadWorkload::Kind::Trace);
    return problem.isEmpty() ? Result<>() : invalidRequest(problem);
}

void LoadCommand::prepare()
{
    const LoadWorkload &workload = m_profile.workload;
    const bool isSized = workload.kind == LoadWorkload::Kind::Synthetic
        || workload.kind == LoadWorkload::Kind::Trace;
    if (!isSized) {
        wait();
        return;
    }
    ChatRequest base;
    base.model = workload.model;
    base.adapter = workload.adapter;
    base.parameters = workload.parameters;
    base.extraBody = workload.extraBody;
    if (!workload.systemPrompt.isEmpty()) {
        base.messages += {.role = Role::System, .content = workload.systemPrompt};
    }
    calibrateTokens(m_client, m_target, base, workload.task.kind)
        .then(this, [this](const Result<TokenCalibration> &calibration) {
            if (isOver()) {
                return;
            }
            // A server that counts nothing can be tested; one that does not answer cannot.
            if (!calibration && calibration.error().kind != ApiError::Kind::Protocol) {
                endWith(calibration.error());
                return;
            }
            if (!calibration) {
                printNote(
                    u"The lengths of prompts are estimates: %1"_s.arg(calibration.error().message));
            }
            m_calibration = calibration.value_or(TokenCalibration());
            wait();
        });
}

void LoadCommand::wait()
{
    Milliseconds left{};
    if (m_line.has(u"start-at"_s)) {
        const QDateTime at = QDateTime::fromString(m_line.value(u"start-at"_s), Qt::ISODateWithMs);
        left = Milliseconds(QDateTime::currentDateTimeUtc().msecsTo(at));
        if (!at.isValid() || left < Milliseconds(0)) {
            endWith(invalidRequest(
                u"--start-at takes a time to come, as 2026-01-31T12:00:00Z, not “%1”."_s.arg(
                    m_line.value(u"start-at"_s)))
                    .value());
            return;
        }
    }
    QTimer::singleShot(left, Qt::PreciseTimer, this, &LoadCommand::startStage);
}

} // namespace Lorikeet
