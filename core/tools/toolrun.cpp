// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolrun.h"

#include "base/invalidrequest.h"
#include "http/chatstream.h"
#include "http/transporterror.h"
#include "schema/structuredsetup.h"

#include <QPointer>
#include <QPromise>
#include <QTimer>
#include <QtConcurrentRun>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// The request with the schema in it, where there is one: in words where the server would not take
/// it beside tools.
Result<CarriedTools> withSchema(
    const Target &target, const ChatRequest &request, const ToolRunOptions &options)
{
    if (!options.schema) {
        return CarriedTools{.request = request, .notes = {}};
    }
    const bool isNative = carriesSchemaBesideTools(target);
    const auto carried = carrySchema(target, request, *options.schema,
        {.way = isNative ? SchemaCarrying::Way::Native : SchemaCarrying::Way::Words, .name = {}});
    if (!carried) {
        return Failure(carried.error());
    }
    CarriedTools held{.request = carried->request, .notes = carried->notes};
    if (!isNative) {
        held.notes.append(u"This server does not hold an answer to a schema beside tools: the "
                          "schema is sent in words, and the last answer checked here."_s);
    }
    return held;
}

/// As it can be sent back: some dialects take nothing but an object for arguments. What stood there
/// instead is told with what is wrong with it.
ToolCall sendable(const ToolQuestion &question)
{
    ToolCall call = question.call;
    if (!question.problem.isEmpty() && question.violations.isEmpty()
        && question.arguments.keys.isEmpty()) {
        call.arguments = u"{}"_s;
    }
    return call;
}

ApiError limitError(int limit)
{
    return fail(ApiError::Kind::Protocol,
        u"The model goes on calling tools after %1 of its answers were given results: it was "
        "stopped there. A higher limit lets it go on."_s.arg(limit))
        .value();
}

} // namespace

ToolRun::ToolRun(Asker asker, const Target &target, const ChatRequest &request,
    const QList<Tool> &tools, const ToolRunOptions &options, Answerers answerers, QObject *parent)
    : QObject(parent)
    , m_ask(std::move(asker))
    , m_target(target)
    , m_tools(tools)
    , m_options(options)
    , m_answerers(std::move(answerers))
    , m_first(CarriedTools())
    , m_later(CarriedTools())
{
    prepare(request);
}

ToolRun::~ToolRun()
{
    m_checking.cancel();
    m_answering.cancel();
    m_checkingLast.cancel();
}

void ToolRun::prepare(const ChatRequest &request)
{
    const Result<CarriedTools> held = withSchema(m_target, request, m_options);
    m_first = held ? carryTools(m_target, held->request, m_tools, m_options.choice) : held;
    if (!m_first) {
        return;
    }
    m_notes = held->notes + m_first->notes;
    const ToolChoice later = m_options.choice.isForced()
        ? ToolChoice{.kind = ToolChoice::Kind::Auto, .name = {}}
        : m_options.choice;
    m_later = carryTools(m_target, held->request, m_tools, later);
}

void ToolRun::start()
{
    std::optional<ApiError> error;
    if (!m_first || !m_later) {
        error = m_first ? m_later.error() : m_first.error();
    } else if (m_options.limit < 1) {
        error = invalidRequest(u"At least one answer with calls must be allowed."_s).value();
    }
    if (error) {
        QTimer::singleShot(0, this, [this, error] { end(error); });
    } else {
        ask();
    }
}

void ToolRun::stop()
{
    if (m_stream) {
        m_stream->stop(); // which ends the answer, and so the run
        return;
    }
    m_checking.cancel();
    m_answering.cancel();
    m_checkingLast.cancel();
    QTimer::singleShot(0, this,
        [this] { end(transportFailure(ApiError::Kind::Cancelled, m_target.endpoint.url)); });
}

void ToolRun::ask()
{
    const int turn = int(m_result.turns.size());
    ChatRequest request = turn == 0 ? m_first->request : m_later->request;
    request.messages += m_added;
    m_result.turns.append({.request = request, .outcome = {}, .exchanges = {}});
    m_stream = m_ask(m_target, request);
    connect(m_stream.get(), &ChatStream::events, this,
        [this, turn](const StreamEvents &batch) { Q_EMIT events(turn, batch); });
    connect(m_stream.get(), &ChatStream::finished, this, &ToolRun::onAnswered);
    Q_EMIT asking(turn);
}

