// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "model/chatoutcome.h"
#include "model/chatrequest.h"
#include "model/retrypolicy.h"
#include "tooloptions.h"

#include <memory>

namespace Lorikeet {

class ApiClient;
class ChatStream;

/// `lori chat`: one question, one answer; with tools, what is called in between.
class ChatCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    /// Checks what can be checked before anything is asked. Reads stdin where the prompt is there,
    /// so this may take as long as whoever writes it.
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    ChatCommand(const CommandLine &line, const ChatRequest &request, ApiClient &client);

    void onLate();
    void onTarget(const Result<Target> &target);
    void ask();
    void onEvents(const StreamEvents &events);
    void onFinished(const ChatOutcome &outcome);
    void closeText(const ChatOutcome &outcome);
    void onRetrying(const Retry &retry);
    /// That the time was up, where it was us who stopped it for that.
    [[nodiscard]] std::optional<ApiError> errorOf(const std::optional<ApiError> &error) const;
    /// What is to be said of an answer that has ended, whether well or not.
    void tellEnd(const ChatOutcome &outcome);
    /// The end of everything, with the error of its last answer.
    void endAfter(const std::optional<ApiError> &error);

    void askWithTools();
    void onTurn(int turn, const ChatOutcome &outcome);
    void onCalling(int turn, const ToolQuestion &question) const;
    void onCalled(int turn, const ToolExchange &exchange);
    void onRunFinished(const ToolResult &result);

    void write(QByteArrayView bytes);

    CommandLine m_line;
    ChatRequest m_request;
    ParameterSet m_bound; ///< what the template brings
    ApiClient &m_client;
    Target m_target;
    std::optional<RetryPolicy> m_retries; ///< nothing: as the endpoint says
    Milliseconds m_limit{0}; ///< for all there is to do, probing and retries included; 0: none
    bool m_isLate = false; ///< m_limit passed
    ChatStream *m_stream = nullptr; ///< a child of m_client
    std::optional<ChatTools> m_tools;
    ToolRun *m_run = nullptr; ///< with tools, instead of m_stream
    int m_turn = 0; ///< which of its answers is coming
    bool m_isThinking = false; ///< reasoning was printed, and its line not ended
};

} // namespace Lorikeet
