// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "triton/grpcpool.h"
#include "triton/infer.h"

#include <QTimer>

class QGrpcBidiStream;

namespace Lorikeet::Triton {

/// One stream in the pool's thread: reads in the slot, and hands on what came. Deletes itself once
/// it has ended.
class GrpcStream final : public QObject
{
    Q_OBJECT

public:
    /// Who listens; called in the pool's thread.
    struct Listener
    {
        std::function<void(TimePoint)> sent; ///< again where it has to be sent again
        std::function<void(const InferReply &, TimePoint)> received;
        std::function<void(const std::optional<ApiError> &)> finished; ///< once and last
    };

    GrpcStream(GrpcPool &pool, QString place, Milliseconds idle, Listener listener);

    void start(const inference::ModelInferRequest &request, Milliseconds first);
    /// The other side wants no more; nothing is told.
    void cancel();

private:
    void onMessage();
    void take(const inference::ModelInferResponse &response, TimePoint at);
    void onTimeout();
    void onEnded(const std::optional<ApiError> &error);
    void conclude(const std::optional<ApiError> &error);

    GrpcPool &m_pool;
    QString m_place;
    Milliseconds m_idle;
    Listener m_listener;
    QTimer m_timer;
    GrpcPool::CallId m_id = 0;
    QGrpcBidiStream *m_wire = nullptr; ///< the pool's; between begin() and the end
    bool m_hasAny = false;
    bool m_isOver = false; ///< nothing more is told
};

} // namespace Lorikeet::Triton
