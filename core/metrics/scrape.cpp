// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "metrics/scrape.h"

#include "http/apiclient.h"
#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/servers.h"
#include "providers/wireparts.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

Result<QList<MetricFamily>> metricsOf(const HttpReply &reply)
{
    const QString place = reply.url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    if (reply.status == 404 || reply.status == 405 || reply.status == 501) {
        ApiError error = errorFromReply(reply);
        error.kind = ApiError::Kind::NotFound;
        error.message
            = u"%1 tells no metrics (HTTP %2): some servers do only if they are started so."_s
                  .arg(place)
                  .arg(reply.status);
        return Failure(error);
    }
    if (reply.status != 200) {
        return Failure(errorFromReply(reply));
    }
    auto families = readExposition(reply.body);
    if (!families || families->isEmpty()) {
        return Failure(protocolError(
            u"%1 holds no metrics in Prometheus' form: check the address."_s.arg(place),
            reply.body));
    }
    return std::move(*families);
}

int portOf(const QUrl &url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); }

bool haveOneOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

/// What may be known at a place that is not the endpoint itself.
Target withoutSecrets(const Target &target)
{
    Target plain;
    plain.endpoint.proxy = target.endpoint.proxy;
    plain.endpoint.timeouts = target.endpoint.timeouts;
    plain.endpoint.tls.caFile = target.endpoint.tls.caFile;
    return plain;
}

} // namespace

QUrl metricsUrl(const Endpoint &endpoint)
{
    QUrl root = serverRoot(endpoint.url);
    const Server server = serverFromName(endpoint.server);
    if (server == Server::Triton || server == Server::TritonTensorRtLlm) {
        root.setScheme(u"http"_s);
        root.setPort(8002);
        root.setUserInfo(QString());
        root.setPath(QString());
    }
    return joined(root, u"metrics");
}

QFuture<Result<QList<MetricFamily>>> fetchMetrics(ApiClient &client, const Target &target)
{
    return fetchMetrics(client, target, metricsUrl(target.endpoint));
}

QFuture<Result<QList<MetricFamily>>> fetchMetrics(
    ApiClient &client, const Target &target, const QUrl &url, Milliseconds timeout)
{
    using Families = Result<QList<MetricFamily>>;
    const Target asked
        = haveOneOrigin(url, serverRoot(target.endpoint.url)) ? target : withoutSecrets(target);
    const Result<Headers> headers = requestHeaders(asked, "text/plain", false);
    if (!headers) {
        return QtFuture::makeReadyValueFuture(Families(Failure(headers.error())));
    }
    return client.fetch({.url = url, .headers = *headers}, TransportOptions::from(asked), timeout)
        .then([url](const Result<HttpReply> &reply) {
            if (!reply) {
                return Families(Failure(reply.error()));
            }
            HttpReply answered = *reply;
            answered.url = url;
            return metricsOf(answered);
        });
}

} // namespace Lorikeet
