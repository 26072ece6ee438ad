// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/deliveryqueue.h"
#include "http/httpexchange.h"
#include "http/socketwatcher.h"
#include "http/transport.h"

#include <QHash>
#include <QObject>

#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <vector>

class QHttpHeaders;

namespace Lorikeet {

class DirectConnection;
class DirectReply;

/// Where connections lead.
struct DirectPlace
{
    QString host;
    quint16 port = 80;
    QString unixSocket; ///< its path; empty: host and port
    QUrl shown; ///< see transportPlace()

    [[nodiscard]] static DirectPlace of(const QUrl &url, const TransportOptions &options);
    /// Requests to places of one key may share a connection.
    [[nodiscard]] QString key() const;
};

/// What is told of a socket.
class DirectHandler
{
public:
    DirectHandler() = default;
    Q_DISABLE_COPY_MOVE(DirectHandler)
    virtual ~DirectHandler() = default;

    /// False: for now it takes nothing of what there is.
    virtual bool onSocket(int descriptor, bool readable, bool writable, bool failed) = 0;
};

/// HTTP/1.1 without TLS and proxies over sockets of our own, which is what a server under load is
/// asked over as a rule, for all requests of one manager, in Qt's event loop. libcurl does the same
/// and much more, and needs half as long again for it: measured in tests/bench, where a client that
/// is to hold a thousand streams shares its processor with what it measures. The rules are those
/// of sendRequest().
class DirectLoop final : public QObject
{
    Q_OBJECT

public:
    [[nodiscard]] static std::shared_ptr<DirectLoop> make(std::unique_ptr<SocketWatcher> watcher);
    ~DirectLoop() override;

    /// What is asked is nothing that this cannot do.
    [[nodiscard]] static bool carries(const QUrl &url, const TransportOptions &options);

    [[nodiscard]] DeliveryQueue &queue() { return m_queue; }

    // For replies.

    /// Writes the request before this returns where a kept connection is at hand.
    void start(DirectReply &reply, const TransportOptions &options);

    // For connections and those in the making.

    void watch(int descriptor, DirectHandler &handler, bool isNew, bool forRead, bool forWrite);
    void forget(int descriptor);

    /// For each read the same.
    [[nodiscard]] std::span<char> room() { return m_room; }

    /// It can serve another request.
    void keep(DirectConnection &connection);
    /// Closes and deletes it.
    void drop(DirectConnection &connection);

private:
    explicit DirectLoop(std::unique_ptr<SocketWatcher> watcher);

    void readAll();
    [[nodiscard]] DirectConnection *takeKept(const QString &key, std::chrono::seconds within);

    std::unique_ptr<SocketWatcher> m_watcher;
    DeliveryQueue m_queue;
    std::vector<char> m_room;
    std::vector<DirectHandler *> m_handlers; ///< by descriptor
    std::vector<std::unique_ptr<DirectConnection>> m_connections; ///< by descriptor
    QHash<QString, std::deque<DirectConnection *>> m_kept; ///< the one used last at the end
    qsizetype m_keptCount = 0;
};

} // namespace Lorikeet
