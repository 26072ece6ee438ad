// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/transport.h"

#include "http/curlaccessmanager.h"
#ifdef Q_OS_UNIX
#include "http/directreply.h"
#endif
#include "http/proxyrules.h"
#include "http/refusedreply.h"
#include "http/singleusedevice.h"
#include "http/stockexchange.h"
#include "http/tlstrust.h"
#include "http/transportdetails.h"
#include "http/transporterror.h"
#include "http/wirereply.h"

#include <QHttp1Configuration>
#include <QHttpHeaders>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

void setHeaderUnlessGiven(QHttpHeaders &headers, QByteArrayView name, QByteArrayView value)
{
    const QLatin1StringView latin1Name(name);
    if (!headers.contains(latin1Name)) {
        headers.append(latin1Name, value);
    }
}

QHttpHeaders toHttpHeaders(const HttpRequest &request)
{
    QHttpHeaders headers;
    for (const Header &header : request.headers) {
        headers.append(QLatin1StringView(header.name), header.value);
    }
    setHeaderUnlessGiven(headers, "user-agent", "Lorikeet/" LORIKEET_VERSION);
    setHeaderUnlessGiven(headers, "accept", "*/*");
    // A proxy that compresses buffers a stream; and it turns Qt's own decompression off.
    setHeaderUnlessGiven(headers, "accept-encoding", "identity");
    const QString user = request.url.userName(QUrl::FullyDecoded);
    if (!user.isEmpty()) {
        const QString password = request.url.password(QUrl::FullyDecoded);
        setHeaderUnlessGiven(headers, "authorization",
            "Basic " + u"%1:%2"_s.arg(user, password).toUtf8().toBase64());
    }
    return headers;
}

/// An empty body is one too for the verbs that stand for sending something.
bool hasBody(const HttpRequest &request)
{
    return !request.body.isEmpty() || request.verb == "POST" || request.verb == "PUT"
        || request.verb == "PATCH";
}

QNetworkRequest toNetworkRequest(const HttpRequest &request, const TransportOptions &options)
{
    using Request = QNetworkRequest;
    Request result(request.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment));
    result.setHeaders(toHttpHeaders(request));
    if (hasBody(request)) {
        result.setHeader(Request::ContentLengthHeader, request.body.size());
    }
    result.setAttribute(Request::RedirectPolicyAttribute, Request::ManualRedirectPolicy);
    result.setAttribute(Request::CookieLoadControlAttribute, Request::Manual);
    result.setAttribute(Request::CookieSaveControlAttribute, Request::Manual);
    result.setAttribute(Request::AuthenticationReuseAttribute, Request::Manual);
    result.setAttribute(Request::CacheSaveControlAttribute, false);
    result.setAttribute(Request::DoNotBufferUploadDataAttribute, true);
    const bool http2 = options.httpVersion != HttpVersion::Http1;
    result.setAttribute(Request::Http2AllowedAttribute, http2);
    if (options.httpVersion == HttpVersion::Http2) {
        result.setAttribute(Request::Http2DirectAttribute, true);
        result.setAttribute(Request::Http2CleartextAllowedAttribute, true);
    }
    return result;
}

QNetworkReply *dispatch(
    QNetworkAccessManager &manager, const HttpRequest &request, const QNetworkRequest &prepared)
{
    if (!hasBody(request)) {
        if (request.verb == "GET") {
            return manager.get(prepared);
        }
        return request.verb == "HEAD" ? manager.head(prepared)
                                      : manager.sendCustomRequest(prepared, request.verb);
    }
    auto device = std::make_unique<SingleUseDevice>(request.body);
    QNetworkReply *reply = request.verb == "POST"
        ? manager.post(prepared, device.get())
        : manager.sendCustomRequest(prepared, request.verb, device.get());
    device.release()->setParent(reply);
    return reply;
}

