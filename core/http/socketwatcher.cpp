// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/socketwatcher.h"

#include "base/clock.h"

#include <QSocketNotifier>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

#ifdef Q_OS_LINUX
#include <sys/epoll.h>
#include <unistd.h>
#endif

using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

class NotifierWatcher final : public SocketWatcher
{
public:
    void watch(qintptr socket, bool /*isNew*/, bool forRead, bool forWrite) override
    {
        Entry &entry = m_entries[socket];
        enable(entry.read, socket, QSocketNotifier::Read, forRead);
        enable(entry.write, socket, QSocketNotifier::Write, forWrite);
    }

    void forget(qintptr socket) override
    {
        // A notifier may be what is running now.
        const auto entry = m_entries.find(socket);
        if (entry == m_entries.end()) {
            return;
        }
        retire(entry->second.read);
        retire(entry->second.write);
        m_entries.erase(entry);
        std::erase_if(m_ready, [socket](const Ready &ready) { return ready.socket == socket; });
    }

    std::span<const Ready> takeReady(std::span<Ready> out) override
    {
        const size_t count = std::min(out.size(), m_ready.size());
        std::copy_n(m_ready.begin(), count, out.begin());
        m_ready.erase(m_ready.begin(), m_ready.begin() + std::ptrdiff_t(count));
        return out.first(count);
    }

private:
    using Notifier = std::unique_ptr<QSocketNotifier>;

    struct Entry
    {
        Notifier read;
        Notifier write;
    };

    void enable(Notifier &notifier, qintptr socket, QSocketNotifier::Type type, bool enabled)
    {
        if (!notifier && enabled) {
            notifier = std::make_unique<QSocketNotifier>(socket, type);
            QObject::connect(
                notifier.get(), &QSocketNotifier::activated, notifier.get(), [this, socket, type] {
                    const bool isRead = type == QSocketNotifier::Read;
                    m_ready.push_back({socket, isRead, !isRead, false});
                    onReady();
                });
        } else if (notifier) {
            notifier->setEnabled(enabled);
        }
    }

    static void retire(Notifier &notifier)
    {
        if (notifier) {
            notifier->setEnabled(false);
            notifier.release()->deleteLater();
        }
    }

    std::unordered_map<qintptr, Entry> m_entries;
    std::vector<Ready> m_ready;
};

#ifdef Q_OS_LINUX

class EpollWatcher final : public SocketWatcher
{
public:
    explicit EpollWatcher(int descriptor)
        : m_descriptor(descriptor)
        , m_notifier(descriptor, QSocketNotifier::Read)
    {
        QObject::connect(
            &m_notifier, &QSocketNotifier::activated, &m_notifier, [this] { onReady(); });
    }

    ~EpollWatcher() override
    {
        m_notifier.setEnabled(false);
        ::close(m_descriptor);
    }

    void watch(qintptr socket, bool isNew, bool forRead, bool forWrite) override
    {
        epoll_event event{};
        event.events = (forRead ? unsigned(EPOLLIN) : 0U) | (forWrite ? unsigned(EPOLLOUT) : 0U);
        event.data.fd = int(socket);
        ::epoll_ctl(m_descriptor, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, int(socket), &event);
    }

    void forget(qintptr socket) override
    {
        ::epoll_ctl(m_descriptor, EPOLL_CTL_DEL, int(socket), nullptr);
    }

    std::span<const Ready> takeReady(std::span<Ready> out) override
    {
        const size_t room = std::min(out.size(), m_events.size());
        const int count = ::epoll_wait(m_descriptor, m_events.data(), int(room), 0);
        if (count <= 0) {
            return {};
        }
        for (size_t i = 0; i < size_t(count); ++i) {
            const unsigned events = m_events[i].events;
            out[i] = {m_events[i].data.fd, (events & EPOLLIN) != 0, (events & EPOLLOUT) != 0,
                (events & (EPOLLERR | EPOLLHUP)) != 0};
        }
        return out.first(size_t(count));
    }

private:
    int m_descriptor;
    QSocketNotifier m_notifier;
    std::array<epoll_event, 256> m_events;
};

#endif

} // namespace

void SocketWatcher::eachReady(const std::function<bool(const Ready &)> &each)
{
    constexpr auto longest = 500us;
    std::array<Ready, 256> room{};
    const TimePoint end = Clock::now() + longest;
    bool mayBeMore = true;
    while (mayBeMore) {
        const std::span<const Ready> ready = takeReady(room);
        bool hasTaken = false;
        for (const Ready &socket : ready) {
            hasTaken = each(socket) || hasTaken;
        }
        mayBeMore = hasTaken && Clock::now() < end;
    }
}

std::unique_ptr<SocketWatcher> makeNotifierWatcher() { return std::make_unique<NotifierWatcher>(); }

std::unique_ptr<SocketWatcher> makeSocketWatcher()
{
#ifdef Q_OS_LINUX
    const int descriptor = ::epoll_create1(EPOLL_CLOEXEC);
    if (descriptor >= 0) {
        return std::make_unique<EpollWatcher>(descriptor);
    }
#endif
    return makeNotifierWatcher();
}

void allowManySockets()
{
#ifdef Q_OS_UNIX
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
#endif
}

} // namespace Lorikeet
