// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/grpctransport.h"

#include "triton/grpcpool.h"
#include "triton/grpcwire.h"
#include "triton/httptransport.h"
#include "triton/tritonaddress.h"

#include <QFutureWatcher>
#include <QGrpcBidiStream>
#include <QGrpcCallReply>
#include <QPointer>
#include <QPromise>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Triton {

namespace {

/// Of requests that no model has a part in.
constexpr Milliseconds shortTimeout = 15s;
/// How long a server may take to close a stream whose last answer was there.
constexpr Milliseconds closingTimeout = 10s;

/// The headers of HTTP as metadata: lower case, the access token under gRPC's name.
QHash<QByteArray, QByteArray> metadataFor(const Target &target)
{
    QHash<QByteArray, QByteArray> metadata;
    const Result<Headers> headers = tritonHeaders(target, {}, false);
    for (const Header &header : headers.value_or(Headers())) {
        const QByteArray name = header.name.toLower();
        if (name == "triton-access-token") {
            metadata.insert("triton-grpc-protocol-triton-access-token", header.value);
        } else if (name != "accept") {
            metadata.insert(name, header.value);
        }
    }
    return metadata;
}

/// One stream in the pool's thread: reads in the slot, and hands on what came.
class StreamReader final : public QObject
{
public:
    using Received = std::function<void(const InferReply &, TimePoint)>;
    using Finished = std::function<void(const std::optional<ApiError> &)>;

    StreamReader(
        GrpcPool &pool, QString place, Milliseconds idle, Received received, Finished finished)
        : QObject(&pool)
        , m_pool(pool)
        , m_place(std::move(place))
        , m_idle(idle)
        , m_received(std::move(received))
        , m_finished(std::move(finished))
    {
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, &StreamReader::onTimeout);
    }

    void start(const inference::ModelInferRequest &request, Milliseconds first)
    {
        if (first.count() > 0) {
            m_timer.start(first);
        }
        GrpcPool::Call call;
        call.begin = [this, request](GrpcPool::Client &client, const QGrpcCallOptions &options) {
            std::unique_ptr<QGrpcBidiStream> stream = client.ModelStreamInfer(request, options);
            m_wire = stream.get();
            connect(m_wire, &QGrpcBidiStream::messageReceived, this, &StreamReader::onMessage);
            return std::unique_ptr<QGrpcOperation>(std::move(stream));
        };
        call.ended = [this](const QGrpcStatus &status, QGrpcOperation *) { onEnded(status); };
        m_id = m_pool.start(std::move(call));
    }

    /// The other side wants no more; nothing is told.
    void cancel()
    {
        m_isOver = true;
        m_pool.cancel(m_id);
    }

private:
    void onMessage()
    {
        const TimePoint at = Clock::now();
        m_pool.setSeen(m_id);
        // Now or never: the next message takes this one's place.
        const auto message = m_wire->read<inference::ModelStreamInferResponse>();
        if (m_isOver) {
            return;
        }
        m_hasAny = true;
        m_timer.stop();
        if (m_idle.count() > 0) {
            m_timer.start(m_idle);
        }
        if (!message) {
            conclude(unreadableError(m_place));
        } else if (!message->errorMessage().isEmpty()) {
            // Terminal: one from before the model ran has no flag that says so.
            conclude(errorFrom(message->errorMessage()));
        } else {
            take(message->inferResponse(), at);
        }
    }

    void take(const inference::ModelInferResponse &response, TimePoint at)
    {
        const Result<InferReply> reply = fromMessage(response);
        if (!reply) {
            conclude(reply.error());
            return;
        }
        // What the last one holds comes before its being the last.
        if (!reply->outputs.isEmpty()) {
            m_received(*reply, at);
        }
        if (reply->parameters.value(u"triton_final_response"_s).toBool()) {
            conclude(std::nullopt);
        }
    }

    [[nodiscard]] ApiError errorFrom(const QString &text) const
    {
        return grpcError(QGrpcStatus(text.contains("unknown model"_L1, Qt::CaseInsensitive)
                                 ? QtGrpc::StatusCode::NotFound
                                 : QtGrpc::StatusCode::Internal,
                             QString::fromLatin1(text.toUtf8().toPercentEncoding())),
            m_place);
    }

    void onTimeout()
    {
        if (m_isOver) { // its last answer was there, and the server does not close
            m_pool.cancel(m_id);
            return;
        }
        ApiError error;
        error.kind = m_hasAny ? ApiError::Kind::IdleTimeout : ApiError::Kind::FirstTokenTimeout;
        error.message = m_hasAny ? u"%1 went silent amid its answer."_s.arg(m_place)
                                 : u"%1 did not begin its answer in time."_s.arg(m_place);
        conclude(error);
    }

    void onEnded(const QGrpcStatus &status)
    {
        m_timer.stop();
        if (!m_isOver) {
            ApiError error = grpcError(status, m_place);
            if (status.isOk()) {
                error = {};
                error.kind = ApiError::Kind::Truncated;
                error.message = u"The answer broke off: %1 ended the stream before it said that "
                                "it was finished."_s.arg(m_place);
            }
            m_isOver = true;
            m_finished(error);
        }
        deleteLater();
    }

    /// The person knows; what is left is to close the stream, in good order or not.
    void conclude(const std::optional<ApiError> &error)
    {
        m_isOver = true;
        m_timer.stop();
        m_finished(error);
        if (error) {
            m_pool.cancel(m_id);
        } else {
            m_wire->writesDone(); // else it stays open, and keeps a place on its connection
            m_timer.start(closingTimeout);
        }
    }

