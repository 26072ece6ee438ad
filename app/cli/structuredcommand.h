// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "schema/structuredrun.h"

#include <memory>

namespace Lorikeet {

/// `lori structured`: an answer that keeps to a schema.
class StructuredCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    /// Reads the schema, and stdin where the prompt is there.
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    StructuredCommand(const CommandLine &line, const ChatRequest &request, const JsonSchema &schema,
        const StructuredOptions &options, ApiClient &client);

    void onTarget(const Result<Target> &found);
    void onAttempt(int attempt, const StructuredAttempt &result) const;
    void onFinished(const StructuredResult &result);
    [[nodiscard]] QJsonObject report(const StructuredResult &result) const;

    CommandLine m_line;
    ChatRequest m_request;
    JsonSchema m_schema;
    StructuredOptions m_options;
    ApiClient &m_client;
    std::optional<RetryPolicy> m_retries; ///< absent: the endpoint's
    StructuredRun *m_run = nullptr;
};

} // namespace Lorikeet
