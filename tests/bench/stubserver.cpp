// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "stubserver.h"

#include "measure.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace Lorikeet::Bench {

namespace {

constexpr std::string_view head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                  "Transfer-Encoding: chunked\r\n\r\n";

/// One event as a chunk, of 243 bytes without its framing; the stamps are overwritten in place.
struct EventTemplate
{
    std::string chunk;
    size_t stampsAt = 0;

    EventTemplate()
    {
        std::string data = R"(data: {"id":"chatcmpl-bench","object":"chat.completion.chunk",)"
                           R"("created":1763600000,"model":"bench","choices":[{"index":0,)"
                           R"("delta":{"content":")";
        const size_t stampsInData = data.size();
        data += std::string(2 * stampDigits + 1, ' ');
        data += R"("},"logprobs":null,"finish_reason":null}]})";
        data.resize(241, ' ');
        data += "\n\n";
        std::array<char, 16> size{};
        std::snprintf(size.data(), size.size(), "%zx\r\n", data.size());
        chunk = size.data() + data + "\r\n";
        stampsAt = std::strlen(size.data()) + stampsInData;
    }
};

/// The end of a stream, with the server's times as counts (see shortStamp()).
std::string ending(int events, qint64 received, qint64 first, qint64 last)
{
    std::string text;
    const std::string usage = R"(data: {"id":"chatcmpl-bench","choices":[],"usage":{)"
                              R"("prompt_tokens":)"
        + std::to_string(received) + R"(,"completion_tokens":)" + std::to_string(events)
        + R"(,"prompt_tokens_details":{"cached_tokens":)" + std::to_string(first)
        + R"(},"completion_tokens_details":{"reasoning_tokens":)" + std::to_string(last)
        + "}}}\n\n";
    for (const std::string_view data :
        {std::string_view(R"(data: {"id":"chatcmpl-bench","choices":[{"index":0,"delta":{},)"
                          R"("finish_reason":"stop"}]})"
                          "\n\n"),
            std::string_view(usage), std::string_view("data: [DONE]\n\n")}) {
        std::array<char, 16> size{};
        std::snprintf(size.data(), size.size(), "%zx\r\n", data.size());
        text += size.data();
        text += data;
        text += "\r\n";
    }
    return text + "0\r\n\r\n";
}

void writeStamp(char *at, TimePoint time)
{
    auto value = time.time_since_epoch().count();
    for (int i = stampDigits - 1; i >= 0; --i) {
        at[i] = char('0' + value % 10);
        value /= 10;
    }
}

struct Connection
{
    int socket = -1;
    std::string received;
    std::string unsent;
    TimePoint requestAt;
    TimePoint firstAt;
    TimePoint due;
    Nanoseconds interval{};
    int events = 0;
    int left = 0; ///< events still to be sent
    int eventsAWrite = 16; ///< when sending as fast as possible
    int eventsATurn = 128; ///< then the others have theirs
    bool wantsWrite = false;
};

class StubServer final
{
public:
    int run();

private:
    void accept();
    void onReadable(Connection &connection);
    bool takeRequest(Connection &connection);
    void sendSome(Connection &connection);
    bool flush(Connection &connection);
    void addEvent(Connection &connection, TimePoint now);
    void drop(Connection &connection);
    void onTick();
    void watch(int socket, bool isNew, bool forWrite) const;

    int m_listener = -1;
    int m_epoll = -1;
    int m_timer = -1;
    EventTemplate m_event;
    std::unordered_map<int, std::unique_ptr<Connection>> m_connections;
};

void StubServer::watch(int socket, bool isNew, bool forWrite) const
{
    epoll_event event{};
    event.events = unsigned(EPOLLIN) | (forWrite ? unsigned(EPOLLOUT) : 0U);
    event.data.fd = socket;
    ::epoll_ctl(m_epoll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event);
}

int StubServer::run()
{
    raiseFileLimit();
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(m_listener, reinterpret_cast<sockaddr *>(&address), size) != 0
        || ::listen(m_listener, 4096) != 0) {
        std::perror("stub server");
        return EXIT_FAILURE;
    }
    ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    m_epoll = ::epoll_create1(0);
    m_timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    const itimerspec everyMillisecond{{0, 1'000'000}, {0, 1'000'000}};
    ::timerfd_settime(m_timer, 0, &everyMillisecond, nullptr);
    for (const int socket : {m_listener, m_timer, STDIN_FILENO}) {
        watch(socket, true, false);
    }
    std::array<epoll_event, 512> events;
    for (;;) {
        const int count = ::epoll_wait(m_epoll, events.data(), int(events.size()), -1);
        for (size_t i = 0; i < size_t(std::max(count, 0)); ++i) {
            const int socket = events[i].data.fd;
            if (socket == STDIN_FILENO) {
                return EXIT_SUCCESS;
            }
            if (socket == m_listener) {
                accept();
            } else if (socket == m_timer) {
                onTick();
            } else if (const auto found = m_connections.find(socket);
                found != m_connections.end()) {
                if ((events[i].events & EPOLLOUT) != 0) {
                    sendSome(*found->second);
                } else {
                    onReadable(*found->second);
                }
            }
        }
    }
}

