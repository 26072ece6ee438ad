// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "triton/modelclient.h"
#include "triton/replystream.h"

#include <QHash>

#include <functional>
#include <memory>

namespace Lorikeet::Triton {

/// One model asked for any number of answers to each request: for models that are decoupled, and
/// for all others too. Lives in the thread that made it; deleted, it cancels all.
class DecoupledModelClient final : public QObject
{
    Q_OBJECT

public:
    /// Of `options` the model, its version and the timeout count, the latter for the first answer
    /// and between two.
    DecoupledModelClient(std::shared_ptr<StreamingTransport> transport,
        const ModelClient::Options &options, QObject *parent = nullptr);
    ~DecoupledModelClient() override;

    /// Takes any number of calls at once. `received` gets each answer (of a sample, without the
    /// dimension of the batch), `finished` the end, once and last; both from the event loop.
    /// The number is for cancel().
    quint64 infer(const ModelClient::Call &call, bool isSample,
        std::function<void(const InferReply &, TimePoint)> received,
        std::function<void(const std::optional<ApiError> &)> finished);
    /// It ends with Kind::Cancelled, unless it has ended.
    void cancel(quint64 id);

private:
    struct Running;

    void begin(quint64 id, const Result<ModelConfig> &config);
    void receive(quint64 id, const InferReply &reply, TimePoint at);
    void finish(quint64 id, const std::optional<ApiError> &error);

    const ModelClient::Options m_options;
    std::shared_ptr<StreamingTransport> m_transport;
    ModelClient m_model; ///< for the configuration
    QHash<quint64, std::shared_ptr<Running>> m_running;
    quint64 m_next = 1;
};

} // namespace Lorikeet::Triton
