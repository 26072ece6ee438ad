// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "adapters/adapteradmin.h"
#include "command.h"
#include "commandline.h"
#include "model/chatoutcome.h"

#include <memory>
#include <optional>

namespace Lorikeet {

class ApiClient;
class ChatStream;

/// `lori adapters`: loads, unloads, scales or tries an adapter of a server.
class AdaptersCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    AdaptersCommand(
        const CommandLine &line, const std::optional<AdapterChange> &change, ApiClient &client);

    void onTarget(const Result<Target> &target);
    void tryOut(const Target &target);
    void onTried(const ChatOutcome &outcome);

    CommandLine m_line;
    std::optional<AdapterChange> m_change; ///< nothing: an adapter is to be tried
    ApiClient &m_client;
    ChatStream *m_stream = nullptr; ///< a child of m_client
};

} // namespace Lorikeet