    GrpcPool &m_pool;
    QString m_place;
    Milliseconds m_idle;
    Received m_received;
    Finished m_finished;
    QTimer m_timer;
    GrpcPool::CallId m_id = 0;
    QGrpcBidiStream *m_wire = nullptr; ///< the pool's; between begin() and the end
    bool m_hasAny = false;
    bool m_isOver = false; ///< nothing more is told
};

template<typename T>
QFuture<Result<T>> ready(Result<T> result)
{
    return QtFuture::makeReadyValueFuture(std::move(result));
}

} // namespace

ReplyStream::~ReplyStream()
{
    if (!std::exchange(m_over, true) && m_cancel) {
        m_cancel();
    }
}

void ReplyStream::cancel()
{
    if (m_over) {
        return;
    }
    if (m_cancel) {
        m_cancel();
    }
    ApiError error;
    error.kind = ApiError::Kind::Cancelled;
    error.message = u"The answer was stopped."_s;
    finish(error);
}

void ReplyStream::finish(const std::optional<ApiError> &error)
{
    if (!std::exchange(m_over, true)) {
        Q_EMIT finished(error);
    }
}

GrpcTransport::GrpcTransport(const Target &target)
    : m_key(target.key)
{
    const Result<Address> address
        = addressFrom(target.endpoint.url.toString(), Address::Transport::Grpc);
    if (!address) {
        m_wrongAddress = address.error();
        return;
    }
    if (address->transport != Address::Transport::Grpc) {
        m_wrongAddress = fail(ApiError::Kind::InvalidRequest,
            u"“%1” is an address of HTTP, and this goes over gRPC: use grpc:// and the server's "
            "port for that (8001)."_s.arg(target.endpoint.url.toString()))
                             .value();
        return;
    }
    m_place = placeOf(address->url);
    m_pool = new GrpcPool(address->url, metadataFor(target), target.endpoint.timeouts.connect);
    m_pool->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_pool, &QObject::deleteLater);
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
    if (m_wrongAddress) {
        return ready(Result<Reply>(Failure(*m_wrongAddress)));
    }
    auto promise = std::make_shared<QPromise<Result<Reply>>>();
    promise->start();
    const QFuture<Result<Reply>> future = promise->future();
    QMetaObject::invokeMethod(m_pool, [=, pool = m_pool, place = m_place, key = m_key] {
        const TimePoint start = Clock::now();
        GrpcPool::Call call;
        call.timeout = timeout;
        call.begin = begin;
        call.ended = [=](const QGrpcStatus &status, QGrpcOperation *operation) {
            Result<Reply> result = status.isOk() && operation
                ? read(*operation, place, Clock::now() - start)
                : Result<Reply>(Failure(grpcError(status, place)));
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

QFuture<Result<ModelConfig>> GrpcTransport::config(const QString &model, const QString &version)
{
    if (model.isEmpty()) {
        return ready(Result<ModelConfig>(
            fail(ApiError::Kind::InvalidRequest, u"No model is named: Triton needs one."_s)));
    }
    const Method<inference::ModelConfigRequest> method = &GrpcPool::Client::ModelConfig;
    const auto metadata = [this, model, version] {
        const Method<inference::ModelMetadataRequest> other = &GrpcPool::Client::ModelMetadata;
        return call<ModelConfig>(
            beginning(other, named<inference::ModelMetadataRequest>(model, version)), shortTimeout,
            reader<inference::ModelMetadataResponse, ModelConfig>(
                [](const inference::ModelMetadataResponse &message) {
                    return fromMessage(message).map(&configFrom);
                }));
    };
    return call<ModelConfig>(
        beginning(method, named<inference::ModelConfigRequest>(model, version)), shortTimeout,
        reader<inference::ModelConfigResponse, ModelConfig>(
            [](const inference::ModelConfigResponse &message) {
                return fromMessage(message.config());
            }))
        .then(&m_context,
            [metadata](const Result<ModelConfig> &config) {
                // KServe's other servers have no configurations.
                return !config && config.error().code == "Unimplemented"_L1 ? metadata()
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
    if (m_wrongAddress || !message) {
        const ApiError error = m_wrongAddress ? *m_wrongAddress : message.error();
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
    const auto received = [tell](const InferReply &reply, TimePoint at) {
        tell([reply, at](ReplyStream &to) { Q_EMIT to.received(reply, at); });
    };
    const auto finished = [tell, key = m_key](const std::optional<ApiError> &error) {
        tell([error, key](ReplyStream &to) {
            to.finish(error ? std::optional(withoutKey(*error, key)) : std::nullopt);
        });
    };
    // Made here, so that cancelling finds it whenever it comes.
    const auto reader = std::make_shared<QPointer<StreamReader>>();
    QMetaObject::invokeMethod(m_pool, [=, pool = m_pool, place = m_place, request = *message] {
        auto *made = new StreamReader(*pool, place, idle, received, finished);
        *reader = made;
        made->start(request, firstReply);
    });
    stream->m_cancel = [pool = QPointer<GrpcPool>(m_pool), reader] {
        if (pool) {
            QMetaObject::invokeMethod(pool.data(), [reader] {
                if (*reader) {
                    (*reader)->cancel();
                }
            });
        }
    };
    return stream;
}

} // namespace Lorikeet::Triton

#include "moc_grpctransport.cpp"
