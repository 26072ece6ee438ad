// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadjob.h"

#include "chat/networkthread.h"
#include "load/clientcalibration.h"
#include "load/loadmanners.h"
#include "load/taskexchange.h"
#include "load/workloadprobe.h"
#include "load/workloadsource.h"

#include <QPromise>
#include <QtConcurrentRun>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What all requests have in common.
ChatRequest baseOf(const LoadWorkload &workload)
{
    ChatRequest base;
    base.model = workload.model;
    base.adapter = workload.adapter;
    base.parameters = workload.parameters;
    base.extraBody = workload.extraBody;
    if (!workload.systemPrompt.isEmpty()) {
        base.messages += {.role = Role::System, .content = workload.systemPrompt};
    }
    return base;
}

/// Counts what is in the stage's samples.
void sumUp(LoadStage &stage, const LoadWorkload &workload, const TokenCalibration &calibration)
{
    const LoadReport told = std::exchange(stage.report, {});
    stage.report = reportOf({.startedAt = told.startedAt,
        .subject = told.subject,
        .plan = told.plan,
        .workload = workload,
        .samples = stage.samples,
        .timeline = told.timeline,
        .window = {},
        .calibration = &calibration});
    stage.report.end = told.end;
    stage.report.problem = told.problem;
    stage.report.health = told.health;
    stage.report.precision = told.precision;
    stage.report.server = told.server;
    stage.report.calibration = storedCalibration();
}

} // namespace

LoadJob::LoadJob(InClient inClient, const Target &target, const LoadProfile &profile,
    const ParameterSpecs &specs, QObject *parent)
    : QObject(parent)
    , m_inClient(std::move(inClient))
    , m_target(target)
    , m_profile(profile)
    , m_specs(specs)
{ }

LoadJob::~LoadJob() = default;

void LoadJob::start()
{
    if (m_isStopped) {
        return;
    }
    if (const QString problem = problemAt(m_target, m_profile.workload); !problem.isEmpty()) {
        const ApiError error{.kind = ApiError::Kind::InvalidRequest, .message = problem};
        QMetaObject::invokeMethod(this, [this, error] { end(error); }, Qt::QueuedConnection);
        return;
    }
    const LoadWorkload::Kind kind = m_profile.workload.kind;
    if (kind == LoadWorkload::Kind::Synthetic || kind == LoadWorkload::Kind::Trace) {
        calibrate();
    } else {
        makeSource();
    }
}

void LoadJob::calibrate()
{
    using Found = Result<TokenCalibration>;
    auto promise = std::make_shared<QPromise<Found>>();
    promise->start();
    Q_EMIT calibrating();
    promise->future().then(this, [this](const Found &calibration) {
        if (m_isStopped) {
            return;
        }
        // A server that counts nothing can be tested; one that does not answer cannot.
        if (!calibration && calibration.error().kind != ApiError::Kind::Protocol) {
            end(calibration.error());
            return;
        }
        if (!calibration) {
            Q_EMIT noted(
                tr("The lengths of prompts are estimates: %1").arg(calibration.error().message));
        }
        m_calibration = calibration.value_or(TokenCalibration());
        makeSource();
    });
    m_inClient([promise, target = m_target, base = baseOf(m_profile.workload),
                   task = m_profile.workload.task.kind](ApiClient &client) {
        calibrateTokens(client, target, base, task).then([promise](const Found &calibration) {
            promise->addResult(calibration);
            promise->finish();
        });
    });
}

void LoadJob::makeSource()
{
    LoadPlan plan = m_profile.plan;
    if (m_profile.sweep) {
        m_load = nextLoad(*m_profile.sweep, m_tried).value_or(m_profile.sweep->from);
        plan = stagePlan(plan, *m_profile.sweep, m_load, m_tried);
        plan.spent = m_spent;
        if (const std::optional<ApiError> error = spentUp(plan)) {
            end(error);
            return;
        }
    }
    QtConcurrent::run([workload = m_profile.workload, seed = plan.seed, calibration = m_calibration,
                          specs = m_specs] {
        return makeLoadSource(workload, seed, calibration, specs);
    }).then(this, [this, plan](const Result<std::shared_ptr<const LoadSource>> &source) {
        onSource(plan, source);
    });
}

