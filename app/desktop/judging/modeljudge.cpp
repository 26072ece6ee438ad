// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judging/modeljudge.h"

#include "endpointlistmodel.h"
#include "preferences.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "store/storejson.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

ModelJudge::ModelJudge(const Services &services, InClient inClient, QObject *parent)
    : QObject(parent)
    , m_endpoints(services.endpoints)
    , m_preferences(services.preferences)
    , m_prices(services.prices)
    , m_inClient(std::move(inClient))
    , m_chat(services.store, services.service, services.endpoints, services.sessions)
    , m_rubrics(nullptr)
{
    connect(&m_chat, &ChatController::setupChanged, this, &ModelJudge::save);
    connect(&m_chat, &ChatController::endpointChanged, this, &ModelJudge::save);
    connect(&m_rubrics, &RubricEditor::changed, this, &ModelJudge::save);
}

ModelJudge::~ModelJudge() = default;

void ModelJudge::start()
{
    m_setup = judgeSetupFromStoredJson(m_preferences.judgeSetup());
    ChatSetup judge = m_setup.judge;
    if (!m_endpoints.find(judge.endpoint)) {
        judge = {.endpoint = m_endpoints.preferred()};
        if (const std::optional<Endpoint> endpoint = m_endpoints.find(judge.endpoint)) {
            judge.model = endpoint->model;
        }
    }
    m_rubrics.show(m_setup.rubrics, m_setup.rubric);
    m_chat.show(Conversation::create(judge, QDateTime::currentDateTimeUtc()), false);
    m_isLoading = false;
    Q_EMIT setupChanged();
    Q_EMIT changed();
}

void ModelJudge::save()
{
    if (m_isLoading) {
        return;
    }
    m_setup.judge = m_chat.setup();
    m_setup.rubrics = m_rubrics.own();
    m_setup.rubric = m_rubrics.rubric().id;
    m_preferences.setJudgeSetup(toStoredJson(m_setup));
    Q_EMIT setupChanged();
    Q_EMIT changed();
}

void ModelJudge::setShown(bool shown)
{
    if (m_setup.shown != shown) {
        m_setup.shown = shown;
        save();
    }
}

void ModelJudge::setAlways(bool always)
{
    if (m_setup.always != always) {
        m_setup.always = always;
        save();
    }
}

void ModelJudge::setExact(bool exact)
{
    if (m_setup.exact != exact) {
        m_setup.exact = exact;
        save();
    }
}

QString ModelJudge::judgeName() const
{
    const ChatSetup setup = m_chat.setup();
    QStringList parts;
    for (const QString &part :
        {AnswerOrigin{.setup = setup}.adapterLabel(), setup.model, m_chat.endpointName()}) {
        if (!part.isEmpty()) {
            parts.append(part);
        }
    }
    return m_endpoints.find(setup.endpoint) ? parts.join(u" · "_s) : QString();
}

PriceTable::Key ModelJudge::priceKey() const
{
    const ChatSetup setup = m_chat.setup();
    return {setup.endpoint, setup.model};
}

QString ModelJudge::problem() const
{
    if (m_isHidden) {
        return tr("While it is hidden whose the answers are, no model judges them; give your "
                  "verdict, or reveal them, first.");
    }
    if (m_answers.answers.size() < 2) {
        return tr("It judges once all lanes have answered the same prompt.");
    }
    if (judgeName().isEmpty()) {
        return tr("No judge is chosen; choose an endpoint and a model.");
    }
    return m_rubrics.problem();
}

int ModelJudge::pairCount() const
{
    const auto count = int(m_answers.answers.size());
    return count * (count - 1) / 2;
}

double ModelJudge::progress() const
{
    return m_turn.wanted > 0 ? double(m_turn.pairs.size()) / m_turn.wanted : 0;
}

QString ModelJudge::status() const
{
    return m_running ? tr("%1 of %Ln pair(s) judged", nullptr, m_turn.wanted)
                           .arg(QLocale().toString(m_turn.pairs.size()))
                     : QString();
}

