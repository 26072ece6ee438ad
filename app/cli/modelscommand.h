// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "model/description.h"

#include <memory>

namespace Lorikeet {

class ApiClient;

/// `lori models`: what an endpoint serves.
class ModelsCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    ModelsCommand(const CommandLine &line, Milliseconds limit, ApiClient &client);

    void print(const EndpointDescription &description);

    CommandLine m_line;
    Milliseconds m_limit; ///< 0: none
    ApiClient &m_client;
};

} // namespace Lorikeet
