// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "base/clock.h"
#include "http/httpexchange.h"
#include "model/endpoint.h"

#include <QByteArrayView>
#include <QList>

#include <functional>
#include <optional>

class QNetworkAccessManager;
class QNetworkReply;

namespace Lorikeet {

/// How a request travels, apart from what it says.
struct TransportOptions
{
    ProxySetting proxy;
    TlsTrust tls;
    Secret clientKeyPassphrase; ///< of tls.clientKeyFile; empty: it is not encrypted
    QString unixSocket; ///< as Endpoint::unixSocket
    Milliseconds connectTimeout{10'000}; ///< name, connection and TLS together; 0: none
    HttpVersion httpVersion = HttpVersion::Http1;
    /// A kept connection serves another request if it was idle for no longer than this; libcurl
    /// counts whole seconds, so up to one more. Servers close what is idle for too long, most of
    /// the family after 5 s (uvicorn, cpp-httplib, Node), and a request that meets that moment
    /// fails: it cannot be known whether it was acted on. Qt's manager has no such setting.
    std::chrono::seconds reuseWithin{2};

    [[nodiscard]] static TransportOptions from(const Target &target);

    friend bool operator==(const TransportOptions &, const TransportOptions &) = default;
};

/// When the phases of a request ended. Absent: did not happen (a reused connection has no lookup),
/// or this transport does not tell.
struct PhaseTimes
{
    TimePoint start;
    std::optional<TimePoint> lookup;
    std::optional<TimePoint> connect;
    std::optional<TimePoint> tls;
    std::optional<TimePoint> sent;
    std::optional<TimePoint> firstByte;
    bool connectionReused = false;
};

/// Sends over `manager`, a CurlAccessManager or Qt's own, from the manager's thread. The rules are
/// the same over both: redirects are reported and not followed, nothing is sent twice, no cookies,
/// no cached credentials, no compression, TLS verified, no timeouts but the one in `options`.
/// A pin (TlsTrust::pin) is looked at before anything of a request is written, on a kept connection
/// too. User info in the URL goes out as basic authentication. What cannot be sent ends as a reply
/// that fails from the event loop. The caller owns the reply.
///
/// Over libcurl and our own sockets a kept connection is looked at right before it is used again:
/// one that the server has closed, or on which something came unasked, is replaced. What is left is
/// a server that closes it between that look and the arrival of the request, half a round trip
/// later; that request ends as Kind::Unreachable, and whoever sent it decides about a second one.
///
/// Over Qt's manager a UNIX socket is for http alone, a proxy is not reached over TLS, reuseWithin
/// does not hold, and changing trust or socket from request to request ends the kept connections.
///
/// Qt's manager repeats a request without a body (a GET) when a kept-alive connection turns out to
/// be closed, and no setting keeps it from that; what has a body is sent once over both.
[[nodiscard]] QNetworkReply *sendRequest(
    QNetworkAccessManager &manager, const HttpRequest &request, const TransportOptions &options);

/// Bytes of a body, which stay until it returns, and the moment they were received.
using ReceivedVisitor = std::function<void(QByteArrayView bytes, TimePoint at)>;

/// Shows what has arrived since the last call, piece by piece; `visit` may end the request.
/// Over Qt's manager the moment is the call's own, so call it first thing in a readyRead slot.
void eachReceived(QNetworkReply &reply, const ReceivedVisitor &visit);
/// The same to keep.
[[nodiscard]] QList<TimedBytes> takeReceived(QNetworkReply &reply);

[[nodiscard]] PhaseTimes phaseTimes(const QNetworkReply &reply);

/// Status and headers, once they are there (status 0 before).
[[nodiscard]] HttpReply replyHead(const QNetworkReply &reply);

/// Why a finished reply failed, in words; nothing where there is an HTTP answer, whatever its
/// status (but 407, which is the proxy's).
/// A body that broke off is Kind::Truncated. An unfollowed redirect is Kind::Redirected.
[[nodiscard]] std::optional<ApiError> transportError(const QNetworkReply &reply);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::TransportOptions)