void ModelJudge::setHidden(bool hidden)
{
    if (m_isHidden != hidden) {
        m_isHidden = hidden;
        if (hidden && m_running) {
            stop();
        }
        showResults();
        beginExpected();
    }
}

void ModelJudge::setAnswers(const Verdict &answers, const QList<QUuid> &nodes)
{
    if (m_answers == answers && m_nodes == nodes) {
        return;
    }
    if (m_nodes != nodes && !m_running) {
        m_error.clear();
    }
    m_answers = answers;
    m_nodes = nodes;
    showResults();
    beginExpected();
}

void ModelJudge::beginExpected()
{
    if (m_isExpected && !m_running && problem().isEmpty()) {
        m_isExpected = false;
        if (m_setup.always && !isSaid()) {
            run();
        }
    }
}

bool ModelJudge::isSaid() const
{
    return m_asked.prompt == m_answers.prompt
        && std::ranges::is_permutation(m_asked.answers, m_answers.answers)
        && std::ranges::any_of(m_turns, [this](const JudgedTurn &turn) {
               return std::ranges::is_permutation(turn.answers, m_nodes);
           });
}

void ModelJudge::run()
{
    if (m_running || !problem().isEmpty()) {
        return;
    }
    m_isExpected = false;
    m_asked = m_answers;
    m_error.clear();
    m_turn = {.answers = m_nodes,
        .judge = judgeName(),
        .rubric = m_rubrics.rubric(),
        .currency = {},
        .pairs = {},
        .wanted = pairCount(),
        .problem = {},
        .created = QDateTime::currentDateTimeUtc()};
    m_running = true;
    const int number = ++m_number;
    // Another judge that is chosen meanwhile is not the one whose key this is.
    const ChatSetup setup = m_chat.setup();
    m_endpoints.resolve(setup.endpoint)
        .then(this, [this, number, setup](const Result<Target> &target) {
            if (number != m_number || !m_running) {
                return;
            }
            if (target) {
                begin(*target, setup);
            } else {
                end(target.error().message);
            }
        });
    Q_EMIT changed();
}

void ModelJudge::begin(const Target &target, const ChatSetup &setup)
{
    JudgeOptions options{.defaults = {.model = setup.model,
                             .adapter = setup.adapter,
                             .parameters = setup.parameters,
                             .extraBody = setup.extraBody},
        .task = {.rubric = rubricText(m_turn.rubric), .reasons = true},
        .price = m_prices.price(setup.endpoint, setup.model)};
    m_turn.currency = options.price.currency;
    const EndpointListModel::Finding finding = m_endpoints.finding(setup.endpoint);
    const Provider *provider = findProvider(target.endpoint.provider);
    if (provider && m_setup.exact) {
        const QString server = finding.description && !finding.description->server.isEmpty()
            ? finding.description->server
            : target.endpoint.server;
        prepareJudge(options.defaults.parameters, provider->parameters(server));
    }
    m_wanted.clear();
    QList<JudgePair> pairs;
    for (int i = 0; i < m_asked.answers.size(); ++i) {
        for (int j = i + 1; j < m_asked.answers.size(); ++j) {
            m_wanted.append({.first = i, .second = j, .judgement = {}});
            pairs.append({.id = {},
                .prompt = m_asked.prompt,
                .firstName = m_asked.answers[i].name,
                .secondName = m_asked.answers[j].name,
                .first = m_asked.answers[i].text,
                .second = m_asked.answers[j].text});
        }
    }
    m_job = std::make_unique<JudgeJob>(m_inClient, target, options, pairs);
    connect(m_job.get(), &JudgeJob::judged, this,
        [this, endpoint = setup.endpoint](qsizetype pair, const Judgement &judgement) {
            m_endpoints.heed(endpoint, judgement.error);
            onJudged(pair, judgement);
        });
    connect(m_job.get(), &JudgeJob::finished, this,
        [this, endpoint = setup.endpoint](const std::optional<ApiError> &error) {
            if (error) {
                m_endpoints.heed(endpoint, error);
            }
            const bool isStopped = error && error->kind == ApiError::Kind::Cancelled;
            end(isStopped   ? tr("Stopped before all pairs were judged.")
                    : error ? error->message
                            : QString());
        });
    m_job->start();
}

