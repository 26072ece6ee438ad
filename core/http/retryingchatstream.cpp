// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/retryingchatstream.h"

#include <QRandomGenerator>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

RetryingChatStream::RetryingChatStream(
    const RetryPolicy &policy, Milliseconds total, Ask ask, QObject *parent)
    : ChatStream(parent)
    , m_policy(policy)
    , m_total(total)
    , m_ask(std::move(ask))
{
    m_wait.setSingleShot(true);
    // A coarse timer may fire before a server's Retry-After has passed.
    m_wait.setTimerType(Qt::PreciseTimer);
    connect(&m_wait, &QTimer::timeout, this, &RetryingChatStream::askAgain);
    this->ask(m_total);
}

void RetryingChatStream::ask(Milliseconds left)
{
    ++m_tries;
    m_try = m_ask(left);
    m_try->setParent(this);
    connect(m_try, &ChatStream::started, this, [this] {
        m_began = true;
        Q_EMIT started();
    });
    connect(m_try, &ChatStream::events, this, &ChatStream::events);
    connect(m_try, &ChatStream::finished, this, &RetryingChatStream::onFinished);
}

void RetryingChatStream::askAgain()
{
    ask(m_total > 0ms ? std::max(m_total - elapsed(), 1ms) : 0ms);
}

void RetryingChatStream::stop()
{
    if (m_try) {
        m_try->stop();
        return;
    }
    if (!m_wait.isActive()) {
        return;
    }
    m_wait.stop();
    m_last.error = ApiError{
        .kind = ApiError::Kind::Cancelled, .message = u"Stopped while waiting to try again."_s};
    QMetaObject::invokeMethod(
        this,
        [this] {
            // A local, since a receiver may delete this while it reads it.
            const ChatOutcome outcome = std::move(m_last);
            Q_EMIT finished(outcome);
        },
        Qt::QueuedConnection);
}

std::optional<TimePoint> RetryingChatStream::sentAt() const
{
    return m_try ? m_try->sentAt() : std::nullopt;
}

Milliseconds RetryingChatStream::elapsed() const
{
    return std::chrono::floor<Milliseconds>(Clock::now() - m_start);
}

std::optional<Milliseconds> RetryingChatStream::delayAfter(const ChatOutcome &outcome) const
{
    const bool isGoodHead = outcome.httpStatus >= 200 && outcome.httpStatus < 300;
    if (!outcome.error || m_began || isGoodHead || outcome.timing.firstToken) {
        return std::nullopt;
    }
    const std::optional<Milliseconds> wait
        = m_policy.delay(m_tries, *outcome.error, QRandomGenerator::global()->generateDouble());
    const bool isTooLate = wait && m_total > 0ms && elapsed() + *wait >= m_total;
    return isTooLate ? std::nullopt : wait;
}

void RetryingChatStream::onFinished(const ChatOutcome &received)
{
    std::exchange(m_try, nullptr)->deleteLater();
    ChatOutcome outcome = received;
    outcome.tries = m_tries;
    const std::optional<Milliseconds> wait = delayAfter(outcome);
    if (!wait) {
        Q_EMIT finished(outcome);
        return;
    }
    const Retry retry{.next = m_tries + 1,
        .most = m_policy.retries + 1,
        .wait = *wait,
        .due = Clock::now() + *wait,
        .error = *outcome.error};
    m_last = std::move(outcome);
    m_wait.start(*wait);
    Q_EMIT retrying(retry);
}

} // namespace Lorikeet

#include "moc_retryingchatstream.cpp"
