// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkAccessManager>

#include <memory>

namespace Lorikeet {

class CurlLoop;
class DirectLoop;
class SocketWatcher;
struct TransportOptions;

/// A network access manager whose transport is libcurl, or for what is plain HTTP sockets of our
/// own, if wanted. Unlike Qt's own it stamps bytes where they arrive, tells the phases of a
/// request, opens as many connections to a host as asked for, and never holds small packets back.
/// Use it through sendRequest(); plain get() and post() work with default TransportOptions.
///
/// Everything happens in the thread it lives in: one multi handle, one or two descriptors in the
/// event loop, no threads but libcurl's short ones for name lookups. Redirects, cookies, caches and
/// HTTP authentication of QNetworkAccessManager do not exist here.
class CurlAccessManager final : public QNetworkAccessManager
{
    Q_OBJECT

public:
    /// How sockets are watched. Best is one epoll descriptor where there is epoll; Notifiers, a
    /// QSocketNotifier for each, works on every system.
    enum class Watch { Best, Notifiers };

    explicit CurlAccessManager(QObject *parent = nullptr, Watch watch = Watch::Best);
    ~CurlAccessManager() override;

    /// From now on sendRequest() asks over sockets of our own where that is all it takes: HTTP/1.1
    /// without TLS or a proxy. For load, where every processor second is one that the server may
    /// lack; see DirectLoop. Has no effect where the system's sockets are of another kind.
    void sendDirectly();
    /// Null where such a request goes over libcurl.
    [[nodiscard]] std::shared_ptr<DirectLoop> directLoopFor(
        const QUrl &url, const TransportOptions &options) const;

    /// Makes what `streams` concurrent requests need beforehand, so that starting them at once
    /// is quick.
    void reserve(int streams);

protected:
    QNetworkReply *createRequest(
        Operation operation, const QNetworkRequest &request, QIODevice *outgoingData) override;

private:
    [[nodiscard]] std::unique_ptr<SocketWatcher> makeWatcher() const;

    Watch m_watch;
    std::shared_ptr<CurlLoop> m_loop; ///< shared with the replies
    std::shared_ptr<DirectLoop> m_direct; ///< the same; null: none
};

} // namespace Lorikeet
