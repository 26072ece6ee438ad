// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/structuredrun.h"

#include "base/invalidrequest.h"
#include "http/apiclient.h"
#include "http/chatstream.h"
#include "http/transporterror.h"

#include <QPointer>
#include <QPromise>
#include <QTimer>
#include <QtConcurrentRun>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

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
    } else if (const auto problem = problemOf(m_target, m_options)) {
        error = invalidRequest(*problem).value();
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
        m_next = nextAttempt(m_target, m_carried->request, int(count), m_options, attempt.answer,
            attempt.check.violations);
        ask();
        return;
    }
    end(StructuredResult::End::Invalid,
        fail(ApiError::Kind::Protocol,
            failureOf(int(count), attempt.check.violations, attempt.outcome.choice().finish.kind))
            .value());
}

void StructuredRun::addAttempt(const StructuredAttempt &attempt)
{
    m_result.attempts.append(attempt);
    Q_EMIT attemptFinished(int(m_result.attempts.size()) - 1, attempt);
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
