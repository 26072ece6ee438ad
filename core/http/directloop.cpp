// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/directloop.h"

#include "http/directconnection.h"
#include "http/directdial.h"
#include "http/directreply.h"
#include "http/proxyrules.h"
#include "http/transporterror.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr size_t largestRead = 128 * 1024;
/// Idle connections; more would only be what a wave of requests left behind.
constexpr qsizetype mostKept = 4096;

template<typename List>
auto &at(List &list, int descriptor)
{
    if (list.size() <= size_t(descriptor)) {
        list.resize(size_t(descriptor) + 1);
    }
    return list[size_t(descriptor)];
}

} // namespace

DirectPlace DirectPlace::of(const QUrl &url, const TransportOptions &options)
{
    return {.host = url.host(),
        .port = quint16(url.port(80)),
        .unixSocket = options.unixSocket,
        .shown = transportPlace(url, options.unixSocket)};
}

QString DirectPlace::key() const
{
    return unixSocket.isEmpty() ? host + u':' + QString::number(port) : unixSocket;
}

std::shared_ptr<DirectLoop> DirectLoop::make(std::unique_ptr<SocketWatcher> watcher)
{
    return {new DirectLoop(std::move(watcher)), &DeliveryQueue::release<DirectLoop>};
}

DirectLoop::DirectLoop(std::unique_ptr<SocketWatcher> watcher)
    : m_watcher(std::move(watcher))
    , m_queue([this] { readAll(); })
    , m_room(largestRead)
{
    m_watcher->onReady = [this] { m_queue.run(); };
}

DirectLoop::~DirectLoop() = default;

bool DirectLoop::carries(const QUrl &url, const TransportOptions &options)
{
    if (url.scheme() != "http"_L1 || options.httpVersion == HttpVersion::Http2) {
        return false;
    }
    if (!options.unixSocket.isEmpty()) {
        return true;
    }
    const Result<QUrl> proxy = proxyFor(options.proxy, url);
    return proxy && proxy->isEmpty();
}

void DirectLoop::start(DirectReply &reply, const TransportOptions &options)
{
    const DirectPlace &place = reply.target();
    const QString key = place.key();
    if (DirectConnection *kept = takeKept(key, options.reuseWithin)) {
        reply.useConnection(*kept, true);
        return;
    }
    auto dial = std::make_unique<DirectDial>(
        *this, place, options.connectTimeout, [&reply] { reply.onLookedUp(); },
        [this, &reply, key](DirectDial::Ending ending) {
            if (ending.error) {
                reply.onDialFailed(*ending.error);
                return;
            }
            std::unique_ptr<DirectConnection> &connection
                = at(m_connections, ending.socket.descriptor());
            connection = std::make_unique<DirectConnection>(*this, std::move(ending.socket), key);
            reply.useConnection(*connection, false);
        });
    DirectDial &started = *dial;
    reply.useDial(std::move(dial));
    started.start();
}

DirectConnection *DirectLoop::takeKept(const QString &key, std::chrono::seconds within)
{
    const auto found = m_kept.find(key);
    if (found == m_kept.end()) {
        return nullptr;
    }
    const TimePoint oldest = Clock::now() - within;
    while (!found->empty()) {
        DirectConnection *connection = found->back();
        if (connection->keptSince() >= oldest && connection->isQuiet()) {
            found->pop_back();
            --m_keptCount;
            return connection;
        }
        drop(*connection);
    }
    return nullptr;
}

void DirectLoop::keep(DirectConnection &connection)
{
    std::deque<DirectConnection *> &kept = m_kept[connection.key()];
    if (m_keptCount >= mostKept && !kept.empty()) {
        drop(*kept.front());
    }
    kept.push_back(&connection);
    ++m_keptCount;
}

void DirectLoop::drop(DirectConnection &connection)
{
    if (const auto found = m_kept.find(connection.key()); found != m_kept.end()) {
        m_keptCount -= qsizetype(std::erase(*found, &connection));
    }
    const int descriptor = connection.descriptor();
    forget(descriptor);
    m_connections[size_t(descriptor)].reset();
}

void DirectLoop::watch(
    int descriptor, DirectHandler &handler, bool isNew, bool forRead, bool forWrite)
{
    at(m_handlers, descriptor) = &handler;
    m_watcher->watch(descriptor, isNew, forRead, forWrite);
}

void DirectLoop::forget(int descriptor)
{
    at(m_handlers, descriptor) = nullptr;
    m_watcher->forget(descriptor);
}

void DirectLoop::readAll()
{
    m_watcher->eachReady([this](const SocketWatcher::Ready &socket) {
        const auto descriptor = int(socket.socket);
        DirectHandler *handler = at(m_handlers, descriptor);
        return handler
            && handler->onSocket(descriptor, socket.readable, socket.writable, socket.failed);
    });
}

} // namespace Lorikeet

#include "moc_directloop.cpp"
