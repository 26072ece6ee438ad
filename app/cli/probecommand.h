// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "model/endpoint.h"
#include "providers/endpointprobe.h"

#include <memory>

namespace Lorikeet {

class ApiClient;
class Store;

/// `lori probe`: what stands behind an address, what it can do, and what is open to everyone.
class ProbeCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    ~ProbeCommand() override;

    void start() override;
    void interrupt() override;

private:
    ProbeCommand(const CommandLine &line, Milliseconds limit, ApiClient &client);

    void onTarget(const Result<Target> &target);
    void onFound(const Target &target, const ProbeResult &found);
    void keep(const Endpoint &endpoint, const EndpointDescription &description);

    CommandLine m_line;
    Milliseconds m_limit; ///< 0: none
    ApiClient &m_client;
    std::unique_ptr<Store> m_store; ///< once something is to be kept
};

} // namespace Lorikeet
