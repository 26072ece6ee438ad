// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of LoadController for runs that are over: opened, compared, looked into.

#include "endpointlistmodel.h"
#include "load/loadcontroller.h"
#include "loadresults/loadrecorder.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QtConcurrentRun>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

void LoadController::saveAsPreset(const QString &name) { m_presets.save(name, m_profile); }

void LoadController::compareTicked()
{
    m_comparing.compare(m_history.history(), m_history.tickedRuns(), m_history.foreign());
}

void LoadController::open(QUuid run)
{
    if (isRunning()) {
        Q_EMIT failed(tr("Stop the load test that runs before another one is opened."));
        return;
    }

    if (m_history.foreign().contains(run)) {
        Q_EMIT failed(tr("Of other tools there are figures alone: tick it to compare it."));
        return;
    }

    struct Opened
    {
        Result<KeptRun> run;
        Result<LoadResult> result;
        Sources sources = {};
    };

    // After a run before it was closed.
    QtConcurrent::run(m_history.pool(), [run, history = m_history.history()] {
        auto opened = std::make_shared<Opened>(
            Opened{.run = history.find(run), .result = history.loadWhole(run)});
        const qsizetype stages = opened->run && opened->result ? opened->result->stages.size() : 0;
        for (qsizetype i = 0; i < stages; ++i) {
            opened->sources.push_back(history.source(*opened->run, opened->result->stages[i], i));
        }
        return opened;
    }).then(this, [this, opening = ++m_opening](const std::shared_ptr<Opened> &opened) {
        if (opening != m_opening || isRunning()) {
            return;
        }
        if (!opened->run || !opened->result || opened->result->stages.isEmpty()) {
            Q_EMIT failed(!opened->run ? opened->run.error().message
                    : !opened->result  ? opened->result.error().message
                                       : tr("Nothing was measured in that run."));
            return;
        }
        show(*opened->run, *opened->result, opened->sources);
    });
}

void LoadController::show(const KeptRun &run, const LoadResult &result, const Sources &sources)
{
    m_profile = run.profile;
    m_result = result;
    m_opened = run.subject;
    m_sources = sources;
    QStringList subject{QUrl(run.subject.url).host(), run.subject.model};
    for (const Endpoint &endpoint : m_services.endpoints.all()) {
        if (LoadSubject::from(endpoint).url == run.subject.url) {
            subject[0] = endpoint.name;
        }
    }
    subject.removeAll(QString());
    m_subject = subject.join(u" · "_s);
    m_problem = result.stages.constLast().report.problem;
    m_notes.clear();
    m_choiceNames = run.profile.workload.mix.labels();
    m_results.begin(result.sweep);
    m_asked = m_chat.setup();
    setEnding(false);
    if (result.sweep) {
        m_results.showStages(result);
    }
    m_results.end();
    setState(Done);
    showStage(int(result.stages.size()) - 1);
    Q_EMIT opened();
}

/// Of the stage in sight; what is kept of it in the history stays as it is.
void LoadController::measure(const LoadWindow &window)
{
    if (m_state != Done || m_stage >= m_result.stages.size()) {
        return;
    }
    QtConcurrent::run([stage = m_result.stages[m_stage], window] {
        return measuredAnew(stage.report, stage.samples, window);
    }).then(this, [this, window, measuring = ++m_measuring](const LoadReport &report) {
        if (measuring == m_measuring && m_state == Done) {
            m_result.stages[m_stage].report = report;
            m_cut.moved(window);
            showFiguresOf(report);
        }
    });
}

void LoadController::showStage(int stage)
{
    if (isRunning() || stage < 0 || stage >= m_result.stages.size()) {
        return;
    }
    m_stage = stage;
    const LoadStage &shown = m_result.stages[stage];
    // Each has a seed of its own, and so its own prompts.
    m_source = std::size_t(stage) < m_sources.size() ? m_sources[std::size_t(stage)] : nullptr;
    ++m_measuring; // what is being measured is of another one
    m_cut.show(shown);
    m_requests.begin(m_choiceNames, shown.report.plan.objective);
    m_requests.show(shown.samples);
    showFiguresOf(shown.report);
    Q_EMIT stageChanged();
}