void StubServer::accept()
{
    for (;;) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (socket < 0) {
            return;
        }
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto connection = std::make_unique<Connection>();
        connection->socket = socket;
        m_connections[socket] = std::move(connection);
        watch(socket, true, false);
    }
}

void StubServer::drop(Connection &connection)
{
    const int socket = connection.socket;
    ::close(socket);
    m_connections.erase(socket);
}

void StubServer::onReadable(Connection &connection)
{
    std::array<char, 65536> bytes;
    const ssize_t count = ::recv(connection.socket, bytes.data(), bytes.size(), 0);
    if (count == 0 || (count < 0 && errno != EAGAIN)) {
        drop(connection);
        return;
    }
    if (count > 0) {
        connection.received.append(bytes.data(), size_t(count));
        if (takeRequest(connection)) {
            sendSome(connection);
        }
    }
}

bool StubServer::takeRequest(Connection &connection)
{
    std::string &received = connection.received;
    const size_t headEnd = received.find("\r\n\r\n");
    if (headEnd == std::string::npos) {
        return false;
    }
    size_t length = 0;
    long interval = 0;
    long firstDelay = 0;
    int events = 1;
    for (size_t at = 0; at < headEnd; at = received.find("\r\n", at) + 2) {
        const char *line = received.data() + at;
        if (::strncasecmp(line, "content-length:", 15) == 0) {
            length = std::strtoul(line + 15, nullptr, 10);
        } else if (::strncasecmp(line, "x-bench:", 8) == 0) {
            std::sscanf(line + 8, "%ld %d %ld %d %d", &interval, &events, &firstDelay,
                &connection.eventsAWrite, &connection.eventsATurn);
        }
    }
    if (received.size() < headEnd + 4 + length) {
        return false;
    }
    received.erase(0, headEnd + 4 + length);
    const TimePoint now = Clock::now();
    connection.requestAt = now;
    connection.interval = std::chrono::microseconds(interval);
    connection.events = events;
    connection.left = events;
    // Spread, as streams that are all due in the same tick would be one burst.
    connection.due = now + std::chrono::microseconds(firstDelay)
        + connection.interval * (connection.socket % 64) / 64;
    connection.unsent.append(head);
    return true;
}

void StubServer::addEvent(Connection &connection, TimePoint now)
{
    const size_t at = connection.unsent.size();
    connection.unsent.append(m_event.chunk);
    char *stamps = connection.unsent.data() + at + m_event.stampsAt;
    writeStamp(stamps, connection.requestAt);
    writeStamp(stamps + stampDigits + 1, now);
    if (connection.left == connection.events) {
        connection.firstAt = now;
    }
    if (--connection.left == 0) {
        connection.unsent.append(ending(connection.events, shortStamp(connection.requestAt),
            shortStamp(connection.firstAt), shortStamp(now)));
    }
}

bool StubServer::flush(Connection &connection)
{
    std::string &unsent = connection.unsent;
    const ssize_t count = ::send(connection.socket, unsent.data(), unsent.size(), MSG_NOSIGNAL);
    if (count > 0) {
        unsent.erase(0, size_t(count));
    }
    const bool wantsWrite = !unsent.empty();
    if (wantsWrite != connection.wantsWrite) {
        connection.wantsWrite = wantsWrite;
        watch(connection.socket, false, wantsWrite);
    }
    return !wantsWrite;
}

void StubServer::sendSome(Connection &connection)
{
    if (connection.interval.count() > 0) {
        flush(connection);
        return;
    }
    for (int sent = 0; sent < connection.eventsATurn; sent += connection.eventsAWrite) {
        const TimePoint now = Clock::now();
        for (int i = 0; i < connection.eventsAWrite && connection.left > 0; ++i) {
            addEvent(connection, now);
        }
        if (!flush(connection) || connection.left == 0) {
            return;
        }
    }
    connection.wantsWrite = true;
    watch(connection.socket, false, true);
}

void StubServer::onTick()
{
    std::array<char, 8> expirations;
    [[maybe_unused]] const ssize_t count = ::read(m_timer, expirations.data(), expirations.size());
    const TimePoint tick = Clock::now();
    for (const auto &[socket, connection] : m_connections) {
        if (connection->interval.count() > 0 && connection->left > 0 && connection->due <= tick) {
            connection->due += connection->interval;
            addEvent(*connection, Clock::now());
            flush(*connection);
        }
    }
}

} // namespace

int runStubServer() { return StubServer().run(); }

} // namespace Lorikeet::Bench