/// Qt uses a kept connection for every request to its host, also one that would not have trusted
/// the certificate, has another client certificate to show, or goes to another socket.
void forgetOtherConnections(QNetworkAccessManager &manager, const TransportOptions &options)
{
    constexpr const char *last = "lorikeetLastOptions";
    const QVariant before = manager.property(last);
    if (before.isValid()) {
        const auto known = before.value<TransportOptions>();
        if (known.tls != options.tls || known.unixSocket != options.unixSocket) {
            manager.clearConnectionCache();
        }
    }
    manager.setProperty(last, QVariant::fromValue(options));
}

/// What Qt needs to find a UNIX socket; where it cannot use one, why.
Result<> useSocket(QNetworkRequest &request, const QString &path)
{
    QUrl url = request.url();
    if (url.scheme() != "http"_L1) {
        return fail(ApiError::Kind::InvalidRequest,
            u"The socket %1 is to be used with https, which Qt's own transport cannot do: write "
            "http, since nothing leaves this machine."_s.arg(path));
    }
    url.setScheme(u"unix+http"_s);
    request.setUrl(url);
    request.setAttribute(QNetworkRequest::FullLocalServerNameAttribute, path);
    return {};
}

QNetworkReply *sendOverStock(QNetworkAccessManager &manager, const HttpRequest &request,
    QNetworkRequest prepared, const TransportOptions &options)
{
    const TimePoint start = Clock::now();
    const bool usesSocket = !options.unixSocket.isEmpty();
    const Result<QNetworkProxy> proxy = usesSocket
        ? Result<QNetworkProxy>(QNetworkProxy(QNetworkProxy::NoProxy))
        : proxyFor(options.proxy, prepared.url()).and_then(toNetworkProxy);
    if (!proxy) {
        return new RefusedReply(prepared, proxy.error(), &manager);
    }
    if (usesSocket) {
        if (const Result<> used = useSocket(prepared, options.unixSocket); !used) {
            return new RefusedReply(prepared, used.error(), &manager);
        }
    }
    forgetOtherConnections(manager, options);
    if (prepared.url().scheme() == "https"_L1) {
        const Result<QSslConfiguration> tls
            = tlsConfiguration(options.tls, options.clientKeyPassphrase);
        if (!tls) {
            return new RefusedReply(prepared, tls.error(), &manager);
        }
        prepared.setSslConfiguration(*tls);
    }
    // Qt does not look whether a kept connection still stands before it sends on it, and a request
    // that must not be sent twice is then lost. So each has a connection of its own.
    if (hasBody(request)) {
        prepared.setRawHeader("Connection", "close");
    }
    // The default of 6 would queue without a word. It counts only from a host's first request on,
    // so every request carries it; more than 255 Qt does not take.
    QHttp1Configuration connections;
    connections.setNumberOfConnectionsPerHost(255);
    prepared.setHttp1Configuration(connections);
    // Qt asks for the proxy within the next call, so that this holds for that request alone.
    manager.setProxy(*proxy);
    QNetworkReply *reply = dispatch(manager, request, prepared);
    new StockExchange(*reply, options, proxy->type() != QNetworkProxy::NoProxy, start);
    return reply;
}

template<typename Reply>
auto *detailsOf(Reply &reply)
{
    using Details
        = std::conditional_t<std::is_const_v<Reply>, const TransportDetails, TransportDetails>;
    using Wire = std::conditional_t<std::is_const_v<Reply>, const WireReply, WireReply>;
    if (auto *wire = qobject_cast<Wire *>(&reply)) {
        return static_cast<Details *>(wire); // asked for with each read, so the quick way
    }
    if (auto *details = dynamic_cast<Details *>(&reply)) {
        return details;
    }
    return static_cast<Details *>(
        reply.template findChild<StockExchange *>(QString(), Qt::FindDirectChildrenOnly));
}

