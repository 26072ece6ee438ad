// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of LoadController that runs a test, and shows what comes of it.

#include "endpointlistmodel.h"
#include "load/loadcontroller.h"
#include "load/loadmanners.h"
#include "loadresults/loadrecorder.h"
#include "pricetable.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Charts are painted less often than figures: this computer has requests to send.
constexpr int looksPerRates = 3;
constexpr int looksPerAll = 10;

} // namespace

void LoadController::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

void LoadController::start()
{
    if (isRunning() || !m_setup.problem().isEmpty()) {
        return;
    }
    if (m_calibration.isRunning()) {
        Q_EMIT failed(tr("This computer is being calibrated, which a load test would disturb: wait "
                         "for it, or stop it."));
        return;
    }
    const ChatSetup chat = m_chat.setup();
    m_asked = chat;
    m_problem.clear();
    m_notes.clear();
    m_result = {};
    m_stage = 0;
    m_source.reset();
    m_sources.clear();
    m_opened.reset();
    m_ending = ByPlan;
    LoadProfile profile = m_setup.profile();
    if (const TokenPrice price = m_services.prices.price(chat.endpoint, chat.model);
        !price.isEmpty()) {
        profile.plan.price = price;
    }
    m_profile = profile;
    m_result.sweep = profile.sweep;
    m_choiceNames = profile.workload.mix.labels();
    const std::optional<Endpoint> endpoint = m_services.endpoints.find(chat.endpoint);
    m_subject = endpoint ? endpoint->name : QString();
    if (!m_choiceNames.isEmpty()) {
        m_subject += u" · "_s + tr("%Ln adapter(s)", nullptr, int(m_choiceNames.size()));
    } else if (!chat.adapter.id.isEmpty()) {
        m_subject += u" · "_s + chat.adapter.id;
    } else if (!chat.model.isEmpty()) {
        m_subject += u" · "_s + chat.model;
    }
    m_results.begin(profile.sweep);
    m_charts.begin(
        profile.plan, profile.workload.task.kind, m_choiceNames, profile.workload.mix.shares());
    m_requests.begin(m_choiceNames, profile.plan.objective);
    m_figures = {};
    m_figures.judged = !profile.plan.objective.isEmpty();
    setState(Preparing);
    Q_EMIT figuresChanged();
    Q_EMIT stageChanged();
    m_services.endpoints.resolve(chat.endpoint)
        .then(this, [this, profile, number = ++m_start](const Result<Target> &target) {
            if (number != m_start) {
                return;
            }
            if (target) {
                run(profile, *target);
            } else {
                onFinished(target.error());
            }
        });
}

void LoadController::run(const LoadProfile &profile, const Target &target)
{
    // For a server elsewhere the set-up has a lower ceiling, which a person may have raised.
    if (m_setup.subject().isNear) {
        m_profile.plan.ceiling = ceilingAt(target.endpoint, profile.plan.ceiling);
    }
    m_job = std::make_unique<LoadJob>(m_inClient, target, m_profile, m_setup.subject().specs);
    connect(m_job.get(), &LoadJob::noted, this, [this](const QString &sentence) {
        m_notes.append(sentence);
        Q_EMIT stateChanged();
    });
    connect(m_job.get(), &LoadJob::calibrating, this, [this] { setState(Calibrating); });
    connect(m_job.get(), &LoadJob::stageBegan, this, &LoadController::onStageBegan);
    connect(m_job.get(), &LoadJob::told, this, &LoadController::onTold);
    connect(m_job.get(), &LoadJob::serverTold, this, &LoadController::onServerTold);
    connect(m_job.get(), &LoadJob::summingUp, this, &LoadController::onSummingUp);
    connect(m_job.get(), &LoadJob::stageEnded, this, &LoadController::onStageEnded);
    connect(m_job.get(), &LoadJob::finished, this, &LoadController::onFinished);
    begin();
}

