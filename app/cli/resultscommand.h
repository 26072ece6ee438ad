// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"

#include <memory>

namespace Lorikeet {

/// `lori load WORD …` about runs that are over: list, show, compare, export, preset, keep, rename,
/// note, tag, remove, restore.
class ResultsCommand final : public Command
{
    Q_OBJECT

public:
    /// Whether the word is one of these.
    [[nodiscard]] static bool knows(const QString &word);
    [[nodiscard]] static QList<OptionHelp> options();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(const CommandLine &line);

    void start() override;

    void interrupt() override { endInterrupted(); }

private:
    explicit ResultsCommand(const CommandLine &line);

    CommandLine m_line;
};

} // namespace Lorikeet
