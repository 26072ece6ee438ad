// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/httptransport.h"

#include "http/apiclient.h"
#include "providers/baseurl.h"
#include "providers/wireparts.h"
#include "triton/tritonaddress.h"

#include <QFutureWatcher>
#include <QPromise>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Triton {

namespace {

/// Of requests that no model has a part in.
constexpr Milliseconds shortTimeout = 15s;

template<typename T>
QFuture<Result<T>> ready(Result<T> result)
{
    return QtFuture::makeReadyValueFuture(std::move(result));
}

/// What `read` makes of a good answer; an error status is an error.
template<typename T>
auto reader(Result<T> (*read)(const QByteArray &), const Secret &key)
{
    return [read, key](const Result<HttpReply> &reply) -> Result<T> {
        if (!reply) {
            return Failure(reply.error());
        }
        Result<T> result
            = reply->status == 200 ? read(reply->body) : Result<T>(Failure(inferError(*reply)));
        return result ? result : Result<T>(Failure(withoutKey(result.error(), key)));
    };
}

/// By the status alone: Triton's body is empty, other servers write something.
Result<bool> isGood(const Result<HttpReply> &reply)
{
    if (!reply) {
        return Failure(reply.error());
    }
    if (reply->status == 200 || reply->status == 400 || reply->status == 503) {
        return reply->status == 200;
    }
    return Failure(inferError(*reply));
}

} // namespace

Result<Headers> tritonHeaders(const Target &target, const QByteArray &accept, bool withBody)
{
    Result<Headers> headers = requestHeaders(target, accept, withBody);
    const auto token = "triton-access-token"_ba;
    const bool isNamed = std::ranges::any_of(target.endpoint.headers,
        [&token](const Header &header) { return header.name.toLower() == token; });
    if (headers && !target.key.isEmpty() && !isNamed) {
        headers->append(Header{token, target.key.reveal().trimmed().toUtf8()});
    }
    return headers;
}

HttpTransport::HttpTransport(ApiClient &client, const Target &target, BodyForm form)
    : m_client(client)
    , m_target(target)
    , m_form(std::make_shared<BodyForm>(form))
{
    const Result<Address> address = addressFrom(target.endpoint.url.toString());
    if (!address) {
        m_wrongAddress = address.error();
    } else if (address->transport != Address::Transport::Http) {
        m_wrongAddress = fail(ApiError::Kind::InvalidRequest,
            u"“%1” is an address of gRPC, and this is asked over HTTP: use the server's HTTP "
            "address (port 8000)."_s.arg(target.endpoint.url.toString()))
                             .value();
    } else {
        m_target.endpoint.url = address->url;
    }
}

QFuture<Result<HttpReply>> HttpTransport::send(
    HttpRequest request, const Result<QString> &route, Milliseconds timeout)
{
    Result<Headers> headers = tritonHeaders(m_target, "application/json", false);
    if (m_wrongAddress || !route || !headers) {
        return ready(Result<HttpReply>(Failure(m_wrongAddress ? *m_wrongAddress
                : !route                                      ? route.error()
                                                              : headers.error())));
    }
    request.headers = *headers + request.headers;
    request.url = joined(m_target.endpoint.url, *route);
    return m_client.fetch(request, TransportOptions::from(m_target), timeout);
}

QFuture<Result<HttpReply>> HttpTransport::get(const Result<QString> &route)
{
    return send({}, route, shortTimeout);
}

QFuture<Result<bool>> HttpTransport::serverReady()
{
    return get(u"v2/health/ready"_s).then(&m_context, isGood);
}

QFuture<Result<bool>> HttpTransport::modelReady(const QString &model, const QString &version)
{
    return get(modelRoute(model, version, u"ready")).then(&m_context, isGood);
}

QFuture<Result<ModelConfig>> HttpTransport::config(const QString &model, const QString &version)
{
    const auto read = reader(&readModelConfig, m_target.key);
    const auto fallBack = [form = m_form](const Result<ModelMetadata> &metadata) {
        if (metadata) {
            *form = BodyForm::Json;
        }
        return metadata ? Result<ModelConfig>(configFrom(*metadata))
                        : Result<ModelConfig>(Failure(metadata.error()));
    };
    return get(modelRoute(model, version, u"config"))
        .then(&m_context,
            [=, this](const Result<HttpReply> &reply) {
                return reply && (reply->status == 404 || reply->status == 405)
                    ? metadata(model, version).then(&m_context, fallBack)
                    : ready(read(reply));
            })
        .unwrap();
}

QFuture<Result<QList<IndexEntry>>> HttpTransport::index()
{
    return send({.verb = "POST",
                    .url = {},
                    .headers = {{"Content-Type", "application/json"}},
                    .body = "{}"},
        u"v2/repository/index"_s, shortTimeout)
        .then(&m_context, reader(&readIndex, m_target.key));
}

QFuture<Result<ServerMetadata>> HttpTransport::serverMetadata()
{
    return get(u"v2"_s).then(&m_context, reader(&readServerMetadata, m_target.key));
}

QFuture<Result<ModelMetadata>> HttpTransport::metadata(const QString &model, const QString &version)
{
    return get(modelRoute(model, version))
        .then(&m_context, reader(&readModelMetadata, m_target.key));
}

QFuture<Result<QList<ModelStatistics>>> HttpTransport::statistics(
    const QString &model, const QString &version)
{
    return get(model.isEmpty() ? Result<QString>(u"v2/models/stats"_s)
                               : modelRoute(model, version, u"stats"))
        .then(&m_context, reader(&readStatistics, m_target.key));
}

QFuture<Result<>> HttpTransport::change(const ModelChange &change, Milliseconds timeout)
{
    if (const auto problem = problemWith(change)) {
        return ready(Result<>(fail(ApiError::Kind::InvalidRequest, *problem)));
    }
    return send(encodeChange(change), changeRoute(change), timeout)
        .then(&m_context, [change, key = m_target.key](const Result<HttpReply> &reply) -> Result<> {
            if (reply && reply->status == 200) {
                return {};
            }
            const ApiError error = reply ? inferError(*reply) : reply.error();
            return Failure(changeError(withoutKey(error, key), change));
        });
}

QFuture<Result<InferReply>> HttpTransport::infer(const InferRequest &request, Milliseconds timeout)
{
    const Result<HttpRequest> encoded = encodeInfer(request, *m_form);
    if (!encoded) {
        return ready(Result<InferReply>(Failure(encoded.error())));
    }
    QFuture<Result<HttpReply>> fetched
        = send(*encoded, modelRoute(request.model, request.version, u"infer"), timeout);
    // A continuation's future does not hand a cancellation on to what it continues.
    auto promise = std::make_shared<QPromise<Result<InferReply>>>();
    promise->start();
    auto *watcher = new QFutureWatcher<Result<InferReply>>(&m_client);
    QObject::connect(
        watcher, &QFutureWatcherBase::canceled, watcher, [fetched]() mutable { fetched.cancel(); });
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(promise->future());
    fetched
        .then(&m_context,
            [promise, key = m_target.key](const Result<HttpReply> &reply) {
                Result<InferReply> result = !reply ? Result<InferReply>(Failure(reply.error()))
                    : reply->status == 200         ? readInferReply(*reply)
                                           : Result<InferReply>(Failure(inferError(*reply)));
                promise->addResult(
                    result ? result : Result<InferReply>(Failure(withoutKey(result.error(), key))));
                promise->finish();
            })
        .onCanceled(&m_context, [promise] { promise->finish(); });
    return promise->future();
}

} // namespace Lorikeet::Triton
