// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "batch/batchinput.h"
#include "batch/batchrun.h"
#include "command.h"
#include "commandline.h"
#include "progressline.h"

#include <QFile>
#include <QMap>

#include <memory>
#include <optional>

namespace Lorikeet {

class ApiClient;
class BatchJournal;

/// `lori batch`: asks for an answer to each line of a file.
class BatchCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);
    ~BatchCommand() override;

    void start() override;
    void interrupt() override;

private:
    BatchCommand(const CommandLine &line, const BatchOptions &options, ApiClient &client);

    [[nodiscard]] Result<> readTemplate();
    [[nodiscard]] Result<RenderedPrompt> fillIn(const QJsonObject &own) const;
    [[nodiscard]] Result<> openInput();
    [[nodiscard]] Result<> openOutput();
    void onTarget(const Result<Target> &target);
    [[nodiscard]] std::optional<BatchItem> nextItem();
    void onResult(const BatchResult &result);
    void onFinished(const std::optional<ApiError> &error);
    /// Hands out what is next in the order of the input.
    void print(qint64 index, const QByteArray &line);
    [[nodiscard]] QString summary() const;

    CommandLine m_line;
    BatchOptions m_options;
    ApiClient &m_client;
    QFile m_input;
    std::optional<BatchInput> m_items;
    std::optional<PromptTemplate> m_template;
    QJsonObject m_values; ///< of its variables, where a line has none
    bool m_takesId = false; ///< the template has a variable “id”
    std::unique_ptr<BatchJournal> m_journal; ///< with --out
    QMap<qint64, QByteArray> m_waiting; ///< without: what is not yet its turn
    qint64 m_nextToPrint = 0;
    qint64 m_count = 0; ///< lines taken from the input
    qint64 m_skipped = 0; ///< answered by an earlier run
    qint64 m_answered = 0; ///< results of this run, failures included
    qint64 m_failed = 0;
    bool m_hasTold = false; ///< what may help
    ProgressLine m_progress;
    BatchRun *m_run = nullptr;
};

} // namespace Lorikeet
