// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolcommand.h"

#include "base/invalidrequest.h"
#include "tools/tooljob.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace Lorikeet {

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
