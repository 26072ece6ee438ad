// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatcommand.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "chatjson.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "http/chatstream.h"
#include "http/httpexchange.h"
#include "lesson.h"
#include "standardoutput.h"
#include "templateoptions.h"
#include "terminalperson.h"

#include <QJsonDocument>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QList<OptionHelp> chatOptions()
{
    return {
        {{u"no-stream"_s}, {}, u"Asks for the whole answer at once."_s},
        {{u"events"_s}, {},
            u"Prints one JSON object a line for each event, with t_ns, nanoseconds since the "
            "request was written; the last has usage, finish reason and timing."_s},
        {{u"reasoning"_s}, {}, u"Prints what the model thinks before it answers, on stderr."_s},
        {{u"stats"_s}, {}, u"Prints the answer's measurements on stderr."_s},
    };
}

ApiError lateError(const CommandLine &line, Milliseconds limit)
{
    const QString endpoint = line.value(u"endpoint"_s);
    const std::optional<QUrl> url = addressFrom(endpoint);
    ApiError error;
    error.kind = ApiError::Kind::TotalTimeout;
    error.message = u"%1 gave no whole answer within the %2 s allowed in all: it was stopped "
                    "there."_s.arg(url ? placeOf(*url) : endpoint)
                        .arg(toSeconds(limit));
    return error;
}

QByteArray toLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

CommandHelp ChatCommand::help()
{
    return {
        .name = u"chat"_s,
        .arguments = u"[PROMPT|-]"_s,
        .summary = u"ask a language model and print its answer as it comes"_s,
        .description
        = {u"Sends one prompt and prints the answer on stdout, as it comes and nothing else, so "
           "that it can be piped. Errors are one sentence on stderr, as is what it calls with "
           "--tools."_s,
            u"With - for the prompt, or with none and stdin not a terminal, the prompt is read "
            "from stdin to its end."_s,
            u"Ctrl+C ends the answer; what came is printed. A second Ctrl+C kills the program."_s},
        .options = endpointOptions() + askOptions() + templateOptions() + chatOptions()
            + toolOptions() + requestOptions() + idleOption(),
        .examples = {{u"Ask a server on this machine:"_s,
                         u"lori chat -e http://localhost:8080 'Why is the sky blue?'"_s},
            {u"Ask for a LoRA adapter of a LoRAX server, and for a short answer:"_s,
                u"lori chat -e http://gpu:8080 -p lorax -a my/adapter -P max_new_tokens=50 Hello"_s},
            {u"Let llama.cpp mix two adapters:"_s,
                u"lori chat -e http://localhost:8080 --scale 0=0.5 --scale 1=1 Hello"_s},
            {u"Summarise a file with a hosted model, its key in the environment:"_s,
                u"lori chat -e https://api.openai.com -m gpt-4o-mini --key-env OPENAI_API_KEY "
                "-s 'Summarise in three sentences.' - <report.txt"_s},
            {u"Let the model call functions, one of them a command:"_s,
                u"lori chat -e http://localhost:8080 --tools tools.json --tool-mock answers.json "
                "--tool-command 'count=wc -c' 'How long is the weather report of Ulm?'"_s},
            {u"Measure the time to the first token:"_s,
                u"lori chat -e http://localhost:8080 --events Hello | tail -n 1 | jq "
                ".metrics.ttft_ns"_s}},
    };
}

Result<std::unique_ptr<Command>> ChatCommand::make(const CommandLine &line, ApiClient &client)
{
    Result<ChatRequest> request = requestFrom(line);
    if (!request) {
        return Failure(request.error());
    }
    const Result<std::optional<RetryPolicy>> retries = retriesFrom(line);
    if (!retries) {
        return Failure(retries.error());
    }
    const Result<std::optional<Milliseconds>> limit = line.seconds(u"timeout"_s);
    if (!limit) {
        return Failure(limit.error());
    }
    if (const Result<ParameterSet> untyped = parametersFrom(line, {}); !untyped) {
        return Failure(untyped.error());
    }
    const Result<std::optional<ChatTools>> tools = chatToolsFrom(line, TerminalPerson::isThere());
    if (!tools) {
        return Failure(tools.error());
    }
    const Result<RenderedPrompt> asked = askedFrom(line);
    if (!asked) {
        return Failure(asked.error());
    }
    request->stream = !line.has(u"no-stream"_s);
    request->messages = asked->messages;
    request->diverged = !examplesIn(asked->messages).isEmpty();
    std::unique_ptr<ChatCommand> command(new ChatCommand(line, *request, client));
    command->m_bound = asked->parameters;
    command->m_retries = *retries;
    command->m_tools = *tools;
    command->m_limit = limit->value_or(Milliseconds(0));
    return command;
}

ChatCommand::ChatCommand(const CommandLine &line, const ChatRequest &request, ApiClient &client)
    : m_line(line)
    , m_request(request)
    , m_client(client)
{ }

void ChatCommand::start()
{
    if (m_limit.count() > 0) {
        QTimer::singleShot(m_limit, this, &ChatCommand::onLate);
    }
    findTarget(m_line, m_client).then(this, [this](const Result<Target> &target) {
        onTarget(target);
    });
}

void ChatCommand::interrupt()
{
    if (m_run) {
        m_run->stop();
    } else if (m_stream) {
        m_stream->stop();
    } else {
        endInterrupted();
    }
}

