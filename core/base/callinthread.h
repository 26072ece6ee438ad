// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <condition_variable>
#include <mutex>

namespace Lorikeet {

/// Calls `work` in the thread of `context`, which is another one and runs its event loop, and
/// returns when it is done. Qt's own blocking call does as much, but out of the thread sanitizer's
/// sight: what `work` leaves would look like a race where it was done before anybody waited for it.
template<typename Work>
void callInThread(QObject *context, const Work &work)
{
    std::mutex mutex;
    std::condition_variable changed;
    bool isDone = false;
    QMetaObject::invokeMethod(
        context,
        [&] {
            work();
            const std::scoped_lock lock(mutex);
            isDone = true;
            changed.notify_one(); // under the lock, without which all of this may be gone
        },
        Qt::QueuedConnection);
    std::unique_lock lock(mutex);
    changed.wait(lock, [&isDone] { return isDone; });
}

} // namespace Lorikeet
