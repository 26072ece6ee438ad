// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"

#include <QChronoTimer>
#include <QObject>

class QSocketNotifier;

namespace Lorikeet {

/// Fires once, as near to its time as the system can. Qt's event loops wait in whole milliseconds
/// where they are GLib's, which makes every request of an open loop up to one late; on Linux this
/// is a timer of the kernel, waited for like a socket. Lives in the thread in which it is first
/// started.
class DueTimer final : public QObject
{
    Q_OBJECT

public:
    explicit DueTimer(QObject *parent = nullptr);
    ~DueTimer() override;

    /// In so long, instead of any time set before; at once where it is not above zero.
    void start(Nanoseconds in);
    void stop();

Q_SIGNALS:
    void timeout();

private:
    void onReady();

    int m_descriptor = -1; ///< -1: there is none, and m_fallback does it
    QSocketNotifier *m_notifier = nullptr;
    QChronoTimer m_fallback;
};

} // namespace Lorikeet
