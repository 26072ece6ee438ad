// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/grpctransport.h"

#include "http/tlstrust.h"
#include "triton/grpcpool.h"
#include "triton/grpcstatus.h"
#include "triton/grpcstream.h"
#include "triton/grpcwire.h"
#include "triton/httptransport.h"
#include "triton/infercarrier.h"
#include "triton/replystream.h"
#include "triton/tritonaddress.h"

#include <QFutureWatcher>
#include <QGrpcCallReply>
#include <QPointer>
#include <QPromise>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Triton {

namespace {

/// Of requests that no model has a part in.
constexpr Milliseconds shortTimeout = 15s;

/// The headers of HTTP as metadata: lower case, the access token under gRPC's name.
Result<QHash<QByteArray, QByteArray>> metadataFor(const Target &target)
{
    const Result<Headers> headers = tritonHeaders(target, {}, false);
    if (!headers) {
        return Failure(headers.error());
    }
    QHash<QByteArray, QByteArray> metadata;
    for (const Header &header : *headers) {
        const QByteArray name = header.name.toLower();
        if (name == "triton-access-token") {
            metadata.insert("triton-grpc-protocol-triton-access-token", header.value);
        } else if (name != "accept") {
            metadata.insert(name, header.value);
        }
    }
    return metadata;
}

Result<Address> grpcAddress(const Endpoint &endpoint)
{
    const Result<Address> address = addressFrom(endpoint.url.toString(), Address::Transport::Grpc);
    if (address && address->transport != Address::Transport::Grpc) {
        return fail(ApiError::Kind::InvalidRequest,
            u"“%1” is an address of HTTP, and this goes over gRPC: use grpc:// and the server's "
            "port for that (8001)."_s.arg(endpoint.url.toString()));
    }
    if (address && endpoint.proxy.mode == ProxySetting::Mode::Explicit) {
        return fail(ApiError::Kind::InvalidRequest,
            u"gRPC goes to %1 without a proxy here: take the proxy away from the endpoint, or use "
            "the server's HTTP address."_s.arg(placeOf(address->url)));
    }
    return address;
}

Result<QSslConfiguration> grpcTls(const Target &target)
{
    const Endpoint &endpoint = target.endpoint;
    if (!endpoint.tls.pin.isEmpty()) {
        return fail(ApiError::Kind::InvalidRequest,
            u"A pinned certificate cannot be checked over gRPC: take the pin away, and give the "
            "certificate as the endpoint's CA file."_s);
    }
    Result<QSslConfiguration> configuration
        = tlsConfiguration(endpoint.tls, target.clientKeyPassphrase);
    if (configuration) {
        // Qt's channel sets it for its own configuration alone.
        configuration->setAllowedNextProtocols({QSslConfiguration::ALPNProtocolHTTP2});
    }
    return configuration;
}

template<typename T>
QFuture<Result<T>> ready(Result<T> result)
{
    return QtFuture::makeReadyValueFuture(std::move(result));
}

} // namespace

GrpcTransport::GrpcTransport(const Target &target)
    : m_key(target.key)
{
    const Result<Address> address = grpcAddress(target.endpoint);
    const Result<QHash<QByteArray, QByteArray>> metadata = metadataFor(target);
    const Result<QSslConfiguration> tls = grpcTls(target);
    if (!address || !metadata || !tls) {
        m_refusal = !address ? address.error() : !metadata ? metadata.error() : tls.error();
        return;
    }
    m_place = placeOf(address->url);
    m_pool = new GrpcPool(address->url, *metadata, *tls, target.endpoint.timeouts.connect);
    m_pool->moveToThread(&m_thread);
    // In that thread, which OpenSSL keeps something for.
    QObject::connect(
        &m_thread, &QThread::finished, &m_thread,
        [pool = m_pool] {
            delete pool;
            releaseTlsOfThread();
        },
        Qt::DirectConnection);
    m_thread.setObjectName(u"grpc"_s);
    m_thread.start();
}

GrpcTransport::~GrpcTransport()
{
    m_thread.quit();
    m_thread.wait();
}

template<typename Reply, typename Begin, typename Read>
QFuture<Result<Reply>> GrpcTransport::call(const Begin &begin, Milliseconds timeout, Read read)
{
    if (m_refusal) {
        return ready(Result<Reply>(Failure(*m_refusal)));
    }
    auto promise = std::make_shared<QPromise<Result<Reply>>>();
    promise->start();
    const QFuture<Result<Reply>> future = promise->future();
    QMetaObject::invokeMethod(m_pool, [=, pool = m_pool, place = m_place, key = m_key] {
        const TimePoint start = Clock::now();
        GrpcPool::Call call;
        call.timeout = timeout;
        call.begin = begin;
        call.ended = [=](const std::optional<ApiError> &error, QGrpcOperation *operation) {
            Result<Reply> result = error ? Result<Reply>(Failure(*error))
                                         : read(*operation, place, Clock::now() - start);
            promise->addResult(
                result ? result : Result<Reply>(Failure(withoutKey(result.error(), key))));
            promise->finish();
        };
        const GrpcPool::CallId id = pool->start(std::move(call));
        // Lives until the future has ended, in either way.
        auto *watcher = new QFutureWatcher<Result<Reply>>(pool);
        QObject::connect(
            watcher, &QFutureWatcherBase::canceled, pool, [pool, id] { pool->cancel(id); });
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
        watcher->setFuture(future);
    });
    return future;
}

