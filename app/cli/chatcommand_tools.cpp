// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `lori chat --tools`: what is called, what is answered, and the end.

#include "chatcommand.h"
#include "chatjson.h"
#include "http/apiclient.h"
#include "http/chatstream.h"
#include "model/outcomejson.h"
#include "schemaoptions.h"
#include "standardoutput.h"
#include "terminalperson.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qsizetype mostShown = 500; ///< characters of arguments, and of an answer

QString shown(const QString &text)
{
    const QString line = printable(text).simplified();
    return line.size() > mostShown ? line.first(mostShown) + u'…' : line;
}

QString answererOf(const ToolRecord &record)
{
    switch (record.by) {
    case ToolRecord::By::Check:
        return u"not called"_s;
    case ToolRecord::By::Hand:
        return u"by hand"_s;
    case ToolRecord::By::Mock:
        return u"mock"_s;
    case ToolRecord::By::Command:
        return record.exitCode ? u"command, exit code %1"_s.arg(*record.exitCode) : u"command"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QJsonObject toJson(int turn, const ToolExchange &exchange)
{
    const ToolReply &reply = exchange.reply;
    const ToolRecord &record = reply.record;
    QJsonObject object{{u"type"_s, u"tool_result"_s}, {u"turn"_s, turn},
        {u"id"_s, exchange.question.call.id}, {u"name"_s, exchange.question.call.name},
        {u"arguments"_s, toQJson(exchange.question.arguments)}, {u"by"_s, toWord(record.by)},
        {u"content"_s, reply.content}, {u"is_error"_s, record.isError}};
    if (!exchange.question.violations.isEmpty()) {
        object.insert(u"violations"_s, toJson(exchange.question.violations));
    }
    if (record.exitCode) {
        object.insert(u"exit_code"_s, *record.exitCode);
    }
    if (!record.aside.isEmpty()) {
        object.insert(u"stderr"_s, record.aside);
        object.insert(u"stderr_cut"_s, record.isAsideCut);
    }
    return object;
}

} // namespace

void ChatCommand::askWithTools()
{
    ToolRun::Answerers answerers;
    if (m_tools->mock) {
        answerers.push_back(m_tools->mock);
    }
    const std::shared_ptr<TerminalPerson> person
        = TerminalPerson::isThere() ? std::make_shared<TerminalPerson>() : nullptr;
    if (!m_tools->commands.isEmpty()) {
        answerers.push_back(std::make_shared<ToolCommands>(
            m_tools->commands, m_tools->isAllowed ? nullptr : person.get(), m_tools->limits));
    }
    if (person) {
        answerers.push_back(person);
    }
    m_run = new ToolRun(
        [this](const Target &target, const ChatRequest &request) {
            return std::unique_ptr<ChatStream>(m_client.chat(target, request));
        },
        m_target, m_request, m_tools->tools, m_tools->options, std::move(answerers), this);
    for (const QString &note : m_run->notes()) {
        printNote(note);
    }
    connect(m_run, &ToolRun::asking, this, [this](int turn) {
        m_turn = turn;
        connect(m_run->stream(), &ChatStream::retrying, this, &ChatCommand::onRetrying);
    });
    connect(m_run, &ToolRun::events, this,
        [this](int, const StreamEvents &events) { onEvents(events); });
    connect(m_run, &ToolRun::answered, this, &ChatCommand::onTurn);
    connect(m_run, &ToolRun::calling, this, &ChatCommand::onCalling);
    connect(m_run, &ToolRun::called, this, &ChatCommand::onCalled);
    connect(m_run, &ToolRun::finished, this, &ChatCommand::onRunFinished);
    m_run->start();
}

void ChatCommand::onTurn(int /*turn*/, const ChatOutcome &outcome)
{
    tellEnd(outcome);
    const QString &text = outcome.choice().text;
    // What follows is another answer.
    if (!outcome.choice().toolCalls.isEmpty() && !text.isEmpty() && !text.endsWith(u'\n')
        && !m_line.has(u"events"_s)) {
        write("\n");
    }
}

void ChatCommand::onCalling(int /*turn*/, const ToolQuestion &question) const
{
    printNote(u"The model calls %1(%2)."_s.arg(
        shown(question.call.name), shown(question.call.arguments)));
}

void ChatCommand::onCalled(int turn, const ToolExchange &exchange)
{
    if (m_line.has(u"events"_s)) {
        write(QJsonDocument(toJson(turn, exchange)).toJson(QJsonDocument::Compact) + '\n');
    }
    const ToolReply &reply = exchange.reply;
    if (!reply.record.aside.isEmpty()) {
        printNote(u"%1 says on stderr: %2"_s.arg(
            shown(exchange.question.call.name), shown(reply.record.aside)));
    }
    printNote(u"%1 (%2): %3"_s.arg(
        shown(exchange.question.call.name), answererOf(reply.record), shown(reply.content)));
}

void ChatCommand::onRunFinished(const ToolResult &result)
{
    if (isOver()) {
        return;
    }
    const bool isChecked = result.check.has_value();
    if (isChecked && !result.check->isValid()) {
        for (const SchemaViolation &violation : result.check->violations) {
            printNote(toText(violation).simplified());
        }
        printError(*result.error);
        end(ExitCode::Invalid);
        return;
    }
    endAfter(result.error);
}

} // namespace Lorikeet
