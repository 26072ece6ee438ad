// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtTypes>

#include <functional>
#include <memory>
#include <span>

namespace Lorikeet {

/// Watches many sockets within Qt's event loop.
class SocketWatcher
{
public:
    struct Ready
    {
        qintptr socket;
        bool readable;
        bool writable;
        bool failed;
    };

    SocketWatcher() = default;
    Q_DISABLE_COPY_MOVE(SocketWatcher)
    virtual ~SocketWatcher() = default;

    /// Called from the event loop when takeReady() has something to give. Must be set first.
    std::function<void()> onReady;

    /// Starts to watch a socket, or changes what is watched for.
    virtual void watch(qintptr socket, bool isNew, bool forRead, bool forWrite) = 0;
    virtual void forget(qintptr socket) = 0;
    /// The sockets that are ready now, as many as `out` takes. Never waits. With epoll, what is
    /// still ready is said again at the next call; without, only the event loop finds it.
    [[nodiscard]] virtual std::span<const Ready> takeReady(std::span<Ready> out) = 0;

    /// Tells `each` of all that is ready, and of what becomes so meanwhile; it says whether it took
    /// anything. Not without end, since others wait for what came.
    void eachReady(const std::function<bool(const Ready &)> &each);
};

/// One epoll descriptor where the system has it: what the event loop polls does not grow with the
/// number of sockets. Elsewhere as makeNotifierWatcher().
[[nodiscard]] std::unique_ptr<SocketWatcher> makeSocketWatcher();

/// Most systems give a program 1024 descriptors, and more for the asking.
void allowManySockets();

/// A pair of QSocketNotifiers for each socket.
[[nodiscard]] std::unique_ptr<SocketWatcher> makeNotifierWatcher();

} // namespace Lorikeet
