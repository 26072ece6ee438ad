// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadcommand.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "chat/networkthread.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "http/proxyrules.h"
#include "load/samplescsv.h"
#include "load/workloadprobe.h"
#include "load/workloadsource.h"
#include "loadtext.h"
#include "mergecommand.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "standardoutput.h"
#include "triton/grpctransport.h"

#include <QJsonDocument>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

std::unique_ptr<NetworkThread> makeThread(int streams)
{
    return std::make_unique<NetworkThread>(
        [streams]() -> std::unique_ptr<QNetworkAccessManager> {
            auto manager = std::make_unique<CurlAccessManager>();
            manager->reserve(streams);
            return manager;
        },
        [](ApiClient &client) { client.setCarrier(Triton::grpcCarrier()); });
}

Result<> openForWriting(QFile &file, const QString &name)
{
    file.setFileName(name);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        return invalidRequest(u"%1 cannot be written: %2."_s.arg(name, file.errorString()));
    }
    return {};
}

QList<OptionHelp> outputOptions()
{
    return {
        {{u"report"_s, u"o"_s}, u"FILE"_s, u"Writes all figures there, as JSON."_s},
        {{u"samples"_s}, u"FILE"_s, u"Writes a line for each request there, as CSV."_s},
        {{u"json"_s}, {}, u"Writes the report on stdout instead of words."_s},
        {{u"start-at"_s}, u"TIME"_s,
            u"Waits until then (2026-01-31T12:00:00Z), so that shards begin together."_s},
    };
}

} // namespace

CommandHelp LoadCommand::help()
{
    return {
        .name = u"load"_s,
        .arguments = u"[merge REPORT…]"_s,
        .summary = u"load-test an endpoint"_s,
        .description
        = {u"Asks an endpoint as many users would, and says how many tokens a second it gives, how "
           "long they wait, and at which load it is full. Nothing is ever asked twice."_s,
            u"Without anything else one user asks for 30 seconds, with prompts of 512 tokens that "
            u"no "
            "server has seen before and answers of up to 128."_s,
            u"Times of an open loop are told twice: from the moment a request left, and from the "
            u"one "
            "it was due. Each report says whether this computer was fast enough for it to be "
            "trusted."_s,
            u"“lori load merge REPORT…” makes one report of those of all shards."_s,
            u"Ends with 0, with 7 where --slo was missed, and with 5 where no request was "
            "answered."_s},
        .options = endpointOptions() + loadOptions() + outputOptions() + askOptions()
            + requestOptions() + idleOption(),
        .examples = {{u"Eight users for a minute:"_s,
                         u"lori load -e http://localhost:8000 -c 8 --duration 60"_s},
            {u"At which load is it full?"_s,
                u"lori load -e http://localhost:8000 --sweep users --slo ttft_p95=500ms"_s},
            {u"A mix of adapters at 20 requests a second, as a gate in CI:"_s,
                u"lori load -e http://localhost:8000 -r 20 --adapters support:3,sql:1 --requests "
                "2000 --slo ttft_p95=500ms,errors=1% -o report.json"_s}},
    };
}

Result<std::unique_ptr<Command>> LoadCommand::make(const CommandLine &line, ApiClient &client)
{
    if (!line.arguments().isEmpty()) {
        return MergeCommand::make(line);
    }
    Result<LoadProfile> profile = loadProfileFrom(line);
    if (!profile) {
        return Failure(profile.error());
    }
    if (const Result<ParameterSet> untyped = parametersFrom(line, {}); !untyped) {
        return Failure(untyped.error());
    }
    std::unique_ptr<LoadCommand> command(new LoadCommand(line, *std::move(profile), client));
    if (const Result<> opened = command->openFiles(); !opened) {
        return Failure(opened.error());
    }
    return command;
}

