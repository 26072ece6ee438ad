// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "model/chatoutcome.h"
#include "model/chatrequest.h"
#include "model/retrypolicy.h"

#include <memory>

namespace Lorikeet {

class ApiClient;
class ChatStream;

/// `lori chat`: one question, one answer.
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
    bool m_isThinking = false; ///< reasoning was printed, and its line not ended
};

} // namespace Lorikeet
