// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/deliveryqueue.h"

#include "http/wirereply.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace Lorikeet {

/// While one lives, the loop does too. (A deleteLater() at once would be carried out by an event
/// loop that a slot runs.)
class DeliveryQueue::Turn final
{
public:
    explicit Turn(DeliveryQueue &queue)
        : m_queue(queue)
    {
        ++m_queue.m_depth;
    }

    ~Turn()
    {
        if (--m_queue.m_depth == 0 && m_queue.m_released) {
            std::exchange(m_queue.m_released, nullptr)->deleteLater();
        }
    }

    Q_DISABLE_COPY_MOVE(Turn)

private:
    DeliveryQueue &m_queue;
};

DeliveryQueue::DeliveryQueue(std::function<void()> read)
    : m_read(std::move(read))
{ }

void DeliveryQueue::add(WireReply &reply)
{
    m_replies.push_back(&reply);
    wakeUnlessHeld();
}

void DeliveryQueue::addEnded(WireReply &reply)
{
    m_ended.push_back(&reply);
    wakeUnlessHeld();
}

void DeliveryQueue::wakeUnlessHeld()
{
    if (!m_isHeld) {
        wake();
    }
}

void DeliveryQueue::wake()
{
    if (!std::exchange(m_wakePosted, true)) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_wakePosted = false;
                deliverAll();
            },
            Qt::QueuedConnection);
    }
}

void DeliveryQueue::forget(WireReply &reply)
{
    std::ranges::replace(m_replies, &reply, nullptr);
    std::ranges::replace(m_ended, &reply, nullptr);
}

void DeliveryQueue::run()
{
    const Turn turn(*this);
    read();
    deliverAll();
}

void DeliveryQueue::read()
{
    m_isHeld = true;
    m_read();
    m_isHeld = false;
    m_readAt = Clock::now();
}

void DeliveryQueue::dropTold()
{
    while (!m_replies.empty() && (!m_replies.front() || !m_replies.front()->isQueued())) {
        m_replies.pop_front();
    }
    while (!m_ended.empty() && !m_ended.front()) {
        m_ended.pop_front();
    }
}

WireReply *DeliveryQueue::takeNext()
{
    dropTold();
    if (m_ended.empty() && m_replies.empty()) {
        return nullptr;
    }
    constexpr int mostInARow = 8;
    const bool isEnded = !m_ended.empty() && (m_replies.empty() || m_endedInARow < mostInARow);
    m_endedInARow = isEnded ? m_endedInARow + 1 : 0;
    std::deque<WireReply *> &next = isEnded ? m_ended : m_replies;
    WireReply *reply = next.front();
    next.pop_front();
    return reply;
}

void DeliveryQueue::deliverAll()
{
    // The precision of stamps while much is going on; reading more often costs more system calls,
    // each for less.
    constexpr auto longestUnread = 1ms;
    // Then timers and what was posted to this thread have their turn.
    constexpr auto longestTurn = 5ms;
    const Turn turn(*this);
    const TimePoint end = Clock::now() + longestTurn;
    TimePoint now = end - longestTurn;
    // A slot may run an event loop and so empty the queue from within.
    while (!m_replies.empty() || !m_ended.empty()) {
        if (now >= end) {
            wake();
            return;
        }
        if (WireReply *reply = takeNext()) {
            reply->deliver();
        }
        now = Clock::now();
        if (now - m_readAt > longestUnread) {
            read();
        }
    }
}

} // namespace Lorikeet

#include "moc_deliveryqueue.cpp"
