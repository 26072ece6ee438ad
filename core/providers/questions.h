// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/httpexchange.h"
#include "http/transport.h"

#include <QList>
#include <QObject>

#include <functional>

namespace Lorikeet {

class ApiClient;

/// What a probe asks, and what came of it.
struct Question
{
    HttpRequest request;
    Milliseconds timeout;
    bool withoutKey = false; ///< to learn whether one is wanted
};

struct Answer
{
    QUrl url; ///< as asked
    bool withoutKey = false;
    Result<HttpReply> reply;
};

/// Asks one server, at most three questions at once, and keeps the answers. Lives in the client's
/// thread. Deleted, it calls nobody any more.
class Questions final : public QObject
{
public:
    Questions(ApiClient &client, const TransportOptions &options, std::function<void()> allAnswered)
        : m_client(client)
        , m_options(options)
        , m_allAnswered(std::move(allAnswered))
    { }

    /// `allAnswered` is called from the event loop once nothing is left to be asked; it may ask on.
    void ask(const QList<Question> &questions);

    [[nodiscard]] const QList<Answer> &answers() const { return m_answers; }

    /// Forgets and returns them.
    [[nodiscard]] QList<Answer> takeAnswers() { return std::exchange(m_answers, {}); }

    void setAnswers(const QList<Answer> &answers) { m_answers = answers; }

    /// Null if that was not asked.
    [[nodiscard]] const Answer *answerTo(const QUrl &url, bool withoutKey = false) const;

    /// As many ran into their time limit as may run at once. What was waiting is dropped then:
    /// slow here, slow everywhere.
    [[nodiscard]] bool isSlow() const;

private:
    void send();
    void take(const Answer &answer);

    ApiClient &m_client;
    const TransportOptions m_options;
    const std::function<void()> m_allAnswered;
    QList<Question> m_waiting;
    QList<Answer> m_answers;
    int m_running = 0;
    int m_timeouts = 0;
};

} // namespace Lorikeet