namespace {

/// Reads a message and makes a value of it; a status of OK whose message cannot be read is none.
template<typename Message, typename Reply, typename Make>
auto reader(Make make)
{
    return [make](QGrpcOperation &operation, const QString &place, Nanoseconds) -> Result<Reply> {
        const auto message = operation.read<Message>();
        return message ? make(*message) : Result<Reply>(Failure(unreadableError(place)));
    };
}

/// How a call of one message is begun.
template<typename Method, typename Message>
auto beginning(Method method, const Message &message)
{
    return [method, message](GrpcPool::Client &client, const QGrpcCallOptions &options) {
        return std::unique_ptr<QGrpcOperation>((client.*method)(message, options));
    };
}

template<typename Message>
using Method = std::unique_ptr<QGrpcCallReply> (GrpcPool::Client::*)(
    const Message &, const QGrpcCallOptions &);

template<typename Message>
Message named(const QString &model, const QString &version)
{
    Message message;
    message.setName(model);
    message.setVersion(version);
    return message;
}

} // namespace

QFuture<Result<bool>> GrpcTransport::serverReady()
{
    const Method<inference::ServerReadyRequest> method = &GrpcPool::Client::ServerReady;
    return call<bool>(beginning(method, inference::ServerReadyRequest()), shortTimeout,
        reader<inference::ServerReadyResponse, bool>(
            [](const inference::ServerReadyResponse &message) {
                return Result<bool>(message.ready());
            }));
}

QFuture<Result<bool>> GrpcTransport::modelReady(const QString &model, const QString &version)
{
    const Method<inference::ModelReadyRequest> method = &GrpcPool::Client::ModelReady;
    return call<bool>(beginning(method, named<inference::ModelReadyRequest>(model, version)),
        shortTimeout,
        reader<inference::ModelReadyResponse, bool>(
            [](const inference::ModelReadyResponse &message) {
                return Result<bool>(message.ready());
            }));
}

QFuture<Result<ServerMetadata>> GrpcTransport::serverMetadata()
{
    const Method<inference::ServerMetadataRequest> method = &GrpcPool::Client::ServerMetadata;
    return call<ServerMetadata>(beginning(method, inference::ServerMetadataRequest()), shortTimeout,
        reader<inference::ServerMetadataResponse, ServerMetadata>(
            [](const inference::ServerMetadataResponse &message) {
                return Result<ServerMetadata>(fromMessage(message));
            }));
}

QFuture<Result<ModelMetadata>> GrpcTransport::metadata(const QString &model, const QString &version)
{
    const Method<inference::ModelMetadataRequest> method = &GrpcPool::Client::ModelMetadata;
    return call<ModelMetadata>(
        beginning(method, named<inference::ModelMetadataRequest>(model, version)), shortTimeout,
        reader<inference::ModelMetadataResponse, ModelMetadata>(
            [](const inference::ModelMetadataResponse &message) { return fromMessage(message); }));
}

QFuture<Result<ModelConfig>> GrpcTransport::config(const QString &model, const QString &version)
{
    if (model.isEmpty()) {
        return ready(Result<ModelConfig>(
            fail(ApiError::Kind::InvalidRequest, u"No model is named: Triton needs one."_s)));
    }
    const Method<inference::ModelConfigRequest> method = &GrpcPool::Client::ModelConfig;
    return call<ModelConfig>(
        beginning(method, named<inference::ModelConfigRequest>(model, version)), shortTimeout,
        reader<inference::ModelConfigResponse, ModelConfig>(
            [](const inference::ModelConfigResponse &message) {
                return fromMessage(message.config());
            }))
        .then(&m_context,
            [this, model, version](const Result<ModelConfig> &config) {
                // KServe's other servers have no configurations.
                return !config && config.error().code == "Unimplemented"_L1
                    ? metadata(model, version).then([](const Result<ModelMetadata> &metadata) {
                          return metadata.map(&configFrom);
                      })
                    : ready(config);
            })
        .unwrap();
}

QFuture<Result<QList<IndexEntry>>> GrpcTransport::index()
{
    const Method<inference::RepositoryIndexRequest> method = &GrpcPool::Client::RepositoryIndex;
    return call<QList<IndexEntry>>(beginning(method, inference::RepositoryIndexRequest()),
        shortTimeout,
        reader<inference::RepositoryIndexResponse, QList<IndexEntry>>(
            [](const inference::RepositoryIndexResponse &message) {
                return Result<QList<IndexEntry>>(fromMessage(message));
            }));
}

