// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "interruptwatch.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Lorikeet {

namespace {

std::array<int, 2> wakeUp{-1, -1};

// A signal handler may do next to nothing: it leaves a byte in a pipe, which the event loop finds.
extern "C" void onInterrupt(int)
{
    std::signal(SIGINT, SIG_DFL);
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(wakeUp[1], &byte, 1);
}

} // namespace

InterruptWatch::InterruptWatch(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(wakeUp.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return; // Ctrl+C then kills, as it does without us.
    }
    auto *notifier = new QSocketNotifier(wakeUp[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        Q_EMIT interrupted();
    });
    std::signal(SIGINT, onInterrupt);
}

} // namespace Lorikeet