LoadCommand::LoadCommand(const CommandLine &line, LoadProfile profile, ApiClient &client)
    : m_line(line)
    , m_profile(std::move(profile))
    , m_client(client)
{
    m_looking.setInterval(m_status.interval());
    connect(&m_looking, &QTimer::timeout, this, [this] {
        const Nanoseconds elapsed = Clock::now() - m_run->origin();
        const QString title = m_profile.sweep ? u"load %1:"_s.arg(m_load) : QString();
        m_status.show(title, elapsed, m_live.at(elapsed));
    });
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
    if (const QString problem = keepManners(); !problem.isEmpty()) {
        endWith(invalidRequest(problem).value());
        return;
    }
    const Result<ParameterSet> parameters
        = parametersFor(m_line, m_target, m_profile.workload.parameters);
    if (!parameters) {
        endWith(parameters.error());
        return;
    }
    m_profile.workload.parameters = *parameters;
    if (const Provider *provider = findProvider(m_target.endpoint.provider)) {
        m_specs = provider->parameters(m_target.endpoint.server);
    }
    for (const QString &note : notesOf(m_profile.workload, m_specs)) {
        printNote(note);
    }
    prepare();
}

QString LoadCommand::keepManners()
{
    LoadPlan &plan = m_profile.plan;
    if (isLocalHost(m_target.endpoint.url.host()) || !m_target.endpoint.unixSocket.isEmpty()) {
        return {};
    }
    // Somebody else's server, and maybe money: more than this is asked for by hand.
    constexpr LoadCeiling elsewhere{.concurrency = 256, .requests = 10'000};
    const bool isOver = plan.stops.requests > elsewhere.requests;
    if (!m_line.has(u"max-concurrency"_s)) {
        plan.ceiling.concurrency = std::min(plan.ceiling.concurrency, elsewhere.concurrency);
    }
    if (!m_line.has(u"max-requests"_s)) {
        plan.ceiling.requests = std::min(plan.ceiling.requests, elsewhere.requests);
    }
    if (m_profile.sweep) {
        m_profile.sweep->most = m_profile.sweep->kind == LoadBlock::Kind::Users
            ? std::min(m_profile.sweep->most, double(plan.ceiling.concurrency))
            : m_profile.sweep->most;
        return {};
    }
    if (isOver && !m_line.has(u"max-requests"_s)) {
        return u"%1 is not of this network, where no more than %2 requests are sent unless --max-requests says so."_s
            .arg(m_target.endpoint.url.host(), QString::number(elsewhere.requests));
    }
    return problemOf(plan, m_profile.workload.kind == LoadWorkload::Kind::Trace);
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
    calibrateTokens(m_client, m_target, base)
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

void LoadCommand::startStage()
{
    if (isOver()) {
        return;
    }
    LoadPlan plan = m_profile.plan;
    if (m_profile.sweep) {
        m_load = *nextLoad(*m_profile.sweep, m_tried);
        plan = stagePlan(plan, *m_profile.sweep, m_load, int(m_tried.size()));
    }
    auto source = makeLoadSource(m_profile.workload, plan.seed, m_calibration, m_specs);
    if (!source) {
        endWith(source.error());
        return;
    }
    m_source = *std::move(source);
    m_samples.clear();
    m_live = {};
    m_run = std::make_unique<LoadRun>(plan, m_target, m_source, &makeThread);
    connect(m_run.get(), &LoadRun::told, this, &LoadCommand::onTold);
    connect(m_run.get(), &LoadRun::finished, this, &LoadCommand::onFinished);
    m_startedAt = QDateTime::currentDateTimeUtc();
    m_run->start();
    m_looking.start();
}

void LoadCommand::onTold(const LoadDelta &delta)
{
    m_live.add(delta);
    m_samples.insert(m_samples.end(), delta.samples.begin(), delta.samples.end());
    if (m_samplesFile.isOpen()) {
        for (const LoadSample &sample : delta.samples) {
            m_samplesFile.write(toCsv(sample));
        }
        m_samplesFile.flush();
    }
}

LoadReport LoadCommand::reportOf(LoadEnd end) const
{
    LoadReport report;
    report.startedAt = m_startedAt;
    report.subject = LoadSubject::from(m_target.endpoint);
    report.plan = m_run->plan();
    report.workload = Lorikeet::toJson(m_profile.workload);
    report.end = toWord(end);
    report.problem = m_run->error() ? m_run->error()->message : QString();
    const LoadWindow window = m_run->window();
    report.summary = summarise(m_samples, m_run->timeline(), window, report.plan.objective);
    const QList<MixChoice> &mix = m_profile.workload.mix.choices;
    for (qsizetype i = 0; i < mix.size(); ++i) {
        report.choices += {
            mix[i].label(), summariseChoice(m_samples, qint16(i), window, report.plan.objective)};
    }
    report.timeline = m_run->timeline();
    report.health = m_run->health();
    return report;
}

void LoadCommand::onFinished(LoadEnd end)
{
    m_looking.stop();
    m_status.clear();
    const LoadReport report = reportOf(end);
    if (m_profile.sweep && end != LoadEnd::Failed) {
        endStage(report);
    } else {
        conclude(report);
    }
}

void LoadCommand::endStage(const LoadReport &report)
{
    const SweepPlan &sweep = *m_profile.sweep;
    const QList<LimitVerdict> verdicts = report.verdicts();
    m_tried += {.load = m_load,
        .summary = report.summary,
        .health = report.health,
        .keepsObjective = std::ranges::all_of(verdicts, &LimitVerdict::isKept)};
    QJsonObject stage = Lorikeet::toJson(report);
    stage.insert(u"load"_s, m_load);
    m_stages.append(stage);
    if (!m_isInterrupted && nextLoad(sweep, m_tried)) {
        // Not from within the run's signal, which the next one takes the place of.
        QMetaObject::invokeMethod(this, &LoadCommand::startStage, Qt::QueuedConnection);
        return;
    }
    const SweepFinding finding = findingOf(sweep, m_tried);
    const auto number = [](const std::optional<double> &value) {
        return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
    };
    const QJsonObject object{{u"format"_s, u"lorikeet-sweep"_s}, {u"version"_s, 1},
        {u"knee"_s, number(finding.knee)}, {u"holds"_s, number(finding.holds)},
        {u"breaks"_s, number(finding.breaks)},
        {u"output_tokens_per_s"_s, number(finding.mostTokens)},
        {u"requests_per_s"_s, number(finding.mostRequests)}, {u"sentence"_s, finding.sentence},
        {u"stages"_s, m_stages}};
    if (const Result<> written = write(object); !written) {
        endWith(written.error());
        return;
    }
    if (!m_line.has(u"json"_s)) {
        say(toText(sweep, m_tried).toUtf8());
    }
    if (m_isInterrupted) {
        endInterrupted();
    }
    const bool isAnswered = std::ranges::any_of(
        m_tried, [](const SweepPoint &point) { return point.summary.answered > 0; });
    end(!isAnswered                                                 ? ExitCode::ServerFailed
            : !m_profile.plan.objective.isEmpty() && !finding.holds ? ExitCode::Objective
                                                                    : ExitCode::Done);
}

void LoadCommand::conclude(const LoadReport &report)
{
    if (const Result<> written = write(Lorikeet::toJson(report)); !written) {
        endWith(written.error());
        return;
    }
    if (!m_line.has(u"json"_s)) {
        say(toText(report).toUtf8());
    }
    if (report.end == toWord(LoadEnd::Failed)) {
        endWith(*m_run->error());
    }
    if (m_isInterrupted) {
        endInterrupted();
    }
    const QList<LimitVerdict> verdicts = report.verdicts();
    if (report.summary.answered == 0) {
        end(ExitCode::ServerFailed);
    }
    end(std::ranges::all_of(verdicts, &LimitVerdict::isKept) ? ExitCode::Done
                                                             : ExitCode::Objective);
}

Result<> LoadCommand::write(const QJsonObject &object)
{
    const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    if (m_line.has(u"json"_s)) {
        say(text);
    }
    if (m_report.isOpen() && (m_report.write(text) != text.size() || !m_report.flush())) {
        return fail(ApiError::Kind::Storage,
            u"%1 cannot be written: %2."_s.arg(m_report.fileName(), m_report.errorString()));
    }
    return {};
}

void LoadCommand::say(const QByteArray &text)
{
    if (const auto over = isOver() ? std::nullopt : StandardOutput::write(text)) {
        end(*over);
    }
}

} // namespace Lorikeet