QFuture<Result<QList<ModelStatistics>>> GrpcTransport::statistics(
    const QString &model, const QString &version)
{
    const Method<inference::ModelStatisticsRequest> method = &GrpcPool::Client::ModelStatistics;
    return call<QList<ModelStatistics>>(
        beginning(method, named<inference::ModelStatisticsRequest>(model, version)), shortTimeout,
        reader<inference::ModelStatisticsResponse, QList<ModelStatistics>>(
            [](const inference::ModelStatisticsResponse &message) {
                return Result<QList<ModelStatistics>>(fromMessage(message));
            }));
}

QFuture<Result<>> GrpcTransport::change(const ModelChange &change, Milliseconds timeout)
{
    if (const auto problem = problemWith(change)) {
        return ready(Result<>(fail(ApiError::Kind::InvalidRequest, *problem)));
    }
    // What the answer holds is that it is there.
    const auto read = [](QGrpcOperation &, const QString &, Nanoseconds) { return Result<>(); };
    const Method<inference::RepositoryModelLoadRequest> load
        = &GrpcPool::Client::RepositoryModelLoad;
    const Method<inference::RepositoryModelUnloadRequest> unload
        = &GrpcPool::Client::RepositoryModelUnload;
    const QFuture<Result<>> changed = change.kind == ModelChange::Kind::Load
        ? call<void>(beginning(load, loadMessage(change)), timeout, read)
        : call<void>(beginning(unload, unloadMessage(change)), timeout, read);
    return QFuture(changed).then([change](const Result<> &done) {
        return done ? done : Result<>(Failure(changeError(done.error(), change)));
    });
}

QFuture<Result<InferReply>> GrpcTransport::infer(const InferRequest &request, Milliseconds timeout)
{
    const Result<inference::ModelInferRequest> message = toMessage(request);
    if (!message) {
        return ready(Result<InferReply>(Failure(message.error())));
    }
    const Method<inference::ModelInferRequest> method = &GrpcPool::Client::ModelInfer;
    return call<InferReply>(beginning(method, *message), timeout,
        [](QGrpcOperation &operation, const QString &place,
            Nanoseconds latency) -> Result<InferReply> {
            const auto answer = operation.read<inference::ModelInferResponse>();
            Result<InferReply> reply = answer ? fromMessage(*answer)
                                              : Result<InferReply>(Failure(unreadableError(place)));
            if (reply) {
                reply->latency = latency;
            }
            return reply;
        });
}

std::unique_ptr<ReplyStream> GrpcTransport::stream(
    const InferRequest &request, Milliseconds firstReply, Milliseconds idle)
{
    auto stream = std::make_unique<ReplyStream>();
    InferRequest flagged = request;
    // A backend that ends with nothing but a flag would else be silent about its end.
    flagged.parameters.insert(u"triton_enable_empty_final_response"_s, true);
    const Result<inference::ModelInferRequest> message = toMessage(flagged);
    if (m_refusal || !message) {
        const ApiError error = m_refusal ? *m_refusal : message.error();
        QMetaObject::invokeMethod(
            stream.get(), [stream = stream.get(), error] { stream->finish(error); },
            Qt::QueuedConnection);
        return stream;
    }
    // The guard is looked at in the stream's own thread alone, where it is deleted.
    const auto tell = [context = &m_context, guard = QPointer<ReplyStream>(stream.get())](
                          const std::function<void(ReplyStream &)> &action) {
        QMetaObject::invokeMethod(context, [guard, action] {
            if (guard) {
                action(*guard);
            }
        });
    };
    const GrpcStream::Listener listener{
        .sent = [tell](TimePoint at) { tell([at](ReplyStream &to) { Q_EMIT to.sent(at); }); },
        .received =
            [tell](const InferReply &reply, TimePoint at) {
                tell([reply, at](ReplyStream &to) { Q_EMIT to.received(reply, at); });
            },
        .finished =
            [tell, key = m_key](const std::optional<ApiError> &error) {
                tell([error, key](ReplyStream &to) {
                    to.finish(error ? std::optional(withoutKey(*error, key)) : std::nullopt);
                });
            }};
    // Made here, so that cancelling finds it whenever it comes.
    const auto wire = std::make_shared<QPointer<GrpcStream>>();
    QMetaObject::invokeMethod(m_pool, [=, pool = m_pool, place = m_place, request = *message] {
        auto *made = new GrpcStream(*pool, place, idle, listener);
        *wire = made;
        made->start(request, firstReply);
    });
    stream->setCancel([pool = QPointer<GrpcPool>(m_pool), wire] {
        if (pool) {
            QMetaObject::invokeMethod(pool.data(), [wire] {
                if (*wire) {
                    (*wire)->cancel();
                }
            });
        }
    });
    return stream;
}

std::unique_ptr<Carrier> grpcCarrier()
{
    return std::make_unique<InferCarrier>(
        [](const Target &target) { return std::make_unique<GrpcTransport>(target); });
}

} // namespace Lorikeet::Triton