/// Once what comes can be written as it comes, so that it is there whatever becomes of this
/// program.
void LoadController::begin()
{
    LoadSubject subject = LoadSubject::from(m_job->target().endpoint);
    if (!m_profile.workload.model.isEmpty()) {
        subject.model = m_profile.workload.model;
    }
    using Begun = Result<std::unique_ptr<LoadRecorder>>;
    QtConcurrent::run([history = m_history.history(), subject, profile = m_profile,
                          here = thread()] {
        auto begun = std::make_shared<Begun>(history.begin({}, subject, profile));
        if (*begun) {
            (**begun)->moveToThread(here);
        }
        return begun;
    }).then(this, [this, number = m_start](const std::shared_ptr<Begun> &begun) {
        std::unique_ptr<LoadRecorder> recorder;
        if (*begun) {
            recorder = *std::move(*begun);
            connect(recorder.get(), &LoadRecorder::failed, this, &LoadController::failed);
        } else {
            Q_EMIT failed(begun->error().message);
        }
        if (number != m_start || !m_job) {
            close(std::move(recorder), false);
            return;
        }
        m_recorder = std::move(recorder);
        m_history.refresh();
        m_job->start();
    });
}

/// Of one that is not kept nothing stays.
void LoadController::close(std::unique_ptr<LoadRecorder> record, bool isKept)
{
    if (!record) {
        return;
    }
    // It goes where it is closed, which takes a moment.
    record->disconnect(this);
    record->moveToThread(nullptr);
    m_history.then([recorder = std::shared_ptr<LoadRecorder>(std::move(record)), isKept](
                       const LoadHistory &history) {
        const Result<> closed = recorder->close();
        if (!isKept) {
            // Where no stage ended there is nothing any more.
            static_cast<void>(history.remove(recorder->id()));
        }
        return closed;
    });
}

void LoadController::onStageBegan()
{
    const LoadRun &run = *m_job->run();
    m_source = m_job->source();
    m_live = {};
    m_looks = 0;
    m_soFar = {};
    m_rests.reset();
    m_soFar.plan = run.plan();
    m_soFar.workload = toJson(m_profile.workload);
    for (const QString &name : std::as_const(m_choiceNames)) {
        m_soFar.choices += {.name = name, .summary = {}};
    }
    m_stage = int(m_result.stages.size());
    m_charts.begin(
        run.plan(), m_profile.workload.task.kind, m_choiceNames, m_profile.workload.mix.shares());
    m_requests.begin(m_choiceNames, run.plan().objective);
    if (m_recorder) {
        m_recorder->beginStage(run.plan(), m_job->startedAt(), m_job->load(), run.answers(),
            keptPromptsOf(*m_source, m_job->calibration()));
    }
    m_looking.start();
    setState(Running);
    Q_EMIT stageChanged();
}

void LoadController::onTold(const LoadDelta &delta)
{
    m_live.add(delta);
    if (m_recorder) {
        m_recorder->add(delta);
    }
    m_charts.add(delta.samples);
    m_requests.append(delta.samples);
    // Of several threads on average: which of them told is not known here.
    LoadHealth &health = m_soFar.health;
    health.loopLag.add(delta.health.loopLag);
    health.reads += delta.health.reads;
    health.pieces += delta.health.pieces;
    health.busiest += delta.health.busiest;
    health.elapsed += delta.health.elapsed;
    // What follows from requests grows by theirs; the rest is taken from the timeline when looked
    // at.
    const LoadPlan &plan = m_soFar.plan;
    const LoadWindow window{.from = plan.warmUp,
        .to = plan.curve.isEmpty() ? Nanoseconds::max() : durationOf(plan.curve) - plan.coolDown};
    LoadSummary part = summarise(delta.samples, {}, window, plan.objective);
    part.window = {};
    m_soFar.summary.add(part);
    // A rest goes on from one part to the next.
    if (!m_rests) {
        m_rests.emplace(window);
    }
    m_rests->add(delta.samples);
    m_soFar.summary.rested = m_rests->sum();
    for (const auto &[second, gaps] : delta.timeline.gaps()) {
        if (window.contains(std::chrono::seconds(second))) {
            m_soFar.summary.time(LoadMetric::InterTokenLatency).add(gaps);
        }
    }
    for (const auto &[place, tick] : delta.timeline.ticks()) {
        if (window.contains(place * LoadTimeline::tickLength)) {
            m_soFar.summary.chunks += double(tick.chunks);
        }
    }
    for (qsizetype i = 0; i < m_soFar.choices.size(); ++i) {
        LoadSummary of = summariseChoice(delta.samples, qint16(i), window, plan.objective);
        of.window = {};
        m_soFar.choices[i].summary.add(of);
    }
}

