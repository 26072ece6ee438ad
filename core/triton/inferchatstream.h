// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/secret.h"
#include "http/chatstream.h"
#include "http/limitwatch.h"
#include "model/chatrequest.h"
#include "triton/chattensors.h"
#include "triton/inferserver.h"
#include "triton/replystream.h"

#include <memory>
#include <optional>

namespace Lorikeet::Triton {

/// An answer of a model that writes, asked for with tensors on a stream of its own. Times are the
/// transport's, taken where messages are sent and arrive.
///
/// Its limits are those of HttpChatStream; "bytes" are those of its outputs.
class InferChatStream final : public ChatStream
{
    Q_OBJECT

public:
    InferChatStream(std::shared_ptr<InferServer> server, const Target &target,
        const ChatRequest &request, QObject *parent = nullptr);

    void stop() override;

    [[nodiscard]] std::optional<TimePoint> sentAt() const override { return m_sent; }

private:
    void begin(const Result<ModelConfig> &config);
    void onReceived(const InferReply &reply, TimePoint at);
    void onFinished(const std::optional<ApiError> &error);
    void end(const std::optional<ApiError> &error, TimePoint at);
    [[nodiscard]] std::optional<StreamLimit> nextLimit() const;

    std::shared_ptr<InferServer> m_server;
    Endpoint m_endpoint;
    ChatRequest m_request;
    Secret m_key; ///< only to keep it out of errors a server echoes it in
    std::unique_ptr<ReplyStream> m_stream; ///< null until the model's configuration is there
    ChatReader m_reader;
    ChatPieces m_pieces;
    ChatAccumulator m_accumulator;
    std::optional<TimePoint> m_sent;
    std::optional<TimePoint> m_lastReceived;
    bool m_ended = false;
    LimitWatch m_limits;
};

} // namespace Lorikeet::Triton
