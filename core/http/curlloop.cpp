// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/curlloop.h"

#include "http/curlreply.h"

#ifdef Q_OS_UNIX
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

} // namespace

std::shared_ptr<CurlLoop> CurlLoop::make(std::unique_ptr<SocketWatcher> watcher)
{
    initialiseCurlOnce();
    return {new CurlLoop(std::move(watcher)), &DeliveryQueue::release<CurlLoop>};
}

CurlLoop::CurlLoop(std::unique_ptr<SocketWatcher> watcher)
    : m_watcher(std::move(watcher))
    , m_queue([this] { readAll(); })
    , m_multi(curl_multi_init())
{
    m_watcher->onReady = [this] { m_queue.run(); };
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

void CurlLoop::forget(CurlReply &reply) { std::erase(m_sending, &reply); }

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

void CurlLoop::readAll()
{
    m_watcher->eachReady([this](const SocketWatcher::Ready &socket) {
        runSocket(curl_socket_t(socket.socket),
            (socket.readable ? CURL_CSELECT_IN : 0) | (socket.writable ? CURL_CSELECT_OUT : 0)
                | (socket.failed ? CURL_CSELECT_ERR : 0));
        return true;
    });
    runDueTimers();
    afterRun();
}

void CurlLoop::onTimeout()
{
    m_armed.reset();
    m_queue.run();
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
