// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "simulator/simulatoroptions.h"

#include <QStringList>
#include <QUrl>

namespace Lorikeet {

/// What the command line of lori-sim asks for.
struct CommandLine
{
    SimulatorOptions options;
    QString text; ///< not empty: print it and end (help, version)
};

/// `arguments` with the program's name first. The error is one sentence for stderr.
[[nodiscard]] Result<CommandLine> readCommandLine(const QStringList &arguments);

/// What is printed once it listens: the URL alone on the first line, for scripts, then hints.
[[nodiscard]] QString greeting(const QUrl &url, const SimulatorOptions &options);

} // namespace Lorikeet
