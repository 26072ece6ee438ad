// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/deliveryqueue.h"

#include "http/wirereply.h"

#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace Lorikeet {

DeliveryQueue::DeliveryQueue(std::function<void()> read)
    : m_read(std::move(read))
{ }

void DeliveryQueue::add(WireReply &reply)
{
    m_replies.push_back(&reply);
    if (!m_isHeld && !m_wakePosted) {
        m_wakePosted = true;
        QMetaObject::invokeMethod(this, &DeliveryQueue::deliverAll, Qt::QueuedConnection);
    }
}

void DeliveryQueue::forget(WireReply &reply) { std::ranges::replace(m_replies, &reply, nullptr); }

void DeliveryQueue::run()
{
    const QScopedValueRollback depth(m_depth, m_depth + 1);
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

void DeliveryQueue::deliverAll()
{
    // The precision of stamps while much is going on; reading more often costs more system calls,
    // each for less.
    constexpr auto longestUnread = 1ms;
    m_wakePosted = false;
    const QScopedValueRollback depth(m_depth, m_depth + 1);
    // A slot may run an event loop and so empty the queue from within.
    while (!m_replies.empty()) {
        WireReply *reply = m_replies.front();
        m_replies.pop_front();
        if (reply) {
            reply->deliver();
        }
        if (Clock::now() - m_readAt > longestUnread) {
            read();
        }
    }
}

} // namespace Lorikeet

#include "moc_deliveryqueue.cpp"
