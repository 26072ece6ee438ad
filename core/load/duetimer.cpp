// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/duetimer.h"

#include <QSocketNotifier>

#include <algorithm>

#ifdef Q_OS_LINUX
#include <sys/timerfd.h>
#include <unistd.h>
#endif

namespace Lorikeet {

DueTimer::DueTimer(QObject *parent)
    : QObject(parent)
    , m_fallback(this)
{
    m_fallback.setSingleShot(true);
    m_fallback.setTimerType(Qt::PreciseTimer);
    connect(&m_fallback, &QChronoTimer::timeout, this, &DueTimer::timeout);
}

#ifdef Q_OS_LINUX

DueTimer::~DueTimer()
{
    delete m_notifier; // before what it watches
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

void DueTimer::start(Nanoseconds in)
{
    if (m_descriptor < 0) {
        m_descriptor = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        if (m_descriptor < 0) {
            m_fallback.setInterval(std::max(in, Nanoseconds(0)));
            m_fallback.start();
            return;
        }
        m_notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
        connect(m_notifier, &QSocketNotifier::activated, this, &DueTimer::onReady);
    }
    // Zero would disarm it.
    const Nanoseconds time = std::max(in, Nanoseconds(1));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    itimerspec setting{};
    setting.it_value.tv_sec = seconds.count();
    setting.it_value.tv_nsec = (time - seconds).count();
    ::timerfd_settime(m_descriptor, 0, &setting, nullptr);
}

void DueTimer::stop()
{
    m_fallback.stop();
    if (m_descriptor >= 0) {
        const itimerspec never{};
        ::timerfd_settime(m_descriptor, 0, &never, nullptr);
    }
}

void DueTimer::onReady()
{
    quint64 times = 0;
    // Nothing to read: it was set anew, or stopped, since it fired.
    if (::read(m_descriptor, &times, sizeof times) == sizeof times) {
        Q_EMIT timeout();
    }
}

#else

DueTimer::~DueTimer() = default;

void DueTimer::start(Nanoseconds in)
{
    m_fallback.setInterval(std::max(in, Nanoseconds(0)));
    m_fallback.start();
}

void DueTimer::stop() { m_fallback.stop(); }

void DueTimer::onReady() { }

#endif

} // namespace Lorikeet

#include "moc_duetimer.cpp"
