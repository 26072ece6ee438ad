// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"

#include <memory>

namespace Lorikeet {

/// `lori templates`: the library of prompt templates.
class TemplatesCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    /// Carries out what changes the library.
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(const CommandLine &line);

    void start() override;
    void interrupt() override;

private:
    explicit TemplatesCommand(const QByteArray &output);

    QByteArray m_output;
};

} // namespace Lorikeet
