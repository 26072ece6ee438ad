// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatcommand.h"

#include "chatjson.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "http/chatstream.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "standardoutput.h"

#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Failure wrong(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

QList<OptionHelp> chatOptions()
{
    return {
        {{u"model"_s, u"m"_s}, u"ID"_s, u"The model to ask. Default: what the server has."_s},
        {{u"adapter"_s, u"a"_s}, u"ID"_s,
            u"The LoRA adapter to use. Default: none, the base model."_s},
        {{u"adapter-source"_s}, u"SOURCE"_s,
            u"LoRAX: where the adapter is loaded from: hub, local, s3 or pbase."_s},
        {{u"adapter-key-env"_s}, u"VAR"_s,
            u"LoRAX: takes the token for a private adapter from this environment variable."_s},
        {{u"scale"_s}, u"ID=VALUE"_s,
            u"llama.cpp: the scale of the adapter with this number; those not named count as 0. "
            "May be given more than once."_s},
        {{u"system"_s, u"s"_s}, u"TEXT"_s, u"A system message before the prompt."_s},
        {{u"param"_s, u"P"_s}, u"NAME=VALUE"_s,
            u"Sets a parameter by the server's own name, such as temperature=0.7; one that is "
            "not set is not sent, and the server's default holds. May be given more than once."_s},
        {{u"no-stream"_s}, {}, u"Asks for the whole answer at once."_s},
        {{u"events"_s}, {},
            u"Prints one JSON object a line for each event, with t_ns, nanoseconds since the "
            "request was written; the last has usage, finish reason and timing."_s},
        {{u"reasoning"_s}, {}, u"Prints what the model thinks before it answers, on stderr."_s},
        {{u"stats"_s}, {}, u"Prints the answer's measurements on stderr."_s},
        {{u"retry"_s}, u"N"_s,
            u"Tries up to N times more where trying again may help and no text had come yet. "
            "Default: 0."_s},
        {{u"first-token-timeout"_s}, u"SECONDS"_s,
            u"Gives up when there is no text after this time. 0: no limit. Default: 300."_s},
    };
}

Result<QString> promptOf(const CommandLine &line)
{
    const QStringList &arguments = line.arguments();
    if (arguments.size() > 1) {
        return wrong(u"There is more than one prompt: put it into quotes."_s);
    }
    QString prompt = arguments.value(0, u"-"_s);
    if (prompt == "-"_L1) {
        if (arguments.isEmpty() && ::isatty(STDIN_FILENO) == 1) {
            return wrong(u"There is no prompt: give one in quotes, or - to type it and end with "
                         "Ctrl+D."_s);
        }
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly)) {
            return wrong(u"The prompt could not be read from stdin."_s);
        }
        prompt = QString::fromUtf8(input.readAll());
    }
    if (prompt.trimmed().isEmpty()) {
        return wrong(u"The prompt is empty."_s);
    }
    return prompt;
}

Result<AdapterChoice> adapterOf(const CommandLine &line)
{
    AdapterChoice adapter{
        .id = line.value(u"adapter"_s), .source = line.value(u"adapter-source"_s)};
    if (line.has(u"adapter-key-env"_s)) {
        const QString name = line.value(u"adapter-key-env"_s);
        adapter.token = Secret(qEnvironmentVariable(name.toUtf8().constData()));
        if (adapter.token.isEmpty()) {
            return wrong(
                u"The environment variable %1, which --adapter-key-env names, is not set."_s.arg(
                    name));
        }
    }
    for (const QString &text : line.values(u"scale"_s)) {
        const auto pair = splitPair(text, u'=');
        bool isId = false;
        bool isScale = false;
        const int id = pair ? pair->first.toInt(&isId) : 0;
        const double scale = pair ? pair->second.toDouble(&isScale) : 0;
        if (!isId || !isScale) {
            return wrong(u"--scale takes ID=VALUE, both numbers, not “%1”."_s.arg(text));
        }
        adapter.scales.append({.id = id, .scale = scale});
    }
    return adapter;
}

/// A parameter the dialect does not list is sent all the same: as JSON where the value is some, as
/// text where not.
Result<ParameterSet> parametersOf(const CommandLine &line, const ParameterSpecs &specs)
{
    ParameterSet parameters;
    for (const QString &text : line.values(u"param"_s)) {
        const auto pair = splitPair(text, u'=');
        if (!pair) {
            return wrong(u"--param takes NAME=VALUE, not “%1”."_s.arg(text));
        }
        const auto &[name, value] = *pair;
        const ParameterSpec *spec = findParameter(specs, name);
        if (!spec) {
            const QByteArray json = "[" + value.toUtf8() + "]";
            const QJsonDocument document = QJsonDocument::fromJson(json);
            parameters.insert(name, document.isNull() ? QJsonValue(value) : document[0]);
            continue;
        }
        const std::optional<QJsonValue> parsed = spec->parse(value);
        const std::optional<QString> problem
            = parsed ? spec->check(*parsed) : u"%1 cannot be “%2”."_s.arg(name, value);
        if (problem) {
            return wrong(*problem);
        }
        parameters.insert(name, *parsed);
    }
    return parameters;
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
           "that it can be piped. Errors are one sentence on stderr."_s,
            u"With - for the prompt, or with none and stdin not a terminal, the prompt is read "
            "from stdin to its end."_s,
            u"Ctrl+C ends the answer; what came is printed. A second Ctrl+C kills the program."_s},
        .options = endpointOptions() + chatOptions() + requestOptions() + idleOption(),
        .examples = {{u"Ask a server on this machine:"_s,
                         u"lori chat -e http://localhost:8080 'Why is the sky blue?'"_s},
            {u"Ask for a LoRA adapter of a LoRAX server, and for a short answer:"_s,
                u"lori chat -e http://gpu:8080 -p lorax -a my/adapter -P max_new_tokens=50 Hello"_s},
            {u"Let llama.cpp mix two adapters:"_s,
                u"lori chat -e http://localhost:8080 --scale 0=0.5 --scale 1=1 Hello"_s},
            {u"Summarise a file with a hosted model, its key in the environment:"_s,
                u"lori chat -e https://api.openai.com -m gpt-4o-mini --key-env OPENAI_API_KEY "
                "-s 'Summarise in three sentences.' - <report.txt"_s},
            {u"Measure the time to the first token:"_s,
                u"lori chat -e http://localhost:8080 --events Hello | tail -n 1 | jq "
                ".metrics.ttft_ns"_s}},
    };
}