void LoadController::showFiguresOf(const LoadReport &report)
{
    m_charts.show(m_result, m_stage);
    m_results.showStage(report);
    m_figures = figuresOf(report);
    Q_EMIT figuresChanged();
}

std::shared_ptr<const LoadAnswers> LoadController::answers() const
{
    if (const LoadRun *run = m_job ? m_job->run() : nullptr) {
        return run->answers();
    }
    return m_stage < m_result.stages.size() ? m_result.stages[m_stage].answers : nullptr;
}

ChatRequest LoadController::promptOf(const LoadSample &sample, QString &note) const
{
    if (!m_source) {
        note = tr(
            "Its prompt is not known: it was not kept how it was made, or what it was made from "
            "has changed.");
        return {};
    }
    QList<Message> said;
    const std::shared_ptr<const LoadAnswers> kept = sample.turn > 0 ? answers() : nullptr;
    for (int turn = 0; turn < sample.turn; ++turn) {
        const std::optional<LoadAnswer> answer
            = kept ? kept->find({sample.conversation, turn}) : std::nullopt;
        const Result<LoadRequest> before = m_source->request(sample.conversation, turn, said);
        if (!answer || answer->isCut || !before) {
            note = tr("What was said before it in its conversation is not kept.");
            return {};
        }
        said = before->request.messages;
        said += {.role = Role::Assistant, .content = answer->text};
    }
    const Result<LoadRequest> request = m_source->request(sample.conversation, sample.turn, said);
    if (!request) {
        note = request.error().message;
        return {};
    }
    ChatRequest shown = request->request;
    const QStringList texts
        = request->query.isEmpty() ? request->texts : QStringList{request->query} + request->texts;
    for (const QString &text : texts) {
        shown.messages.append({.role = Role::User, .content = text});
    }
    return shown;
}

LoadRequestDetail LoadController::request(int sample) const
{
    const LoadSamples &samples = m_requests.samples();
    if (sample < 0 || std::size_t(sample) >= samples.size()) {
        return {};
    }
    const LoadSample &wanted = samples[std::size_t(sample)];
    LoadRequestDetail detail = detailOf(wanted, m_requests.choiceName(wanted.choice));
    QStringList texts;
    for (const Message &message : promptOf(wanted, detail.promptNote).messages) {
        texts.append(message.content);
    }
    detail.prompt = texts.join(u"\n\n"_s);
    const std::shared_ptr<const LoadAnswers> kept = answers();
    const LoadRun *run = m_job ? m_job->run() : nullptr;
    const LoadPlan plan = run ? run->plan() : m_results.report().plan;
    addAnswer(detail, wanted, kept.get(), plan.stallThreshold);
    return detail;
}

void LoadController::copy(const QString &text) const
{
    QGuiApplication::clipboard()->setText(text);
}

void LoadController::openInChat(int sample)
{
    const LoadSamples &samples = m_requests.samples();
    if (sample < 0 || std::size_t(sample) >= samples.size()) {
        return;
    }
    QString note;
    const ChatRequest request = promptOf(samples[std::size_t(sample)], note);
    if (request.messages.isEmpty()) {
        Q_EMIT failed(note);
        return;
    }
    ChatSetup setup = m_asked;
    setup.model = request.model;
    setup.adapter = request.adapter;
    QList<Message> messages = request.messages;
    if (messages.constFirst().role == Role::System) {
        setup.systemPrompt = messages.takeFirst().content;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Conversation conversation = Conversation::create(setup, now);
    QStringList draft;
    if (m_services.chat.isBlank() && !m_services.chat.draft().isEmpty()) {
        draft.append(m_services.chat.draft()); // which is kept nowhere else
    }
    if (!messages.isEmpty() && messages.constLast().role == Role::User) {
        draft.append(messages.takeLast().content);
    }
    for (const Message &message : std::as_const(messages)) {
        ChatNode node;
        node.id = QUuid::createUuid();
        node.parent = conversation.leaf();
        node.message = message;
        node.created = now;
        conversation.add(node);
    }
    conversation.head().draft = draft.join(u"\n\n"_s);
    m_services.chat.show(std::move(conversation), false);
    Q_EMIT chatOpened();
}

} // namespace Lorikeet
