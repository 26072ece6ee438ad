// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/chatstream.h"
#include "model/retrypolicy.h"

#include <QTimer>

#include <functional>

namespace Lorikeet {

/// A ChatStream that is asked again as a policy says, as long as nothing of an answer has come: the
/// head of a good answer counts as one, an answer that only says why there is none does not.
class RetryingChatStream final : public ChatStream
{
    Q_OBJECT

public:
    /// Makes a try, which this then owns. `left`: of the total time; 0: no limit.
    using Ask = std::function<ChatStream *(Milliseconds left)>;

    /// Asks at once. `total` limits all tries and what lies between them; 0: no limit.
    RetryingChatStream(
        const RetryPolicy &policy, Milliseconds total, Ask ask, QObject *parent = nullptr);

    void stop() override;

    [[nodiscard]] std::optional<TimePoint> sentAt() const override;

private:
    void ask(Milliseconds left);
    void askAgain();
    void onFinished(const ChatOutcome &received);
    [[nodiscard]] Milliseconds elapsed() const;
    /// Until the next try; nothing: there is none.
    [[nodiscard]] std::optional<Milliseconds> delayAfter(const ChatOutcome &outcome) const;

    RetryPolicy m_policy;
    Milliseconds m_total;
    Ask m_ask;
    TimePoint m_start = Clock::now();
    ChatStream *m_try = nullptr; ///< a child; null between two
    int m_tries = 0;
    bool m_began = false; ///< an answer
    QTimer m_wait; ///< for the next try
    ChatOutcome m_last; ///< of the try before, while waiting
};

} // namespace Lorikeet
