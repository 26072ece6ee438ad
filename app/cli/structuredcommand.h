// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "progressline.h"
#include "schema/structuredsamples.h"

#include <QMap>

#include <memory>
#include <optional>

namespace Lorikeet {

/// `lori structured`: an answer that keeps to a schema, or how many of several do.
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
    [[nodiscard]] QString attemptName(int attempt) const;

    void sample(const Target &target);
    void onSample(int sample, const StructuredResult &result);
    [[nodiscard]] std::optional<ExitCode> printSample(
        int sample, const StructuredResult &result) const;
    void onSampled(const std::optional<ApiError> &error);

    CommandLine m_line;
    ChatRequest m_request;
    ParameterSet m_bound; ///< the template's
    JsonSchema m_schema;
    StructuredOptions m_options;
    ApiClient &m_client;
    std::optional<RetryPolicy> m_retries; ///< absent: the endpoint's
    StructuredRun *m_run = nullptr;
    std::optional<SampleOptions> m_wanted; ///< absent: one answer is asked for
    StructuredSamples *m_samples = nullptr;
    QMap<int, StructuredResult> m_early; ///< samples that wait until those before are printed
    int m_nextSample = 0; ///< to be printed
    int m_ended = 0; ///< samples, those that were stopped left out
    bool m_isAnyInvalid = false;
    std::optional<ApiError> m_failure; ///< of the first sample that failed
    ProgressLine m_progress;
};

} // namespace Lorikeet
