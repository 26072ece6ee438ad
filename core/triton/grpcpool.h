// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/endpoint.h"

#include "kserve_client.grpc.qpb.h"

#include <QGrpcCallOptions>
#include <QGrpcHttp2Channel>
#include <QGrpcOperation>
#include <QGrpcStatus>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSslConfiguration>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace Lorikeet::Triton {

/// Calls to one server, over as many connections as they need. Lives in one thread, as Qt's
/// channels must. What it is for is that Qt's channel, as of 6.8:
///
/// - fails at once beyond the streams a server allows: a connection carries 64 calls here, others
///   wait or open another one;
/// - goes on using a connection whose server said GOAWAY: such a one is left to its running calls,
///   and what the server has certainly not seen is sent over a fresh one;
/// - sends what was cancelled before the connection stood: nothing is begun before a first call
///   (ServerLive) came back, and what is cancelled in the queue is not sent;
/// - does not cancel what is deleted: it is cancelled first;
/// - tells no deadline to the server: it is told here (grpc-timeout), and held here as well;
/// - lets the system hold back what it sends (Nagle's algorithm), up to 40 ms: see sendAtOnce();
/// - says nothing about why TLS failed: a handshake of its own, over which no request goes, does.
class GrpcPool final : public QObject
{
    Q_OBJECT

public:
    using Client = inference::GRPCInferenceService::Client;
    using CallId = quint64;

    struct Call
    {
        /// Begins it, and connects what it needs: a stream's messages must be read in the slot.
        std::function<std::unique_ptr<QGrpcOperation>(Client &, const QGrpcCallOptions &)> begin;
        /// Once. The operation is null if it was never begun.
        std::function<void(const std::optional<ApiError> &, QGrpcOperation *)> ended;
        Milliseconds timeout{0}; ///< from the moment it is begun; 0: none
        bool retryable = true; ///< may be begun again while no message came
    };

    /// `url` is grpc or grpcs; the latter is spoken by `tls`. Not connected before there is a call.
    GrpcPool(const QUrl &url, const QHash<QByteArray, QByteArray> &metadata,
        const QSslConfiguration &tls, Milliseconds connectTimeout);
    ~GrpcPool() override;

    [[nodiscard]] CallId start(Call call);
    /// It ends with Cancelled, unless it has ended.
    void cancel(CallId id);
    /// For streams, at their first message: the server has seen the call.
    void setSeen(CallId id);

    static constexpr int perConnection = 64;

private:
    struct Channel;
    struct Running;

    void pump();
    void open();
    void onGreeted(Channel *channel, const QGrpcStatus &status);
    void onHandshakeLooked(const std::optional<ApiError> &fault);
    void begin(CallId id, Channel &channel);
    void onFinished(CallId id, const QGrpcStatus &status);
    void end(CallId id, const std::optional<ApiError> &error);
    [[nodiscard]] std::optional<ApiError> errorFrom(const QGrpcStatus &status) const;
    void release(Channel *channel);
    [[nodiscard]] QGrpcCallOptions optionsFor(Milliseconds timeout) const;

    const QUrl m_url;
    const QHash<QByteArray, QByteArray> m_metadata;
    const QSslConfiguration m_tls;
    const Milliseconds m_connectTimeout;
    std::vector<std::unique_ptr<Channel>> m_channels;
    QHash<CallId, std::shared_ptr<Running>> m_calls; ///< waiting and begun
    QList<CallId> m_queue;
    CallId m_next = 1;
    /// Why no connection came about, while it is looked into.
    std::optional<ApiError> m_failure;
};

} // namespace Lorikeet::Triton
