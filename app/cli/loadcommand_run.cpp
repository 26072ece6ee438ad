// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadcommand.h"

#include "base/durationtext.h"
#include "chat/networkthread.h"
#include "http/apiclient.h"
#include "http/carrier.h"
#include "http/curlaccessmanager.h"
#include "load/loadmanners.h"
#include "load/samplescsv.h"
#include "load/workloadsource.h"
#include "loadtext.h"
#include "standardoutput.h"
#include "triton/grpctransport.h"

#include <QJsonDocument>

#include <algorithm>

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

} // namespace

void LoadCommand::startStage()
{
    if (isOver()) {
        return;
    }
    LoadPlan plan = m_profile.plan;
    if (m_profile.sweep) {
        m_load = *nextLoad(*m_profile.sweep, m_tried);
        plan = stagePlan(plan, *m_profile.sweep, m_load, m_tried);
        plan.spent = m_whole.spent();
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
    if (m_line.has(u"keep-answers"_s) && m_profile.workload.task.isChat()) {
        m_run->keepAnswers(answerBound(m_answersLeft, m_profile.sweep.has_value()));
    }
    connect(m_run.get(), &LoadRun::told, this, &LoadCommand::onTold);
    connect(m_run.get(), &LoadRun::finished, this, &LoadCommand::onFinished);
    m_startedAt = QDateTime::currentDateTimeUtc();
    m_keeper.beginStage(LoadSubject::from(m_target.endpoint), m_profile, plan, m_startedAt, m_load,
        m_run->answers(), keptPromptsOf(*m_source, m_calibration));
    m_run->start();
    m_looking.start();
    m_watch.reset();
    if (m_isWatching && !m_run->error()) {
        m_watch = std::make_unique<ServerWatch>(m_target, m_gpus);
        m_watch->start(m_run->origin());
    }
}

void LoadCommand::onTold(const LoadDelta &delta)
{
    m_live.add(delta);
    m_keeper.add(delta);
    m_samples.insert(m_samples.end(), delta.samples.begin(), delta.samples.end());
    if (m_samplesFile.isOpen()) {
        for (const LoadSample &sample : delta.samples) {
            m_samplesFile.write(toCsv(sample));
        }
        m_samplesFile.flush();
    }
}

LoadWindow LoadCommand::windowOfFigures() const
{
    if (m_window) {
        // Behind the last request there is nothing to measure.
        LoadPlan plan = m_run->plan();
        plan.warmUp = {};
        plan.coolDown = {};
        const Nanoseconds end = Lorikeet::windowOf(plan, m_run->timeline()).to;
        if (m_window->from < end) {
            return {.from = m_window->from, .to = std::min(m_window->to, end)};
        }
        printNote(
            u"--window begins after the run, which sent until %1; the figures are of all of it."_s
                .arg(durationText(end)));
        return m_run->window();
    }
    const SteadyState steady = m_wantsSteady ? steadyStateOf(m_run->timeline()) : SteadyState();
    return steady.isFound ? steady.window : m_run->window();
}

LoadReport LoadCommand::reportOf(LoadEnd end) const
{
    LoadReport report = Lorikeet::reportOf({.startedAt = m_startedAt,
        .subject = LoadSubject::from(m_target.endpoint),
        .plan = m_run->plan(),
        .workload = m_profile.workload,
        .samples = m_samples,
        .timeline = m_run->timeline(),
        .window = windowOfFigures(),
        .calibration = &m_calibration});
    report.end = toWord(end);
    report.problem = m_run->error() ? m_run->error()->message : QString();
    report.health = m_run->health();
    report.precision = m_run->precision();
    report.calibration = storedCalibration();
    if (m_watch) {
        report.server = m_watch->side();
    }
    return report;
}

void LoadCommand::onFinished(LoadEnd end)
{
    m_looking.stop();
    m_status.clear();
    if (!m_watch) {
        finish(end);
        return;
    }
    connect(m_watch.get(), &ServerWatch::finished, this, [this, end] { finish(end); });
    m_watch->stop();
}

void LoadCommand::finish(LoadEnd end)
{
    const LoadReport report = reportOf(end);
    m_keeper.endStage(report, m_load, m_samples);
    if (const std::shared_ptr<const LoadAnswers> answers = m_run->answers()) {
        m_answersLeft -= answers->bytes();
    }
    // A server that tells nothing is not asked again in the next stage.
    m_isWatching = m_isWatching && !report.server.server.isEmpty();
    if (m_profile.sweep) {
        endStage(report);
    } else {
        conclude(report);
    }
}

void LoadCommand::endStage(const LoadReport &report)
{
    const SweepPlan &sweep = *m_profile.sweep;
    m_whole.sweep = sweep;
    m_whole.stages += {.load = m_load, .report = report, .samples = {}};
    m_tried = m_whole.points();
    const bool isWhole = m_tried.size() == m_whole.stages.size();
    const bool wantsMore = isWhole && !m_isInterrupted && nextLoad(sweep, m_tried);
    LoadPlan next = m_profile.plan;
    next.spent = m_whole.spent();
    const std::optional<ApiError> spent = wantsMore ? spentUp(next) : std::nullopt;
    if (wantsMore && !spent) {
        // Not from within the run's signal, which the next one takes the place of.
        QMetaObject::invokeMethod(this, &LoadCommand::startStage, Qt::QueuedConnection);
        return;
    }
    const SweepFinding finding = findingOf(sweep, m_tried);
    const Result<> kept = m_keeper.finish();
    const Result<> written = write(Lorikeet::toJson(m_whole)).and_then([&kept] { return kept; });
    if (!m_line.has(u"json"_s)) {
        say(toText(sweep, m_tried).toUtf8());
    }
    if (!written) {
        endWith(written.error());
    }
    if (report.end == toWord(LoadEnd::Failed)) {
        endWith(*m_run->error());
    }
    if (m_isInterrupted) {
        endInterrupted();
    }
    if (spent) {
        endWith(*spent);
    }
    const bool isAnswered = std::ranges::any_of(m_whole.stages,
        [](const LoadStage &stage) { return stage.report.timeline.sum().answered > 0; });
    end(!isAnswered                                                 ? ExitCode::ServerFailed
            : !m_profile.plan.objective.isEmpty() && !finding.holds ? ExitCode::Objective
                                                                    : ExitCode::Done);
}

void LoadCommand::conclude(const LoadReport &report)
{
    const Result<> kept = m_keeper.finish();
    const Result<> written = write(Lorikeet::toJson(report)).and_then([&kept] { return kept; });
    if (!m_line.has(u"json"_s)) {
        say(toText(report).toUtf8());
    }
    if (!written) {
        endWith(written.error());
    }
    if (report.end == toWord(LoadEnd::Failed)) {
        endWith(*m_run->error());
    }
    if (m_isInterrupted) {
        endInterrupted();
    }
    const QList<LimitVerdict> verdicts = report.verdicts();
    const qint64 answered = report.timeline.sum().answered;
    if (answered == 0) {
        end(ExitCode::ServerFailed);
    }
    if (report.summary.answered == 0 && !isOver()) {
        printNote(
            u"None of the %1 answers is of a request that was due in the window of the figures, which are of nothing then."_s
                .arg(answered));
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
