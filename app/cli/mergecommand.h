// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"

#include <memory>

namespace Lorikeet {

/// `lori load merge`: one report of those of all shards.
class MergeCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(const CommandLine &line);

    void start() override;

    void interrupt() override { endInterrupted(); }

private:
    explicit MergeCommand(const CommandLine &line);

    CommandLine m_line;
};

} // namespace Lorikeet