void LoadController::showFigures()
{
    const LoadRun *run = m_job ? m_job->run() : nullptr;
    if (!run) {
        return;
    }
    ++m_looks;
    const Nanoseconds now = elapsed();
    LoadSummary &summary = m_soFar.summary;
    summary.window = {.from = std::min(m_soFar.plan.warmUp, now), .to = now};
    m_figures = figuresOf(m_live.at(now), m_soFar, m_profile.workload.task.kind);
    if (m_looks % looksPerRates == 0) {
        m_charts.refresh(run->timeline(), summary,
            m_looks % looksPerAll < looksPerRates ? LoadCharts::Extent::All
                                                  : LoadCharts::Extent::Rates);
    }
    if (m_looks % looksPerAll == 0) {
        m_results.showSoFar(m_soFar);
    }
    Q_EMIT figuresChanged();
}

void LoadController::onServerTold()
{
    if (const ServerSide *server = m_job->server()) {
        m_charts.showServer(server->timeline);
    }
}

void LoadController::onSummingUp()
{
    m_looking.stop();
    setState(SummingUp);
}

void LoadController::onStageEnded(const std::shared_ptr<LoadStage> &stage)
{
    m_looking.stop();
    if (m_recorder) {
        m_recorder->endStage(stage->report);
    }
    m_result.stages.append(std::move(*stage));
    m_sources.push_back(m_job->source());
    m_stage = int(m_result.stages.size()) - 1;
    const LoadReport &report = m_result.stages.constLast().report;
    m_requests.share(m_result.stages.constLast().samples);
    m_cut.show(m_result.stages.constLast());
    m_results.showStage(report);
    if (m_result.sweep) {
        m_results.showStages(m_result);
    }
    m_charts.refresh(report.timeline, report.summary, LoadCharts::Extent::Final);
    m_charts.showServer(report.server.timeline);
    m_figures = figuresOf(report);
    Q_EMIT figuresChanged();
    Q_EMIT stageChanged();
}

/// By its last stage.
void LoadController::setEnding(bool isError)
{
    const QString end
        = m_result.stages.isEmpty() ? QString() : m_result.stages.constLast().report.end;
    m_ending = isError || end == toWord(LoadEnd::Failed) || end == "killed"_L1 ? CouldNotGoOn
        : end == toWord(LoadEnd::Failures)                                     ? TooManyFailures
        : end == toWord(LoadEnd::Stopped)                                      ? Stopped
                                                                               : ByPlan;
    if (m_problem.isEmpty() && m_ending == TooManyFailures) {
        m_problem = tr("Too many requests failed, so the run ended before its time.");
    }
}

void LoadController::onFinished(const std::optional<ApiError> &error)
{
    ++m_start;
    m_looking.stop();
    const bool isStopped = m_job && m_job->isStopped();
    if (m_job) {
        m_services.endpoints.heed(m_asked.endpoint, error);
        m_source = m_job->source();
    }
    endJob();
    close(std::move(m_recorder), true);
    m_problem = error ? error->message : QString();
    if (m_problem.isEmpty() && !m_result.stages.isEmpty()) {
        m_problem = m_result.stages.constLast().report.problem;
    }
    setEnding(error.has_value());
    if (isStopped && m_ending == ByPlan) {
        m_ending = Stopped; // between two stages
    }
    m_results.end();
    // How long an answer takes is known now, where nobody said something else.
    if (!m_result.stages.isEmpty()) {
        const LatencyHistogram &times
            = m_result.stages.constFirst().report.summary.time(LoadMetric::Total);
        const std::optional<Nanoseconds> mean = times.mean();
        LoadNumber &told = *m_setup.answerSeconds();
        if (mean && told.value() == m_toldSeconds) {
            told.set(std::max(0.001, std::round(double(mean->count()) / 1e6) / 1000));
            m_toldSeconds = told.value();
        }
    }
    setState(m_result.stages.isEmpty() && m_problem.isEmpty() ? SettingUp : Done);
}

void LoadController::endJob()
{
    if (m_job) {
        // Its signal is being emitted.
        LoadJob *ended = m_job.release();
        ended->disconnect(this);
        ended->deleteLater();
    }
}

void LoadController::stop()
{
    if (m_job) {
        m_job->stop();
    } else if (m_state == Preparing) {
        ++m_start;
        setState(SettingUp);
    }
}

void LoadController::discard()
{
    ++m_start;
    m_looking.stop();
    m_job.reset();
    close(std::move(m_recorder), false);
    m_problem.clear();
    m_result = {};
    m_results.begin({});
    setState(SettingUp);
}

} // namespace Lorikeet