void ChatCommand::onLate()
{
    m_isLate = true;
    if (m_run) {
        m_run->stop();
    } else if (m_stream) {
        m_stream->stop(); // finishes with what came
    } else {
        endWith(lateError(m_line, m_limit));
    }
}

void ChatCommand::onTarget(const Result<Target> &target)
{
    if (isOver()) {
        return;
    }
    if (!target) {
        endWith(target.error());
        return;
    }
    m_target = *target;
    m_target.endpoint.retry = m_retries.value_or(m_target.endpoint.retry);
    if (m_line.has(u"timeout"_s)) {
        m_target.endpoint.timeouts.total = Milliseconds(0); // it is watched here, from the start
    }
    const Result<ParameterSet> parameters = parametersFor(m_line, m_target, m_bound);
    if (!parameters) {
        endWith(parameters.error());
        return;
    }
    m_request.parameters = *parameters;
    if (m_tools) {
        askWithTools();
    } else {
        ask();
    }
}

void ChatCommand::ask()
{
    m_stream = m_client.chat(m_target, m_request);
    connect(m_stream, &ChatStream::retrying, this, &ChatCommand::onRetrying);
    connect(m_stream, &ChatStream::events, this, &ChatCommand::onEvents);
    connect(m_stream, &ChatStream::finished, this, &ChatCommand::onFinished);
}

void ChatCommand::onEvents(const StreamEvents &events)
{
    QByteArray text;
    for (const StreamEvent &event : events) {
        if (m_line.has(u"events"_s)) {
            const ChatStream *stream = m_run ? m_run->stream() : m_stream;
            QJsonObject object = toJson(event, stream->sentAt().value_or(event.at));
            if (m_run) {
                object.insert(u"turn"_s, m_turn);
            }
            text += toLine(object);
            continue;
        }
        const auto *delta = std::get_if<TextDelta>(&event.payload);
        if (delta && delta->choice == 0) {
            text += delta->text.toUtf8();
        }
        const auto *reasoning = std::get_if<ReasoningDelta>(&event.payload);
        if (reasoning && reasoning->choice == 0 && m_line.has(u"reasoning"_s)) {
            std::fputs(reasoning->text.toUtf8().constData(), stderr);
            m_isThinking = true;
        }
    }
    write(text);
}

void ChatCommand::onFinished(const ChatOutcome &received)
{
    std::exchange(m_stream, nullptr)->deleteLater();
    if (isOver()) {
        return;
    }
    tellEnd(received);
    endAfter(received.error);
}

std::optional<ApiError> ChatCommand::errorOf(const std::optional<ApiError> &error) const
{
    const bool isOurs = m_isLate && error && error->kind == ApiError::Kind::Cancelled;
    return isOurs ? lateError(m_line, m_limit) : error;
}

void ChatCommand::tellEnd(const ChatOutcome &received)
{
    ChatOutcome outcome = received;
    outcome.error = errorOf(received.error);
    if (m_line.has(u"events"_s)) {
        QJsonObject end = endToJson(outcome);
        if (m_run) {
            end.insert(u"turn"_s, m_turn);
        }
        write(toLine(end));
    } else {
        closeText(outcome);
    }
    if (isOver()) {
        return; // the last line could not be written
    }
    if (std::exchange(m_isThinking, false)) {
        std::fputc('\n', stderr);
    }
    if (m_line.has(u"stats"_s)) {
        printNote(metricsLine(outcome));
    }
}

void ChatCommand::endAfter(const std::optional<ApiError> &received)
{
    const std::optional<ApiError> error = errorOf(received);
    if (isOver()) {
        return;
    }
    if (!error) {
        end(ExitCode::Done);
    } else if (error->kind == ApiError::Kind::Cancelled) {
        endInterrupted(u"Interrupted; the answer is not complete."_s);
    } else {
        tellRemedy(*error, m_target, m_request);
        endWith(*error);
    }
}

/// What a person should know of an answer that text alone does not tell.
void ChatCommand::closeText(const ChatOutcome &outcome)
{
    const ChatChoice &choice = outcome.choice();
    if (StandardOutput::isTerminal() && !choice.text.isEmpty() && !choice.text.endsWith(u'\n')) {
        write("\n");
    }
    if (!outcome.error || outcome.timing.firstToken) {
        std::ranges::for_each(outcome.notes, printNote);
    }
    for (const ToolCall &call : m_run ? QList<ToolCall>() : choice.toolCalls) {
        printNote(u"The model asks to call %1(%2)."_s.arg(call.name, call.arguments));
    }
    if (choice.finish.kind == FinishReason::Kind::Length) {
        printNote(u"The answer stopped at the limit of tokens."_s);
    } else if (choice.finish.kind == FinishReason::Kind::ContentFilter) {
        printNote(u"The server's content filter ended the answer."_s);
    }
}

void ChatCommand::onRetrying(const Retry &retry)
{
    if (m_line.has(u"events"_s)) {
        write(toLine(retryToJson(retry)));
        return;
    }
    tellOfRetry(retry);
}

void ChatCommand::write(QByteArrayView bytes)
{
    if (isOver() || bytes.isEmpty()) {
        return;
    }
    // A line of thought ends where the answer begins.
    if (std::exchange(m_isThinking, false)) {
        std::fputc('\n', stderr);
    }
    if (const auto over = StandardOutput::write(bytes)) {
        end(*over); // nobody reads any more; the answer ends with its client
    }
}

} // namespace Lorikeet