Result<std::unique_ptr<Command>> ChatCommand::make(const CommandLine &line, ApiClient &client)
{
    ChatRequest request{.model = line.value(u"model"_s), .stream = !line.has(u"no-stream"_s)};
    const Result<AdapterChoice> adapter = adapterOf(line);
    if (!adapter) {
        return Failure(adapter.error());
    }
    request.adapter = *adapter;
    bool isCount = true;
    const int retries = line.has(u"retry"_s) ? line.value(u"retry"_s).toInt(&isCount) : 0;
    if (!isCount || retries < 0) {
        return wrong(u"--retry takes a number, not “%1”."_s.arg(line.value(u"retry"_s)));
    }
    if (const Result<ParameterSet> untyped = parametersOf(line, {}); !untyped) {
        return Failure(untyped.error());
    }
    const Result<QString> prompt = promptOf(line);
    if (!prompt) {
        return Failure(prompt.error());
    }
    if (line.has(u"system"_s)) {
        request.messages.append({.role = Role::System, .content = line.value(u"system"_s)});
    }
    request.messages.append({.role = Role::User, .content = *prompt});
    std::unique_ptr<ChatCommand> command(new ChatCommand(line, request, client));
    command->m_retries.retries = retries;
    return command;
}

ChatCommand::ChatCommand(const CommandLine &line, const ChatRequest &request, ApiClient &client)
    : m_line(line)
    , m_request(request)
    , m_client(client)
{ }

void ChatCommand::start()
{
    findTarget(m_line, m_client).then(this, [this](const Result<Target> &target) {
        onTarget(target);
    });
}

void ChatCommand::interrupt()
{
    if (m_stream) {
        m_stream->stop();
    } else {
        endInterrupted();
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
    const Provider *provider = findProvider(m_target.endpoint.provider);
    const ParameterSpecs specs
        = provider ? provider->parameters(m_target.endpoint.server) : ParameterSpecs();
    const Result<ParameterSet> parameters = parametersOf(m_line, specs);
    if (!parameters) {
        endWith(parameters.error());
        return;
    }
    m_request.parameters = *parameters;
    if (provider && !m_line.has(u"events"_s)) {
        const QStringList notes = provider->notes(m_target, m_request);
        std::ranges::for_each(notes, printNote);
    }
    ask();
}

void ChatCommand::ask()
{
    m_stream = m_client.chat(m_target, m_request);
    connect(m_stream, &ChatStream::events, this, &ChatCommand::onEvents);
    connect(m_stream, &ChatStream::finished, this, &ChatCommand::onFinished);
}

void ChatCommand::onEvents(const StreamEvents &events)
{
    QByteArray text;
    for (const StreamEvent &event : events) {
        if (m_line.has(u"events"_s)) {
            const TimePoint origin = m_stream->sentAt().value_or(event.at);
            text += toLine(toJson(event, origin));
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

void ChatCommand::onFinished(const ChatOutcome &outcome)
{
    std::exchange(m_stream, nullptr)->deleteLater();
    if (isOver() || tryAgain(outcome)) {
        return;
    }
    if (m_line.has(u"events"_s)) {
        write(toLine(endToJson(outcome)));
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
    if (!outcome.error) {
        end(ExitCode::Done);
    } else if (outcome.error->kind == ApiError::Kind::Cancelled) {
        endInterrupted(u"Interrupted; the answer is not complete."_s);
    } else {
        endWith(*outcome.error);
    }
}

/// What a person should know of an answer that text alone does not tell.
void ChatCommand::closeText(const ChatOutcome &outcome)
{
    const ChatChoice &choice = outcome.choice();
    if (StandardOutput::isTerminal() && !choice.text.isEmpty() && !choice.text.endsWith(u'\n')) {
        write("\n");
    }
    for (const ToolCall &call : choice.toolCalls) {
        printNote(u"The model asks to call %1(%2)."_s.arg(call.name, call.arguments));
    }
    if (choice.finish.kind == FinishReason::Kind::Length) {
        printNote(u"The answer stopped at the limit of tokens."_s);
    } else if (choice.finish.kind == FinishReason::Kind::ContentFilter) {
        printNote(u"The server's content filter ended the answer."_s);
    }
}

bool ChatCommand::tryAgain(const ChatOutcome &outcome)
{
    if (!outcome.error || outcome.timing.firstToken) {
        return false;
    }
    const std::optional<Milliseconds> wait
        = m_retries.delay(m_attempt, *outcome.error, QRandomGenerator::global()->generateDouble());
    if (!wait) {
        return false;
    }
    printError(*outcome.error);
    printNote(
        u"Trying again in %1 s (%2 of %3)."_s.arg(std::chrono::duration<double>(*wait).count())
            .arg(m_attempt)
            .arg(m_retries.retries));
    ++m_attempt;
    QTimer::singleShot(*wait, this, [this] {
        if (!isOver()) {
            ask();
        }
    });
    return true;
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
