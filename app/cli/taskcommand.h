// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "model/endpoint.h"
#include "model/retrypolicy.h"
#include "tasks/task.h"

#include <memory>
#include <optional>

namespace Lorikeet {

class ApiClient;

/// `lori embed`, `lori rerank`, `lori classify`: what models do besides writing.
class TaskCommand final : public Command
{
    Q_OBJECT

public:
    enum class Task { Embed, Rerank, Classify };

    [[nodiscard]] static CommandHelp help(Task task);
    /// Reads stdin where the texts come from there.
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        Task task, const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    TaskCommand(Task task, const CommandLine &line, const QStringList &texts, ApiClient &client);

    void onTarget(const Result<Target> &found);
    template<typename Reply>
    void show(const Result<Reply> &reply);
    void print(const EmbedReply &reply);
    void print(const RerankReply &reply);
    void print(const ClassifyReply &reply);

    Task m_task;
    CommandLine m_line;
    QStringList m_texts;
    std::optional<RetryPolicy> m_retries; ///< nothing: as the endpoint says
    ApiClient &m_client;
};

} // namespace Lorikeet
