// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "templates/prompttemplate.h"

#include <memory>

namespace Lorikeet {

/// `lori render`: what a template becomes; nothing is sent.
class RenderCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(const CommandLine &line);

    void start() override;
    void interrupt() override;

private:
    RenderCommand(const RenderedPrompt &rendered, bool asJson);

    RenderedPrompt m_rendered;
    bool m_asJson;
};

} // namespace Lorikeet
