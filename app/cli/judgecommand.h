// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "compare/judgerun.h"

#include <memory>

namespace Lorikeet {

class ApiClient;

/// `lori judge`: lets a model say which of two answers is better.
class JudgeCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    /// Reads stdin where the answers are there.
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    JudgeCommand(const CommandLine &line, const JudgeOptions &options,
        const QList<JudgePair> &pairs, ApiClient &client);

    void onTarget(const Result<Target> &target);
    void print(qsizetype pair, const Judgement &judgement);
    void onFinished(const std::optional<ApiError> &error);

    CommandLine m_line;
    JudgeOptions m_options;
    QList<JudgePair> m_pairs;
    ApiClient &m_client;
    Target m_target;
    JudgeRun *m_run = nullptr;
    bool m_isInterrupted = false;
};

} // namespace Lorikeet