void ToolRun::onAnswered(const ChatOutcome &outcome)
{
    m_stream.release()->deleteLater();
    ToolTurn &turn = m_result.turns.last();
    turn.outcome = outcome;
    ChatChoice &choice = turn.outcome.choices.first();
    choice.toolCalls = withIds(choice.toolCalls, m_calls);
    const int count = int(m_result.turns.size());
    const ChatOutcome fitted = turn.outcome;
    const QPointer<ToolRun> guard(this);
    Q_EMIT answered(count - 1, fitted);
    if (!guard || m_isOver) {
        return;
    }
    const ChatChoice &answer = fitted.choice();
    if (fitted.error) {
        end(fitted.error);
    } else if (answer.toolCalls.isEmpty()) {
        checkLast(answer);
    } else if (answer.finish.kind == FinishReason::Kind::Length) {
        end(fail(ApiError::Kind::Protocol,
            u"The answer was cut off at the limit of tokens while it called a tool: a higher one "
            "would help."_s)
                .value());
    } else if (count > m_options.limit) {
        end(limitError(m_options.limit));
    } else {
        m_calls += int(answer.toolCalls.size());
        m_checking = QtConcurrent::run(
            [calls = answer.toolCalls, tools = m_tools](QPromise<Questions> &promise) {
                Questions questions;
                for (const ToolCall &call : calls) {
                    questions.append(
                        checkCall(call, tools, [&promise] { return promise.isCanceled(); }));
                }
                promise.addResult(questions);
            });
        m_checking.then(this, [this](const Questions &questions) { onChecked(questions); });
    }
}

void ToolRun::onChecked(const Questions &questions)
{
    if (m_isOver) {
        return;
    }
    const ChatChoice &choice = m_result.turns.constLast().outcome.choice();
    Message message{.role = Role::Assistant,
        .content = choice.text,
        .reasoning = choice.reasoning,
        .toolCalls = {},
        .toolCallId = {},
        .thoughts = choice.thoughts};
    for (const Result<ToolQuestion> &question : questions) {
        if (!question) {
            end(question.error());
            return;
        }
        message.toolCalls.append(sendable(*question));
        m_questions.append(*question);
    }
    m_added.append(message);
    nextCall();
}

void ToolRun::nextCall()
{
    if (m_questions.isEmpty()) {
        ask();
        return;
    }
    const ToolQuestion question = m_questions.constFirst();
    const QPointer<ToolRun> guard(this);
    Q_EMIT calling(int(m_result.turns.size()) - 1, question);
    if (!guard || m_isOver) {
        return;
    }
    if (!question.problem.isEmpty()) {
        onCalled(refusal(ToolReply::By::Check, question.problem));
        return;
    }
    for (const std::shared_ptr<ToolAnswerer> &answerer : m_answerers) {
        const auto answer = answerer->answer(question);
        if (!answer) {
            continue;
        }
        // Not through the member: where the answer is there already, this goes on from within, and
        // the member is another future by then.
        QFuture<Result<ToolReply>> future = *answer;
        m_answering = future;
        future.then(this, [this](const Result<ToolReply> &reply) {
            if (m_isOver) {
                return;
            }
            if (reply) {
                onCalled(*reply);
            } else {
                end(reply.error());
            }
        });
        return;
    }
    end(fail(ApiError::Kind::Internal,
        u"There is no answer to the call %1(%2): a mock or a command would give one."_s.arg(
            question.call.name, compactJson(question.arguments, 200)))
            .value());
}

void ToolRun::onCalled(const ToolReply &reply)
{
    const ToolExchange exchange{.question = m_questions.takeFirst(), .reply = reply};
    m_result.turns.last().exchanges.append(exchange);
    m_added.append({.role = Role::Tool,
        .content = reply.content,
        .reasoning = {},
        .toolCalls = {},
        .toolCallId = exchange.question.call.id,
        .thoughts = {}});
    const QPointer<ToolRun> guard(this);
    Q_EMIT called(int(m_result.turns.size()) - 1, exchange);
    if (guard && !m_isOver) {
        nextCall();
    }
}

void ToolRun::checkLast(const ChatChoice &choice)
{
    if (!m_options.schema) {
        end(std::nullopt);
        return;
    }
    m_checkingLast = QtConcurrent::run(
        [text = choice.text, schema = *m_options.schema, isFine = m_options.isEmbeddingFine](
            QPromise<Result<AnswerCheck>> &promise) {
            promise.addResult(
                checkAnswer(text, schema, isFine, [&promise] { return promise.isCanceled(); }));
        });
    m_checkingLast.then(this, [this](const Result<AnswerCheck> &check) { onLastChecked(check); });
}

void ToolRun::onLastChecked(const Result<AnswerCheck> &check)
{
    if (m_isOver) {
        return;
    }
    if (!check) {
        end(check.error());
        return;
    }
    m_result.check = *check;
    const FinishReason::Kind finish = m_result.turns.constLast().outcome.choice().finish.kind;
    end(check->isValid()
            ? std::nullopt
            : std::optional(
                  fail(ApiError::Kind::Protocol, failureOf(1, check->violations, finish)).value()));
}

void ToolRun::end(const std::optional<ApiError> &error)
{
    if (std::exchange(m_isOver, true)) {
        return;
    }
    m_result.error = error;
    // A local, since a receiver may delete this while it reads it.
    const ToolResult result = m_result;
    Q_EMIT finished(result);
}

} // namespace Lorikeet

#include "moc_toolrun.cpp"
