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

constexpr Milliseconds timeout = 30s;

Result<QList<MetricFamily>> metricsOf(const HttpReply &reply)
{
    const QString place = reply.url.toDisplayString();
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

} // namespace

QUrl metricsUrl(const Endpoint &endpoint)
{
    QUrl root = serverRoot(endpoint.url);
    const Server server = serverFromName(endpoint.server);
    if (server == Server::Triton || server == Server::TritonTensorRtLlm) {
        root.setScheme(u"http"_s);
        root.setPort(8002);
        root.setPath(QString());
    }
    return joined(root, u"metrics");
}

QFuture<Result<QList<MetricFamily>>> fetchMetrics(ApiClient &client, const Target &target)
{
    using Families = Result<QList<MetricFamily>>;
    const Result<Headers> headers = requestHeaders(target, "text/plain", false);
    if (!headers) {
        return QtFuture::makeReadyValueFuture(Families(Failure(headers.error())));
    }
    const QUrl url = metricsUrl(target.endpoint);
    return client.fetch({.url = url, .headers = *headers}, TransportOptions::from(target), timeout)
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
