// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/structuredrun.h"

#include "base/invalidrequest.h"
#include "http/apiclient.h"
#include "http/chatstream.h"
#include "http/transporterror.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QPointer>
#include <QPromise>
#include <QTimer>
#include <QtConcurrentRun>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Of violations that are told to the model: more would not help it.
constexpr qsizetype mostTold = 20;

ParameterSpecs parametersOf(const Target &target)
{
    const Provider *provider = findProvider(target.endpoint.provider);
    return provider ? provider->parameters(target.endpoint.server) : ParameterSpecs();
}

QString correction(const AnswerCheck &check)
{
    QString text = u"Your answer does not keep to the JSON Schema:\n"_s;
    for (const SchemaViolation &violation :
        check.violations.first(std::min(mostTold, check.violations.size()))) {
        text += u"- %1\n"_s.arg(toText(violation));
    }
    return text + u"Give the corrected JSON, whole, and nothing else."_s;
}

/// Why an answer that is no JSON may be none, where its end tells.
QString reasonOf(const StructuredAttempt &attempt)
{
    return attempt.outcome.choice().finish.kind == FinishReason::Kind::Length
        ? u" It was cut off at the limit of tokens: a higher one would help."_s
        : QString();
}

} // namespace

StructuredRun::StructuredRun(ApiClient &client, const Target &target, const ChatRequest &request,
    const JsonSchema &schema, const StructuredOptions &options, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_target(target)
    , m_schema(schema)
    , m_options(options)
    , m_carried(carrySchema(target, request, schema, options.carrying))
{
    if (m_carried) {
        m_notes = m_carried->notes;
        m_next = m_carried->request;
    }
}

StructuredRun::~StructuredRun()
{
    delete m_stream;
    m_check.cancel();
}

void StructuredRun::start()
{
    std::optional<ApiError> error;
    if (!m_carried) {
        error = m_carried.error();
    } else if (m_options.maxAttempts < 1) {
        error = invalidRequest(u"At least one attempt is needed."_s).value();
    } else if (m_options.again == StructuredOptions::Again::Hotter
        && !findParameter(parametersOf(m_target), u"temperature")) {
        error = invalidRequest(
            u"%1 takes no temperature, which would be raised: ask again plainly or "
            "with the errors."_s.arg(m_target.endpoint.provider))
                    .value();
    }
    if (error) {
        QTimer::singleShot(0, this, [this, error] { end(StructuredResult::End::Failed, error); });
    } else {
        ask();
    }
}

void StructuredRun::stop()
{
    if (m_stream) {
        m_stream->stop(); // which ends the attempt, and so the run
        return;
    }
    m_check.cancel();
    QTimer::singleShot(0, this, [this] {
        end(StructuredResult::End::Failed,
            transportFailure(ApiError::Kind::Cancelled, m_target.endpoint.url));
    });
}

void StructuredRun::ask()
{
    const int attempt = int(m_result.attempts.size());
    m_isStoppedEarly = false;
    m_watch = std::make_unique<AnswerWatch>(m_schema);
    const QPointer<StructuredRun> guard(this);
    Q_EMIT asking(attempt);
    if (!guard || m_isOver) {
        return;
    }
    m_stream = m_client.chat(m_target, m_next);
    connect(m_stream, &ChatStream::events, this, &StructuredRun::onEvents);
    connect(m_stream, &ChatStream::finished, this, &StructuredRun::onAnswered);
}

void StructuredRun::onEvents(const StreamEvents &batch)
{
    const int attempt = int(m_result.attempts.size());
    const QPointer<StructuredRun> guard(this);
    Q_EMIT events(attempt, batch);
    if (!guard) {
        return;
    }
    QString piece;
    for (const StreamEvent &event : batch) {
        if (const auto *text = std::get_if<TextDelta>(&event.payload);
            text && text->choice == 0 && m_carried->way != SchemaCarrying::Way::Tool) {
            piece += text->text;
        } else if (const auto *call = std::get_if<ToolCallDelta>(&event.payload); call
            && call->choice == 0 && call->index == 0
            && m_carried->way == SchemaCarrying::Way::Tool) {
            piece += call->arguments;
        }
    }
    const auto violation = piece.isEmpty() ? std::nullopt : m_watch->append(piece);
    if (!violation) {
        return;
    }
    Q_EMIT violated(attempt, *violation);
    if (guard && m_options.stopEarly && m_stream) {
        m_isStoppedEarly = true;
        m_stream->stop();
    }
}

void StructuredRun::onAnswered(const ChatOutcome &outcome)
{
    std::exchange(m_stream, nullptr)->deleteLater();
    const ChatChoice &choice = outcome.choice();
    StructuredAttempt attempt{.request = m_next,
        .outcome = outcome,
        .answer = answerText(choice.text, choice.toolCalls, m_carried->way),
        .check = {},
        .wasStoppedEarly = m_isStoppedEarly};
    if (outcome.error && !m_isStoppedEarly) {
        const QPointer<StructuredRun> guard(this);
        addAttempt(attempt);
        if (guard) {
            end(StructuredResult::End::Failed, outcome.error);
        }
        return;
    }
    m_check = QtConcurrent::run(
        [text = attempt.answer, schema = m_schema, isEmbeddingFine = m_options.isEmbeddingFine](
            QPromise<Result<AnswerCheck>> &promise) {
            promise.addResult(checkAnswer(
                text, schema, isEmbeddingFine, [&promise] { return promise.isCanceled(); }));
        });
    m_check.then(
        this, [this, attempt](const Result<AnswerCheck> &check) { onChecked(attempt, check); });
}

void StructuredRun::onChecked(StructuredAttempt attempt, const Result<AnswerCheck> &check)
{
    if (m_isOver) {
        return;
    }
    if (check) {
        attempt.check = *check;
    }
    const QPointer<StructuredRun> guard(this);
    addAttempt(attempt);
    if (!guard || m_isOver) {
        return;
    }
    if (!check) {
        end(StructuredResult::End::Failed, check.error());
        return;
    }
    if (attempt.check.isValid() && !attempt.wasStoppedEarly) {
        end(StructuredResult::End::Valid, std::nullopt);
        return;
    }
    const auto count = m_result.attempts.size();
    if (count < m_options.maxAttempts) {
        prepareNext(attempt);
        ask();
        return;
    }
    const QString wrong = attempt.check.violations.isEmpty()
        ? u"it broke off"_s
        : toText(attempt.check.violations.constFirst());
    const QString sentence = count == 1
        ? u"The answer does not keep to the schema: %1.%2"_s.arg(wrong, reasonOf(attempt))
        : u"None of %1 answers keeps to the schema; of the last, %2.%3"_s.arg(count).arg(
              wrong, reasonOf(attempt));
    end(StructuredResult::End::Invalid, fail(ApiError::Kind::Protocol, sentence).value());
}

void StructuredRun::addAttempt(const StructuredAttempt &attempt)
{
    m_result.attempts.append(attempt);
    Q_EMIT attemptFinished(int(m_result.attempts.size()) - 1, attempt);
}

void StructuredRun::prepareNext(const StructuredAttempt &last)
{
    const auto count = double(m_result.attempts.size());
    m_next = m_carried->request;
    if (m_options.again == StructuredOptions::Again::WithErrors) {
        // The last one alone: what earlier ones did wrong is no help any more.
        m_next.messages.append({.role = Role::Assistant, .content = last.answer});
        m_next.messages.append({.role = Role::User, .content = correction(last.check)});
        return;
    }
    for (const QString &name : {u"seed"_s, u"random_seed"_s}) {
        if (m_next.parameters.contains(name)) {
            m_next.parameters[name] = m_next.parameters[name].toInteger() + qint64(count);
        }
    }
    if (m_options.again == StructuredOptions::Again::Hotter) {
        const ParameterSpecs specs = parametersOf(m_target);
        const ParameterSpec *spec = findParameter(specs, u"temperature");
        const double usual = spec->serverDefault.toDouble(1);
        const double base = m_next.parameters.value(u"temperature"_s).toDouble(usual);
        const double most = spec->maximum.value_or(spec->sliderMaximum.value_or(2));
        m_next.parameters.insert(
            u"temperature"_s, std::min(base + m_options.heat * count, std::max(base, most)));
    }
}

void StructuredRun::end(StructuredResult::End end, const std::optional<ApiError> &error)
{
    if (std::exchange(m_isOver, true)) {
        return;
    }
    m_result.end = end;
    m_result.error = error;
    // A local, since a receiver may delete this while it reads it.
    const StructuredResult result = m_result;
    Q_EMIT finished(result);
}

} // namespace Lorikeet

#include "moc_structuredrun.cpp"
