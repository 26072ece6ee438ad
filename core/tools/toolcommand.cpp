// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolcommand.h"

#include "base/invalidrequest.h"
#include "schema/jsonnode.h"
#include "schema/partialjson.h"
#include "tools/tooljob.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Of one tool.
Result<QStringList> commandOf(const QString &tool, const JsonNode &value)
{
    if (value.is(JsonNode::Kind::String)) {
        return toolCommandFrom(value.text);
    }
    QStringList words;
    for (const JsonNode &word : value.items) {
        if (word.is(JsonNode::Kind::String)) {
            words.append(word.text);
        }
    }
    if (!value.is(JsonNode::Kind::Array) || words.isEmpty() || words.constFirst().isEmpty()
        || words.size() != qsizetype(value.items.size())) {
        return invalidRequest(
            u"The command of “%1” must be a text, or a list of its words."_s.arg(tool));
    }
    return words;
}

} // namespace

QStringList toolCommandVariables()
{
#ifdef Q_OS_WIN
    return {u"PATH"_s, u"PATHEXT"_s, u"SystemRoot"_s, u"TEMP"_s, u"TMP"_s, u"USERPROFILE"_s};
#else
    return {u"PATH"_s, u"HOME"_s, u"USER"_s, u"LANG"_s, u"LC_ALL"_s, u"LC_CTYPE"_s, u"TZ"_s,
        u"TMPDIR"_s};
#endif
}

Result<QStringList> toolCommandFrom(const QString &text)
{
    const QStringList words = QProcess::splitCommand(text);
    if (words.isEmpty() || words.constFirst().isEmpty()) {
        return invalidRequest(u"There is no command in “%1”."_s.arg(text));
    }
    return words;
}

Result<QHash<QString, QStringList>> toolCommandsFrom(
    const QByteArray &utf8, const QList<Tool> &tools)
{
    const Result<JsonNode> root = parseJson(utf8);
    if (!root) {
        return invalidRequest(u"The commands are no JSON. "_s + root.error().message);
    }
    if (!root->is(JsonNode::Kind::Object)) {
        return invalidRequest(u"The commands must be an object with one for each tool."_s);
    }
    QHash<QString, QStringList> commands;
    for (qsizetype i = 0; i < root->keys.size(); ++i) {
        const QString &tool = root->keys[i];
        const Result<QStringList> command = findTool(tools, tool)
            ? commandOf(tool, root->items[size_t(i)])
            : invalidRequest(
                  u"There is a command for “%1”, which is none of the tools."_s.arg(tool));
        if (!command) {
            ApiError error = command.error();
            error.param = u"#/"_s + pointerPart(tool);
            return Failure(error);
        }
        commands.insert(tool, *command);
    }
    return commands;
}

ToolCommands::ToolCommands(const QHash<QString, QStringList> &commands, ToolApproval *approval,
    const ToolCommandLimits &limits)
    : m_commands(commands)
    , m_approval(approval)
    , m_limits(limits)
{ }

std::optional<QFuture<Result<ToolReply>>> ToolCommands::answer(const ToolQuestion &question)
{
    const QStringList command = m_commands.value(question.call.name);
    if (command.isEmpty()) {
        return std::nullopt;
    }
    return (new ToolJob(question, command, m_limits, &m_jobs))->start(m_approval);
}

} // namespace Lorikeet
