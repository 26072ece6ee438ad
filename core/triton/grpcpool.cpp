// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/grpcpool.h"

#include "http/httpexchange.h"
#include "triton/grpcstatus.h"
#include "triton/handshakelook.h"
#include "triton/sendatonce.h"

#include <QGrpcCallReply>
#include <QGrpcChannelOptions>
#include <QTimer>

#include <algorithm>

namespace Lorikeet::Triton {

namespace {

/// A server that turns connections away again and again gets no fourth.
constexpr int mostBeginnings = 3;

void discard(std::unique_ptr<QGrpcOperation> operation)
{
    if (operation) {
        operation->disconnect();
        if (!operation->isFinished()) {
            operation->cancel(); // deleting alone leaves the server at work
        }
        operation.release()->deleteLater(); // this may be within its own signal
    }
}

} // namespace

struct GrpcPool::Channel
{
    enum class State { Connecting, Up, Leaving };

    std::shared_ptr<QGrpcHttp2Channel> channel;
    std::unique_ptr<Client> client;
    std::unique_ptr<QGrpcOperation> greeting;
    State state = State::Connecting;
    int running = 0;
    int most = perConnection; ///< less where the server turned out to allow less
};

struct GrpcPool::Running
{
    Call call;
    Channel *channel = nullptr; ///< null while it waits
    std::unique_ptr<QGrpcOperation> operation;
    std::unique_ptr<QTimer> timer;
    int beginnings = 0;
    bool seen = false;
};

GrpcPool::GrpcPool(const QUrl &url, const QHash<QByteArray, QByteArray> &metadata,
    const QSslConfiguration &tls, Milliseconds connectTimeout)
    : m_url(url)
    , m_metadata(metadata)
    , m_tls(tls)
    , m_connectTimeout(connectTimeout)
{ }

GrpcPool::~GrpcPool()
{
    for (const std::shared_ptr<Running> &running : std::as_const(m_calls)) {
        if (running->operation) {
            running->operation->disconnect();
            running->operation->cancel();
        }
    }
    for (const std::unique_ptr<Channel> &channel : m_channels) {
        if (channel->greeting) {
            channel->greeting->disconnect();
            channel->greeting->cancel();
        }
    }
    m_calls.clear();
}

GrpcPool::CallId GrpcPool::start(Call call)
{
    const CallId id = m_next++;
    const auto running = std::make_shared<Running>();
    running->call = std::move(call);
    m_calls.insert(id, running);
    m_queue.append(id);
    pump();
    return id;
}

void GrpcPool::cancel(CallId id)
{
    if (m_calls.contains(id)) {
        end(id, errorFrom(QGrpcStatus(QtGrpc::StatusCode::Cancelled)));
    }
}

void GrpcPool::setSeen(CallId id)
{
    if (const std::shared_ptr<Running> running = m_calls.value(id)) {
        running->seen = true;
    }
}

QGrpcCallOptions GrpcPool::optionsFor(Milliseconds timeout) const
{
    QHash<QByteArray, QByteArray> metadata = m_metadata;
    if (timeout.count() > 0) {
        // Eight digits at most, by the protocol.
        metadata.insert("grpc-timeout",
            QByteArray::number(std::min<qint64>(timeout.count(), 99'999'999)) + 'm');
    }
    QGrpcCallOptions options;
    options.setMetadata(metadata);
    return options;
}

void GrpcPool::pump()
{
    while (!m_queue.isEmpty()) {
        const auto free = std::ranges::find_if(m_channels, [](const auto &channel) {
            return channel->state == Channel::State::Up && channel->running < channel->most;
        });
        if (free == m_channels.end()) {
            if (!m_failure && std::ranges::none_of(m_channels, [](const auto &channel) {
                    return channel->state == Channel::State::Connecting;
                })) {
                open();
            }
            return;
        }
        begin(m_queue.takeFirst(), **free);
    }
}

void GrpcPool::open()
{
    auto owned = std::make_unique<Channel>();
    Channel *channel = owned.get();
    m_channels.push_back(std::move(owned));
    QUrl url = m_url;
    QGrpcChannelOptions options;
    if (m_url.scheme() == QLatin1StringView("grpcs")) {
        url.setScheme(QStringLiteral("https"));
        options.setSslConfiguration(m_tls);
    } else {
        url.setScheme(QStringLiteral("http"));
    }
    channel->channel = std::make_shared<QGrpcHttp2Channel>(url, options);
    channel->client = std::make_unique<Client>();
    channel->client->attachChannel(channel->channel);
    channel->greeting = channel->client->ServerLive({}, optionsFor(m_connectTimeout));
    connect(channel->greeting.get(), &QGrpcOperation::finished, this,
        [this, channel](const QGrpcStatus &status) { onGreeted(channel, status); });
    if (m_connectTimeout.count() > 0) {
        // The operation is the context: the timer ends with it.
        QTimer::singleShot(m_connectTimeout, channel->greeting.get(), [this, channel] {
            onGreeted(channel,
                QGrpcStatus(
                    QtGrpc::StatusCode::Unavailable, QStringLiteral("Network error occurred 5")));
        });
    }
}

void GrpcPool::onGreeted(Channel *channel, const QGrpcStatus &status)
{
    discard(std::move(channel->greeting));
    // Whatever else the server says, it is there.
    if (!isNetworkError(status) && !wasNotProcessed(status)) {
        channel->state = Channel::State::Up;
        // As Qt's channel does where the address has none.
        sendAtOnce(quint16(m_url.port(m_url.scheme() == QLatin1StringView("grpcs") ? 443 : 80)));
        pump();
        return;
    }
    channel->state = Channel::State::Leaving;
    release(channel);
    if (m_failure) {
        return; // it is looked into already
    }
    m_failure = errorFrom(status);
    if (m_url.scheme() == QLatin1StringView("grpcs") && mayBeTls(*m_failure)) {
        auto *look = new HandshakeLook(m_url, m_tls, m_connectTimeout, this);
        connect(look, &HandshakeLook::finished, this, &GrpcPool::onHandshakeLooked);
    } else {
        onHandshakeLooked(std::nullopt);
    }
}

void GrpcPool::onHandshakeLooked(const std::optional<ApiError> &fault)
{
    const ApiError failure = *std::exchange(m_failure, std::nullopt);
    // All that wait would meet the same.
    const QList<CallId> waiting = std::exchange(m_queue, {});
    for (const CallId id : waiting) {
        end(id, fault ? fault : failure);
    }
}

void GrpcPool::begin(CallId id, Channel &channel)
{
    const std::shared_ptr<Running> running = m_calls.value(id);
    running->channel = &channel;
    ++channel.running;
    ++running->beginnings;
    running->operation = running->call.begin(*channel.client, optionsFor(running->call.timeout));
    connect(running->operation.get(), &QGrpcOperation::finished, this,
        [this, id](const QGrpcStatus &status) { onFinished(id, status); });
    if (running->call.timeout.count() > 0) {
        running->timer = std::make_unique<QTimer>();
        running->timer->setSingleShot(true);
        connect(running->timer.get(), &QTimer::timeout, this,
            [this, id] { end(id, errorFrom(QGrpcStatus(QtGrpc::StatusCode::DeadlineExceeded))); });
        running->timer->start(running->call.timeout);
    }
}

void GrpcPool::onFinished(CallId id, const QGrpcStatus &status)
{
    const std::shared_ptr<Running> running = m_calls.value(id);
    if (!running) {
        return;
    }
    const bool isUnseen = wasNotProcessed(status);
    if (isUnseen && isFull(status) && running->channel->running > 1) {
        running->channel->most = running->channel->running - 1;
        --running->beginnings; // others run: its turn will come
    } else if (isUnseen || isNetworkError(status)) {
        running->channel->state = Channel::State::Leaving;
    }
    if (!isUnseen || running->seen || !running->call.retryable
        || running->beginnings >= mostBeginnings) {
        end(id, errorFrom(status));
        return;
    }
    discard(std::move(running->operation));
    if (running->timer) {
        running->timer.release()->deleteLater();
    }
    Channel *channel = std::exchange(running->channel, nullptr);
    --channel->running;
    release(channel);
    m_queue.prepend(id);
    pump();
}

std::optional<ApiError> GrpcPool::errorFrom(const QGrpcStatus &status) const
{
    return status.isOk() ? std::nullopt : std::optional(grpcError(status, placeOf(m_url)));
}

void GrpcPool::end(CallId id, const std::optional<ApiError> &error)
{
    const std::shared_ptr<Running> running = m_calls.take(id);
    if (!running) {
        return; // the server's word and the deadline's came in the same turn
    }
    m_queue.removeOne(id);
    std::unique_ptr<QGrpcOperation> operation = std::move(running->operation);
    if (running->timer) {
        running->timer.release()->deleteLater();
    }
    running->call.ended(error, operation.get());
    discard(std::move(operation));
    if (running->channel) {
        --running->channel->running;
        release(running->channel);
    }
    pump();
}

void GrpcPool::release(Channel *channel)
{
    if (channel->state != Channel::State::Leaving || channel->running > 0) {
        return;
    }
    const auto found = std::ranges::find(m_channels, channel, &std::unique_ptr<Channel>::get);
    // Not now: this may be within a signal of what it owns.
    QTimer::singleShot(0, this, [kept = std::shared_ptr<Channel>(std::move(*found))] { });
    m_channels.erase(found);
}

} // namespace Lorikeet::Triton

#include "moc_grpcpool.cpp"
