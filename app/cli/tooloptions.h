// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "commandline.h"
#include "tools/toolcommand.h"
#include "tools/toolmock.h"
#include "tools/toolrun.h"

namespace Lorikeet {

/// The tools of `lori chat`, and who answers their calls.
struct ChatTools
{
    QList<Tool> tools;
    ToolRunOptions options;
    std::shared_ptr<ToolMock> mock; ///< null: there is none
    QHash<QString, QStringList> commands;
    ToolCommandLimits limits;
    bool isAllowed = false; ///< commands run without being asked for
};

/// --tools and what belongs to it.
[[nodiscard]] QList<OptionHelp> toolOptions();

/// What toolOptions() say; nothing where there are no tools. Reads the files. Fails too where a
/// tool could be called that nobody answers, or a command needs a leave that nobody can give:
/// `hasPerson` says that somebody can be asked.
[[nodiscard]] Result<std::optional<ChatTools>> chatToolsFrom(
    const CommandLine &line, bool hasPerson);

/// Text of a model, or of a command, for a terminal: nothing in it moves the cursor or turns the
/// direction.
[[nodiscard]] QString printable(QString text);

} // namespace Lorikeet
