// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/grpcstream.h"

#include "providers/errorbody.h"
#include "triton/grpcstatus.h"
#include "triton/grpcwire.h"

#include <QGrpcBidiStream>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Triton {

namespace {

/// How long a server may take to close a stream whose last answer was there.
constexpr Milliseconds closingTimeout = 10s;

} // namespace

GrpcStream::GrpcStream(GrpcPool &pool, QString place, Milliseconds idle, Listener listener)
    : QObject(&pool)
    , m_pool(pool)
    , m_place(std::move(place))
    , m_idle(idle)
    , m_listener(std::move(listener))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &GrpcStream::onTimeout);
}

void GrpcStream::start(const inference::ModelInferRequest &request, Milliseconds first)
{
    if (first.count() > 0) {
        m_timer.start(first);
    }
    GrpcPool::Call call;
    call.begin = [this, request](GrpcPool::Client &client, const QGrpcCallOptions &options) {
        std::unique_ptr<QGrpcBidiStream> stream = client.ModelStreamInfer(request, options);
        m_wire = stream.get();
        connect(m_wire, &QGrpcBidiStream::messageReceived, this, &GrpcStream::onMessage);
        m_listener.sent(Clock::now());
        return std::unique_ptr<QGrpcOperation>(std::move(stream));
    };
    call.ended = [this](const std::optional<ApiError> &error, QGrpcOperation *) { onEnded(error); };
    m_id = m_pool.start(std::move(call));
}

void GrpcStream::cancel()
{
    m_isOver = true;
    m_pool.cancel(m_id);
}

void GrpcStream::onMessage()
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
        conclude(streamError(message->errorMessage(), m_place));
    } else {
        take(message->inferResponse(), at);
    }
}

void GrpcStream::take(const inference::ModelInferResponse &response, TimePoint at)
{
    const Result<InferReply> reply = fromMessage(response);
    if (!reply) {
        conclude(reply.error());
        return;
    }
    // What the last one holds comes before its being the last.
    if (!reply->outputs.isEmpty()) {
        m_listener.received(*reply, at);
    }
    if (reply->parameters.value(u"triton_final_response"_s).toBool()) {
        conclude(std::nullopt);
    }
}

void GrpcStream::onTimeout()
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

void GrpcStream::onEnded(const std::optional<ApiError> &error)
{
    m_timer.stop();
    if (!std::exchange(m_isOver, true)) {
        m_listener.finished(
            error.value_or(truncatedBefore(u"%1 said that it was finished"_s.arg(m_place))));
    }
    deleteLater();
}

/// The person knows; what is left is to close the stream, in good order or not.
void GrpcStream::conclude(const std::optional<ApiError> &error)
{
    m_isOver = true;
    m_timer.stop();
    m_listener.finished(error);
    if (error) {
        m_pool.cancel(m_id);
    } else {
        m_wire->writesDone(); // else it stays open, and keeps a place on its connection
        m_timer.start(closingTimeout);
    }
}

} // namespace Lorikeet::Triton

#include "moc_grpcstream.cpp"