void ModelJudge::onJudged(qsizetype pair, const Judgement &judgement)
{
    JudgedPair judged = m_wanted[pair];
    judged.judgement = judgement;
    m_turn.pairs.append(judged);
    Q_EMIT changed();
}

void ModelJudge::stop()
{
    if (m_job) {
        m_job->stop();
    } else if (m_running) {
        end(tr("Stopped before all pairs were judged."));
    }
}

void ModelJudge::leave()
{
    m_isExpected = false;
    if (m_running) {
        end(tr("Stopped before all pairs were judged."));
    }
    m_error.clear();
}

void ModelJudge::end(const QString &problem)
{
    m_running = false;
    if (m_job) {
        // It may be telling this; and it must not outlive whom its client belongs to.
        JudgeJob *ended = m_job.release();
        ended->disconnect(this);
        ended->setParent(this);
        ended->deleteLater();
    }
    m_turn.problem = problem;
    m_error = problem;
    if (m_error.isEmpty()) {
        for (const JudgedPair &pair : std::as_const(m_turn.pairs)) {
            if (pair.judgement.error && m_error.isEmpty()) {
                m_error = pair.judgement.error->message;
            }
        }
    }
    if (!m_turn.pairs.isEmpty()) {
        // What was said of the same answers before is no longer held to be true, unless it was
        // more.
        const qsizetype judged = summaryOf(m_turn).judged;
        m_turns.removeIf([this, judged](const JudgedTurn &turn) {
            return std::ranges::is_permutation(turn.answers, m_turn.answers)
                && summaryOf(turn).judged <= judged;
        });
        m_turns.append(m_turn);
        Q_EMIT kept(verdictsOf(m_turn));
    }
    showResults();
    beginExpected();
}

void ModelJudge::setTurns(const QList<JudgedTurn> &turns)
{
    m_turns = turns;
    showResults();
}

/// Of the last time that anything was said of two answers in sight.
void ModelJudge::showResults()
{
    m_result = {};
    for (auto turn = m_turns.crbegin(); turn != m_turns.crend() && !m_isHidden && !isJudged();
        ++turn) {
        QList<int> places;
        for (const QUuid answer : turn->answers) {
            places.append(answer.isNull() ? -1 : int(m_nodes.indexOf(answer)));
        }
        m_result = JudgedResult::of(*turn, places);
    }
    if (!isJudged()) {
        m_result = {};
    }
    Q_EMIT changed();
}

QList<Verdict> ModelJudge::verdictsOf(const JudgedTurn &turn) const
{
    QList<Verdict> verdicts;
    for (const JudgedPair &pair : turn.pairs) {
        const std::optional<double> score = pair.judgement.score();
        if (!score) {
            continue;
        }
        // Where the orders disagree it was the place that decided.
        const int preferred = pair.judgement.agrees() ? preferenceAt(*score) : 0;
        verdicts.append({.id = QUuid::createUuid(),
            .comparison = m_asked.comparison,
            .prompt = m_asked.prompt,
            .systemPrompt = m_asked.systemPrompt,
            .answers = {m_asked.answers[pair.first], m_asked.answers[pair.second]},
            .kind = preferred == 0 ? Verdict::Kind::Tie : Verdict::Kind::Best,
            .best = preferred < 0 ? 1 : 0,
            .places = {},
            .judge = turn.judge,
            .score = score,
            .blind = true,
            .tags = {},
            .note = {},
            .created = turn.created});
    }
    return verdicts;
}

} // namespace Lorikeet
