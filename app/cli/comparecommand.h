// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "compare/comparison.h"
#include "lanefinder.h"
#include "templates/prompttemplate.h"

#include <memory>

namespace Lorikeet {

class ApiClient;

/// `lori compare`: one question, several lanes, and where their answers differ.
class CompareCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    /// Reads stdin where the prompt is there.
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    CompareCommand(const CommandLine &line, const RenderedPrompt &asked, ApiClient &client);

    void compare(QList<Lane> lanes);
    void onFinished();

    CommandLine m_line;
    RenderedPrompt m_asked;
    ApiClient &m_client;
    ComparisonOptions m_options;
    QList<WantedLane> m_wanted;
    Comparison *m_comparison = nullptr;
    QList<ChatOutcome> m_outcomes; ///< by lane
};

} // namespace Lorikeet
