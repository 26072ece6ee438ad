// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "tools/toolcall.h"

#include <QHash>
#include <QObject>
#include <QStringList>

namespace Lorikeet {

/// Who says whether a command may run.
class ToolApproval
{
public:
    ToolApproval() = default;
    Q_DISABLE_COPY_MOVE(ToolApproval)
    virtual ~ToolApproval() = default;

    /// Cancelling the future takes the question back.
    [[nodiscard]] virtual QFuture<bool> approve(
        const ToolQuestion &question, const QStringList &command)
        = 0;
};

struct ToolCommandLimits
{
    Milliseconds time{60'000};
    qint64 output = qint64(1) << 20; ///< bytes on stdout
};

/// The environment variables that a command is given, where they are set; no others are. Besides
/// these it has LORIKEET_TOOL, the name of the tool that was called.
[[nodiscard]] QStringList toolCommandVariables();

/// The words of a command as they are typed: blanks part them, double quotes keep them together.
/// Nothing else means anything: no shell reads it.
[[nodiscard]] Result<QStringList> toolCommandFrom(const QString &text);

/// Commands by name of the tool, out of a JSON object that has one under each: as it is typed, or a
/// list of its words.
///
///     {"weather": "python3 weather.py", "now": ["date", "+%H:%M"]}
///
/// Fails with Kind::InvalidRequest, also where a tool is none of `tools`; ApiError::param is then
/// the place of what is wrong ("#/weather").
[[nodiscard]] Result<QHash<QString, QStringList>> toolCommandsFrom(
    const QByteArray &utf8, const QList<Tool> &tools);

/// Runs a local command for a call: its words as they are, the arguments as one line of JSON on its
/// stdin; what it writes on stdout is the answer. A command that fails, takes too long or writes
/// too much is an answer too, one of a failure; one that cannot be started ends the run. With what
/// it started it is killed where it is too late, and where the future is cancelled.
class ToolCommands final : public ToolAnswerer
{
public:
    /// `commands` by name of the tool. Without an approval each may run; else it is asked before
    /// each, and must outlive this.
    explicit ToolCommands(const QHash<QString, QStringList> &commands,
        ToolApproval *approval = nullptr, const ToolCommandLimits &limits = {});

    [[nodiscard]] std::optional<QFuture<Result<ToolReply>>> answer(
        const ToolQuestion &question) override;

private:
    QHash<QString, QStringList> m_commands;
    ToolApproval *m_approval;
    ToolCommandLimits m_limits;
    QObject m_jobs; ///< whose children are at work
};

} // namespace Lorikeet
