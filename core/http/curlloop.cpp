// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/curlloop.h"

#include "http/curlreply.h"

#include <QScopedValueRollback>

#include <array>
#include <span>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

void initialiseCurlOnce()
{
    // libcurl wants this before any of its threads; it is never undone, as other users of the
    // library in this process may still be running then.
    static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (result != CURLE_OK) {
        qFatal("libcurl cannot be used: %s", curl_easy_strerror(result));
    }
}

/// Most systems give a program 1024 descriptors, and more for the asking.
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

} // namespace

std::shared_ptr<CurlLoop> CurlLoop::make(std::unique_ptr<SocketWatcher> watcher)
{
    initialiseCurlOnce();
    return {new CurlLoop(std::move(watcher)), [](CurlLoop *loop) {
                // The last owner may go in a slot that the loop itself called.
                if (loop->m_depth > 0) {
                    loop->deleteLater();
                } else {
                    delete loop;
                }
            }};
}

CurlLoop::CurlLoop(std::unique_ptr<SocketWatcher> watcher)
    : m_watcher(std::move(watcher))
    , m_multi(curl_multi_init())
{
    m_watcher->onReady = [this] { onReady(); };
    curl_multi_setopt(m_multi.get(), CURLMOPT_SOCKETFUNCTION, &CurlLoop::onSocket);
    curl_multi_setopt(m_multi.get(), CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi.get(), CURLMOPT_TIMERFUNCTION, &CurlLoop::onTimer);
    curl_multi_setopt(m_multi.get(), CURLMOPT_TIMERDATA, this);
    // Idle connections to keep. The default grows with the requests of the moment, and would
    // close what a load test opened as soon as a wave of requests has ended.
    curl_multi_setopt(m_multi.get(), CURLMOPT_MAXCONNECTS, 4096L);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &CurlLoop::onTimeout);
}

CurlLoop::~CurlLoop()
{
    // Closing the connections calls back for their sockets and timers.
    m_multi.reset();
}

CURL *CurlLoop::takeHandle()
{
    if (m_spare.empty()) {
        return curl_easy_init();
    }
    CURL *handle = m_spare.back().release();
    m_spare.pop_back();
    return handle;
}

void CurlLoop::reserve(int handles)
{
    allowManySockets();
    while (m_spare.size() < size_t(handles)) {
        m_spare.emplace_back(curl_easy_init());
    }
}

void CurlLoop::start(CurlReply &reply, CURL *handle)
{
    ++m_transfers;
    curl_multi_add_handle(m_multi.get(), handle);
    int running = 0;
    ++m_turn;
    curl_multi_socket_action(m_multi.get(), CURL_SOCKET_TIMEOUT, 0, &running);
    collectEnded();
    if (!reply.noteSent()) {
        m_sending.push_back(&reply);
    }
    armTimer();
}

void CurlLoop::remove(CURL *handle)
{
    --m_transfers;
    curl_multi_remove_handle(m_multi.get(), handle);
    curl_easy_reset(handle);
    m_spare.emplace_back(handle);
    armTimer();
}

void CurlLoop::abandonStream(CURL *handle)
{
    // libcurl only notes the end of the stream, and writes it when the connection is used next;
    // which may be never where no other stream is on it. Such a connection is closed instead.
    curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
    remove(handle);
}

void CurlLoop::pause(CURL *handle, int directions)
{
    ++m_turn;
    curl_easy_pause(handle, directions);
    armTimer();
}

void CurlLoop::queueDelivery(CurlReply &reply)
{
    m_queue.push_back(&reply);
    if (!m_running && !m_wakePosted) {
        m_wakePosted = true;
        QMetaObject::invokeMethod(this, &CurlLoop::deliverAll, Qt::QueuedConnection);
    }
}

void CurlLoop::forget(CurlReply &reply)
{
    std::ranges::replace(m_queue, &reply, nullptr);
    std::erase(m_sending, &reply);
}

