// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "grid/gridreport.h"
#include "grid/gridrun.h"
#include "lanefinder.h"
#include "progressline.h"

#include <memory>
#include <optional>

namespace Lorikeet {

class ApiClient;
class BatchJournal;

/// `lori grid`: a table of prompts, several lanes, and what their answers keep to.
class GridCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);
    ~GridCommand() override;

    void start() override;
    void interrupt() override;

private:
    GridCommand(const CommandLine &line, ApiClient &client);

    [[nodiscard]] Result<> readOptions();
    [[nodiscard]] Result<> readTable();
    void ask(const QList<Lane> &lanes);
    void onResult(const BatchResult &result);
    void onFinished(const std::optional<ApiError> &error);
    [[nodiscard]] Result<> report();
    [[nodiscard]] QString counts() const;

    CommandLine m_line;
    ApiClient &m_client;
    QList<WantedLane> m_wanted;
    BatchOptions m_options;
    ParameterSet m_bound; ///< the template's
    GridPlan m_plan;
    std::unique_ptr<BatchJournal> m_journal; ///< with --out
    GridResults m_results;
    qint64 m_skipped = 0; ///< answered by an earlier run
    qint64 m_answered = 0; ///< results of this run, failures included
    qint64 m_failed = 0;
    ProgressLine m_progress;
    GridRun *m_run = nullptr;
};

} // namespace Lorikeet