void LoadJob::onSource(
    const LoadPlan &plan, const Result<std::shared_ptr<const LoadSource>> &source)
{
    if (m_isStopped) {
        return;
    }
    if (!source) {
        end(source.error());
        return;
    }
    m_source = *source;
    m_samples.clear();
    m_run = std::make_unique<LoadRun>(plan, m_target, m_source);
    if (m_profile.workload.task.isChat()) {
        m_run->keepAnswers(answerBound(m_answersLeft, m_profile.sweep.has_value()));
    }
    connect(m_run.get(), &LoadRun::told, this, [this](const LoadDelta &delta) {
        m_samples.insert(m_samples.end(), delta.samples.begin(), delta.samples.end());
        Q_EMIT told(delta);
    });
    connect(m_run.get(), &LoadRun::finished, this, &LoadJob::onFinished);
    m_startedAt = QDateTime::currentDateTimeUtc();
    m_run->start();
    watch();
    Q_EMIT stageBegan();
}

void LoadJob::watch()
{
    m_watch.reset();
    if (!m_isWatching || m_run->error()) {
        return;
    }
    m_watch = std::make_unique<ServerWatch>(m_target);
    connect(m_watch.get(), &ServerWatch::told, this, &LoadJob::serverTold);
    m_watch->start(m_run->origin());
}

void LoadJob::stop()
{
    if (m_isStopped || m_isOver) {
        return;
    }
    m_isStopped = true;
    if (m_run) {
        m_run->stop();
    } else {
        QMetaObject::invokeMethod(this, [this] { end({}); }, Qt::QueuedConnection);
    }
}

void LoadJob::onFinished(LoadEnd end)
{
    Q_EMIT summingUp();
    if (!m_watch) {
        sumUp(end);
        return;
    }
    connect(m_watch.get(), &ServerWatch::finished, this, [this, end] { sumUp(end); });
    m_watch->stop();
}

void LoadJob::sumUp(LoadEnd end)
{
    const auto stage = std::make_shared<LoadStage>();
    stage->load = m_load;
    stage->samples = std::exchange(m_samples, {});
    stage->answers = m_run->answers();
    m_answersLeft -= stage->answers ? stage->answers->bytes() : 0;
    LoadReport &report = stage->report;
    report.startedAt = m_startedAt;
    report.subject = LoadSubject::from(m_target.endpoint);
    if (!m_profile.workload.model.isEmpty()) {
        report.subject.model = m_profile.workload.model;
    }
    report.plan = m_run->plan();
    report.end = toWord(end);
    report.problem = m_run->error() ? m_run->error()->message : QString();
    report.timeline = m_run->timeline();
    report.health = m_run->health();
    report.precision = m_run->precision();
    if (m_watch) {
        report.server = m_watch->side();
        // A server that tells nothing is not asked again in the next stage.
        m_isWatching = !report.server.server.isEmpty();
    }
    // A million requests take their time.
    QtConcurrent::run([stage, workload = m_profile.workload, calibration = m_calibration] {
        Lorikeet::sumUp(*stage, workload, calibration);
    }).then(this, [this, stage, end] { onReport(stage, end); });
}

void LoadJob::onReport(const std::shared_ptr<LoadStage> &stage, LoadEnd end)
{
    if (end == LoadEnd::Finished) {
        const QStringList broken = brokenOf(stage->report.verdicts());
        m_tried += {.load = m_load,
            .summary = stage->report.summary,
            .health = stage->report.health,
            .keepsObjective = broken.isEmpty(),
            .broken = broken,
            .stage = m_stages};
    }
    ++m_stages;
    m_spent.requests += stage->report.timeline.sum().began;
    m_spent.cost += stage->report.cost.value_or(0);
    const std::optional<ApiError> error = end == LoadEnd::Failed ? m_run->error() : std::nullopt;
    m_run.reset();
    Q_EMIT stageEnded(stage);
    const bool goesOn = m_profile.sweep && !m_isStopped && end == LoadEnd::Finished
        && nextLoad(*m_profile.sweep, m_tried);
    if (goesOn) {
        makeSource();
    } else {
        this->end(error);
    }
}

void LoadJob::end(const std::optional<ApiError> &error)
{
    if (!std::exchange(m_isOver, true)) {
        Q_EMIT finished(error);
    }
}

} // namespace Lorikeet
