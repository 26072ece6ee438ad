// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "metrics/exposition.h"

#include <memory>

namespace Lorikeet {

class ApiClient;

/// `lori metrics`: what a server has counted.
class MetricsCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    MetricsCommand(const CommandLine &line, ApiClient &client);

    void print(const QList<MetricFamily> &families);

    CommandLine m_line;
    ApiClient &m_client;
};

} // namespace Lorikeet