/// As it was asked for; see useSocket().
QUrl httpUrl(QUrl url)
{
    if (url.scheme() == "unix+http"_L1) {
        url.setScheme(u"http"_s);
    }
    return url;
}

std::optional<QUrl> redirectTarget(const QNetworkReply &reply, int status)
{
    switch (status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        break;
    default:
        return {};
    }
    const QHttpHeaders headers = reply.headers();
    const QByteArrayView location = headers.value(QHttpHeaders::WellKnownHeader::Location);
    if (location.isEmpty()) {
        return {};
    }
    return httpUrl(reply.url()).resolved(QUrl::fromEncoded(location));
}

} // namespace

TransportOptions TransportOptions::from(const Target &target)
{
    const Endpoint &endpoint = target.endpoint;
    return {.proxy = endpoint.proxy,
        .tls = endpoint.tls,
        .clientKeyPassphrase = target.clientKeyPassphrase,
        .unixSocket = endpoint.unixSocket,
        .connectTimeout = endpoint.timeouts.connect,
        .httpVersion = endpoint.httpVersion};
}

QNetworkReply *sendRequest(
    QNetworkAccessManager &manager, const HttpRequest &request, const TransportOptions &options)
{
    const QString scheme = request.url.scheme();
    if ((scheme != "http"_L1 && scheme != "https"_L1) || request.url.host().isEmpty()) {
        ApiError error;
        error.kind = ApiError::Kind::InvalidRequest;
        error.message = u"The address \"%1\" is not one of a web server: it must begin with "
                        "http:// or https:// and name a host."_s.arg(
                            request.url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
        return new RefusedReply(toNetworkRequest(request, options), error, &manager);
    }
    auto *ours = qobject_cast<CurlAccessManager *>(&manager);
#ifdef Q_OS_UNIX
    if (std::shared_ptr<DirectLoop> direct
        = ours ? ours->directLoopFor(request.url, options) : nullptr) {
        return new DirectReply(std::move(direct), request, toHttpHeaders(request), hasBody(request),
            options, &manager);
    }
#endif
    QNetworkRequest prepared = toNetworkRequest(request, options);
    if (ours) {
        prepared.setAttribute(transportOptionsAttribute, QVariant::fromValue(options));
        return dispatch(manager, request, prepared);
    }
    return sendOverStock(manager, request, prepared, options);
}

void eachReceived(QNetworkReply &reply, const ReceivedVisitor &visit)
{
    if (TransportDetails *details = detailsOf(reply)) {
        details->eachReceived(visit);
    }
}

QList<TimedBytes> takeReceived(QNetworkReply &reply)
{
    QList<TimedBytes> pieces;
    eachReceived(reply, [&pieces](QByteArrayView bytes, TimePoint at) {
        pieces.append({bytes.toByteArray(), at});
    });
    return pieces;
}

PhaseTimes phaseTimes(const QNetworkReply &reply)
{
    const TransportDetails *details = detailsOf(reply);
    return details ? details->phaseTimes() : PhaseTimes();
}

HttpReply replyHead(const QNetworkReply &reply)
{
    HttpReply head;
    head.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    head.url = httpUrl(reply.url());
    const QHttpHeaders headers = reply.headers();
    head.headers.reserve(headers.size());
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const QLatin1StringView name = headers.nameAt(i);
        head.headers.append(
            {QByteArray(name.data(), name.size()), headers.valueAt(i).toByteArray()});
    }
    return head;
}

std::optional<ApiError> transportError(const QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (const std::optional<QUrl> target = redirectTarget(reply, status)) {
        return redirectedError(httpUrl(reply.url()), status, *target);
    }
    if (status == 407) {
        ApiError error = transportFailure(
            ApiError::Kind::Proxy, reply.url(), u"it asks for a name and a password"_s);
        error.httpStatus = status;
        return error;
    }
    const TransportDetails *details = detailsOf(reply);
    return details ? details->failure() : std::nullopt;
}

} // namespace Lorikeet
