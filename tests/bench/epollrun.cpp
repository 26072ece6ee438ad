// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "runs.h"

#include <simdjson.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace Lorikeet::Bench {

namespace {

struct Stream
{
    int socket = -1;
    QByteArray buffer;
    TimePoint start;
    size_t unsentFrom = 0;
    bool hasToken = false;
};

class EpollClient final
{
public:
    EpollClient(const Scenario &scenario, Nanoseconds between);

    QJsonObject run();

private:
    void open(Stream &stream);
    void send(Stream &stream);
    void onReadable(Stream &stream);

    Scenario m_scenario;
    Nanoseconds m_between; ///< two looks at the sockets, at least
    Measurement m_measurement;
    QByteArray m_request;
    int m_epoll = ::epoll_create1(0);
    std::vector<Stream> m_streams;
    int m_sent = 0;
    int m_ended = 0;
    QByteArray m_room;
};

EpollClient::EpollClient(const Scenario &scenario, Nanoseconds between)
    : m_scenario(scenario)
    , m_between(between)
    , m_measurement(scenario)
    , m_streams(size_t(scenario.streams))
    , m_room(128 * 1024, Qt::Uninitialized)
{
    const QByteArray body = R"({"stream":true,"messages":[{"role":"user","content":")"
        + QByteArray(scenario.bodyBytes, 'x') + "\"}]}";
    m_request = "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nx-bench: "
        + scenario.order() + "\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

void EpollClient::open(Stream &stream)
{
    stream.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const int on = 1;
    ::setsockopt(stream.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(m_scenario.port);
    const int begun
        = ::connect(stream.socket, reinterpret_cast<sockaddr *>(&address), sizeof address);
    if (begun != 0 && errno != EINPROGRESS) {
        qFatal("connect: %s", std::strerror(errno));
    }
    epoll_event event{};
    event.events = EPOLLOUT;
    event.data.u64 = size_t(&stream - m_streams.data());
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, stream.socket, &event);
}

void EpollClient::send(Stream &stream)
{
    const ssize_t count = ::send(stream.socket, m_request.constData() + stream.unsentFrom,
        size_t(m_request.size()) - stream.unsentFrom, MSG_NOSIGNAL);
    stream.unsentFrom += size_t(std::max<ssize_t>(count, 0));
    epoll_event event{};
    event.data.u64 = size_t(&stream - m_streams.data());
    event.events = EPOLLIN;
    if (stream.unsentFrom < size_t(m_request.size())) {
        event.events = EPOLLOUT;
    } else {
        m_measurement.requestSent(Clock::now());
        ++m_sent;
    }
    ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, stream.socket, &event);
}

void EpollClient::onReadable(Stream &stream)
{
    const ssize_t count = ::recv(stream.socket, m_room.data(), size_t(m_room.size()), 0);
    if (count <= 0) {
        qFatal("epoll client: connection lost");
    }
    const TimePoint now = Clock::now();
    stream.buffer.append(m_room.constData(), count);
    splitEvents(stream.buffer, [&](QByteArrayView data) {
        const std::optional<Stamps> stamps = readStamps(deltaText(data));
        if (!stamps) {
            return;
        }
        if (!std::exchange(stream.hasToken, true) && m_scenario.mode == Mode::Single) {
            m_measurement.firstToken(stream.start, *stamps, now);
        }
        m_measurement.event(*stamps, now, now);
    });
    // What is left is the last chunk's line and the blank one after it.
    if (stream.buffer.isEmpty() && QByteArrayView(m_room).first(count).endsWith("\r\n0\r\n\r\n")) {
        ++m_ended;
        if (m_scenario.mode == Mode::Loop && m_sent < m_scenario.requests) {
            stream.unsentFrom = 0;
            send(stream);
        }
    }
}

QJsonObject EpollClient::run()
{
    m_measurement.begin();
    for (Stream &stream : m_streams) {
        open(stream);
    }
    const int requests = m_scenario.mode == Mode::Single ? m_scenario.events
        : m_scenario.mode == Mode::Loop                  ? m_scenario.requests
                                                         : m_scenario.streams;
    std::array<epoll_event, 256> events;
    bool opened = false;
    int restarted = 0;
    while (m_ended < requests) {
        if (m_between > 0ns) {
            std::this_thread::sleep_for(m_between);
        }
        const int count = ::epoll_wait(m_epoll, events.data(), int(events.size()), -1);
        for (size_t i = 0; i < size_t(std::max(count, 0)); ++i) {
            Stream &stream = m_streams[events[i].data.u64];
            if ((events[i].events & EPOLLOUT) != 0) {
                send(stream);
            } else {
                onReadable(stream);
            }
        }
        if (m_scenario.mode == Mode::Single && m_ended > restarted && m_ended < requests) {
            restarted = m_ended;
            Stream &stream = m_streams.front();
            stream.unsentFrom = 0;
            stream.hasToken = false;
            stream.start = Clock::now();
            send(stream);
        }
        if (!opened && m_sent >= m_scenario.streams) {
            opened = true;
            m_measurement.allOpen();
        }
    }
    return m_measurement.result();
}

} // namespace

QByteArrayView deltaText(QByteArrayView json)
{
    static simdjson::ondemand::parser parser;
    static QByteArray padded;
    padded.resizeForOverwrite(json.size() + qsizetype(simdjson::SIMDJSON_PADDING));
    std::memcpy(padded.data(), json.data(), size_t(json.size()));
    simdjson::ondemand::document document;
    if (parser.iterate(padded.constData(), size_t(json.size()), size_t(padded.size())).get(document)
        != simdjson::SUCCESS) {
        return {};
    }
    std::string_view text;
    for (auto choice : document["choices"]) {
        if (choice["delta"]["content"].get_string().get(text) == simdjson::SUCCESS) {
            return {text.data(), qsizetype(text.size())};
        }
    }
    return {};
}

QJsonObject runEpoll(const Scenario &scenario)
{
    raiseFileLimit();
    return EpollClient(scenario, 0ns).run();
}

QJsonObject runLazy(const Scenario &scenario)
{
    raiseFileLimit();
    return EpollClient(scenario, 1ms).run();
}

} // namespace Lorikeet::Bench