int CurlLoop::onSocket(CURL *, curl_socket_t socket, int what, void *self, void *known)
{
    auto *loop = static_cast<CurlLoop *>(self);
    if (what == CURL_POLL_REMOVE) {
        loop->m_watcher->forget(qintptr(socket));
        return 0;
    }
    loop->m_watcher->watch(
        qintptr(socket), known == nullptr, (what & CURL_POLL_IN) != 0, (what & CURL_POLL_OUT) != 0);
    if (known == nullptr) {
        // Any pointer will do: it marks the socket as known.
        curl_multi_assign(loop->m_multi.get(), socket, loop);
    }
    return 0;
}

int CurlLoop::onSocketClosed(void *self, curl_socket_t socket)
{
    --static_cast<CurlLoop *>(self)->m_sockets;
#ifdef Q_OS_WIN
    return ::closesocket(socket);
#else
    return ::close(socket);
#endif
}

int CurlLoop::onTimer(CURLM *, long milliseconds, void *self)
{
    auto *loop = static_cast<CurlLoop *>(self);
    if (milliseconds < 0) {
        loop->m_deadline.reset();
    } else {
        loop->m_deadline = Clock::now() + Milliseconds(milliseconds);
    }
    return 0;
}

void CurlLoop::onReady()
{
    // First all is read that has come, and what comes meanwhile, as the moment of reading is what
    // bytes are stamped with; only then slots see it. Not without end, since slots wait, and others
    // live in this thread too.
    constexpr auto longest = 500us;
    const QScopedValueRollback depth(m_depth, m_depth + 1);
    std::array<SocketWatcher::Ready, 256> room;
    m_running = true;
    const TimePoint end = Clock::now() + longest;
    do {
        const std::span<const SocketWatcher::Ready> ready = m_watcher->takeReady(room);
        if (ready.empty()) {
            break;
        }
        for (const SocketWatcher::Ready &socket : ready) {
            runSocket(curl_socket_t(socket.socket),
                (socket.readable ? CURL_CSELECT_IN : 0) | (socket.writable ? CURL_CSELECT_OUT : 0)
                    | (socket.failed ? CURL_CSELECT_ERR : 0));
        }
    } while (Clock::now() < end);
    runDueTimers();
    afterRun();
    m_running = false;
    deliverAll();
}

void CurlLoop::onTimeout()
{
    m_armed.reset();
    m_running = true;
    runDueTimers();
    afterRun();
    m_running = false;
    deliverAll();
}

void CurlLoop::runSocket(curl_socket_t socket, int events)
{
    int running = 0;
    ++m_turn;
    curl_multi_socket_action(m_multi.get(), socket, events, &running);
}

void CurlLoop::runDueTimers()
{
    if (m_deadline && *m_deadline <= Clock::now()) {
        m_deadline.reset();
        runSocket(CURL_SOCKET_TIMEOUT, 0);
    }
}

void CurlLoop::afterRun()
{
    std::erase_if(m_sending, [](CurlReply *reply) { return reply->noteSent(); });
    collectEnded();
    armTimer();
}

void CurlLoop::collectEnded()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi.get(), &left)) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        char *reply = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &reply);
        reinterpret_cast<CurlReply *>(reply)->complete(message->data.result);
    }
}

void CurlLoop::deliverAll()
{
    m_wakePosted = false;
    const QScopedValueRollback depth(m_depth, m_depth + 1);
    // A slot may run an event loop and so empty the queue from within.
    while (!m_queue.empty()) {
        CurlReply *reply = m_queue.front();
        m_queue.pop_front();
        if (reply) {
            reply->deliver();
        }
    }
}

void CurlLoop::armTimer()
{
    // A timer that fires too early costs less than setting it anew each time libcurl moves its
    // deadline, which it does with every packet.
    if (!m_deadline || (m_armed && *m_armed <= *m_deadline)) {
        return;
    }
    m_armed = *m_deadline;
    const auto left = std::chrono::ceil<Milliseconds>(*m_deadline - Clock::now());
    m_timer.start(std::max(left, Milliseconds(0)));
}

} // namespace Lorikeet

#include "moc_curlloop.cpp"
