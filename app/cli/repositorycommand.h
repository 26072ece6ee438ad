// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "model/endpoint.h"
#include "triton/transport.h"

#include <memory>
#include <optional>

namespace Lorikeet {

class ApiClient;

/// `lori models --load`, `--unload` and `--stats`: the repository of Triton.
class RepositoryCommand final : public Command
{
    Q_OBJECT

public:
    /// Those options, for the help of `lori models`.
    [[nodiscard]] static QList<OptionHelp> options();
    /// Whether one of them is given.
    [[nodiscard]] static bool isWanted(const CommandLine &line);
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    RepositoryCommand(const CommandLine &line, const std::optional<Triton::ModelChange> &change,
        Milliseconds limit, ApiClient &client);

    void onTarget(const Result<Target> &target);
    void onChanged(const Result<> &done);
    void print(const Result<QList<Triton::ModelStatistics>> &statistics);

    CommandLine m_line;
    std::optional<Triton::ModelChange> m_change; ///< null: statistics are wanted
    Milliseconds m_limit; ///< 0: none
    ApiClient &m_client;
    std::unique_ptr<Triton::InferTransport> m_transport;
};

} // namespace Lorikeet
