// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"

#include <QObject>

#include <deque>
#include <functional>

namespace Lorikeet {

class WireReply;

/// Has one loop read its sockets, and lets its replies signal what came, when the loop's own code
/// is not on the stack: their slots may do anything, as send, abort, delete a reply or the manager.
class DeliveryQueue final : public QObject
{
    Q_OBJECT

public:
    /// `read` takes all that has come, and notes it in replies.
    explicit DeliveryQueue(std::function<void()> read);

    /// Has reply.deliver() called: at the end of run(), or else from the event loop.
    void add(WireReply &reply);
    /// The same, before those that were only added, of which it may be one: until it is told,
    /// nobody can begin what is to follow, such as the next request of a user under load. (One of
    /// the others has its turn after a few such.)
    void addEnded(WireReply &reply);
    /// The reply is going away.
    void forget(WireReply &reply);

    /// Reads, and delivers. Where slots take long, what comes meanwhile is read between two of
    /// them, since the moment of reading is what bytes are stamped with.
    void run();

    /// Slots are being called: what owns this must not be deleted now.
    [[nodiscard]] bool isDelivering() const { return m_depth > 0; }

    /// Deletes a loop that has a queue(); later, where a slot that it called gave it up.
    template<typename Loop>
    static void release(Loop *loop)
    {
        if (loop->queue().isDelivering()) {
            loop->queue().m_released = loop;
        } else {
            delete loop;
        }
    }

private:
    class Turn;

    void wake();
    void wakeUnlessHeld();
    void read();
    /// From the front: what went away, and what ended and was told before its turn.
    void dropTold();
    /// Null: there is none.
    [[nodiscard]] WireReply *takeNext();
    void deliverAll();

    std::function<void()> m_read;
    std::deque<WireReply *> m_replies; ///< null: it went away
    std::deque<WireReply *> m_ended;
    int m_endedInARow = 0; ///< that were told
    int m_depth = 0; ///< of our functions that call slots
    QObject *m_released = nullptr; ///< goes when the outermost of them has returned
    TimePoint m_readAt; ///< the last time
    bool m_isHeld = false; ///< run() delivers soon
    bool m_wakePosted = false;
};

} // namespace Lorikeet
