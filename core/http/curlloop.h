// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "http/curltrust.h"
#include "http/deliveryqueue.h"
#include "http/socketwatcher.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

#include <curl/curl.h>

namespace Lorikeet {

class CurlReply;

/// libcurl's multi handle in Qt's event loop, for all requests of one manager.
class CurlLoop final : public QObject, public std::enable_shared_from_this<CurlLoop>
{
    Q_OBJECT

public:
    [[nodiscard]] static std::shared_ptr<CurlLoop> make(std::unique_ptr<SocketWatcher> watcher);

    ~CurlLoop() override;

    [[nodiscard]] CurlTrust &trustStore() { return m_trust; }

    /// A handle with default settings. Goes back through remove().
    [[nodiscard]] CURL *takeHandle();
    void reserve(int handles);

    /// Starts a transfer that was set up, CURLOPT_PRIVATE being `reply`. libcurl connects, or
    /// sends over a kept connection, before this returns; signals wait for the event loop.
    void start(CurlReply &reply, CURL *handle);
    /// Ends a transfer where it stands, and takes the handle back.
    void remove(CURL *handle);
    /// The same for one that may share its connection, and has not ended. The server is told at
    /// once where it was the only one, else with the connection's next traffic.
    void abandonStream(CURL *handle);
    void pause(CURL *handle, int directions);

    /// Whether some kept connection may wait for a request. Where there is none libcurl need not
    /// compare each request with every connection in use, which grows with the square of streams
    /// started at once.
    [[nodiscard]] bool mayHaveIdleConnection() const { return m_sockets > m_transfers; }

    /// libcurl has opened a socket.
    void noteSocket() { ++m_sockets; }

    /// For CURLOPT_CLOSESOCKETFUNCTION, `self` being the loop.
    static int onSocketClosed(void *self, curl_socket_t socket);

    [[nodiscard]] DeliveryQueue &queue() { return m_queue; }

    /// The reply is going away.
    void forget(CurlReply &reply);

    /// Changes with every call into libcurl for one socket: what arrives in the same turn came
    /// with the same read.
    [[nodiscard]] quint64 turn() const { return m_turn; }

private:
    explicit CurlLoop(std::unique_ptr<SocketWatcher> watcher);

    static int onSocket(CURL *, curl_socket_t socket, int what, void *self, void *known);
    static int onTimer(CURLM *, long milliseconds, void *self);

    void readAll();
    void onTimeout();
    void runSocket(curl_socket_t socket, int events);
    void runDueTimers();
    void afterRun();
    void collectEnded();
    void armTimer();

    struct MultiDeleter
    {
        void operator()(CURLM *multi) const { curl_multi_cleanup(multi); }
    };

    struct EasyDeleter
    {
        void operator()(CURL *handle) const { curl_easy_cleanup(handle); }
    };

    std::unique_ptr<SocketWatcher> m_watcher;
    DeliveryQueue m_queue;
    CurlTrust m_trust;
    std::vector<std::unique_ptr<CURL, EasyDeleter>> m_spare;
    std::unique_ptr<CURLM, MultiDeleter> m_multi;
    QTimer m_timer;
    std::optional<TimePoint> m_deadline; ///< when libcurl wants to be called
    std::optional<TimePoint> m_armed; ///< when m_timer fires; may be earlier
    std::vector<CurlReply *> m_sending; ///< whose request is not yet known to be written
    int m_sockets = 0; ///< open
    int m_transfers = 0; ///< under way
    quint64 m_turn = 0;
};

} // namespace Lorikeet
