// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "triton/transport.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <memory>

namespace Lorikeet::Triton {

/// One model at one server: asks it for results, as many at once as is allowed, the others in a
/// queue. The model's configuration is fetched before the first request, and every request checked
/// against it, so that a mistake is one sentence here instead of the server's guess.
///
/// Cancelling a future: one that waits in the queue is not sent, one that runs is ended, one that
/// has ended stays. Deleted, it cancels all. Lives in the thread of its transport.
class ModelClient final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString model;
        QString version; ///< empty: the server's choice
        /// How long to wait for a server or model that is loading. 0: not at all. One that is not
        /// there, or failed to load, is an error at once.
        Milliseconds wait{0};
        Milliseconds timeout{60'000}; ///< of each request, from the moment it is sent; 0: none
        int atOnce = 8;
        int queue = 128; ///< how many may wait besides; more are refused
        RetryPolicy retry; ///< for each request; by default none is sent twice
        RetryNotice told; ///< may be null
    };

    struct Call
    {
        /// All named, or none: then in the order of the configuration.
        QList<Tensor> inputs;
        QStringList outputs; ///< empty: all of the configuration
        QJsonObject parameters;
    };

    ModelClient(std::shared_ptr<InferTransport> transport, const Options &options,
        QObject *parent = nullptr);
    ~ModelClient() override;

    /// Whether server and model are ready, asked now.
    [[nodiscard]] QFuture<Result<bool>> isReady();
    /// Fetched once; waits as the options say.
    [[nodiscard]] QFuture<Result<ModelConfig>> config();
    /// One sample: where the model takes batches, inputs get a dimension of one in front, and
    /// outputs lose it.
    [[nodiscard]] QFuture<Result<InferReply>> inferSample(const Call &call);
    /// A batch: inputs and outputs as they are. Fails for a model that takes none.
    [[nodiscard]] QFuture<Result<InferReply>> inferBatch(const Call &call);

private:
    struct Job;

    [[nodiscard]] QFuture<Result<InferReply>> enqueue(const Call &call, bool isSample);
    void prepare();
    void onConfig(const Result<ModelConfig> &config);
    void onIndex(const ApiError &error, const Result<QList<IndexEntry>> &index);
    void prepareLater(const ApiError &error);
    void concludePreparation(const Result<ModelConfig> &config);
    void pump();
    void run(const std::shared_ptr<Job> &job);
    void send(const std::shared_ptr<Job> &job);
    [[nodiscard]] bool sendsAgain(const std::shared_ptr<Job> &job, const ApiError &error);
    void onCancelled(const std::shared_ptr<Job> &job);
    void finish(const std::shared_ptr<Job> &job, Result<InferReply> result);

    std::shared_ptr<InferTransport> m_transport;
    const Options m_options;
    std::optional<ModelConfig> m_config;
    bool m_isPreparing = false;
    TimePoint m_preparingSince;
    QList<std::shared_ptr<QPromise<Result<ModelConfig>>>> m_configWaiters;
    QList<std::shared_ptr<Job>> m_queue;
    QList<std::shared_ptr<Job>> m_running;
    qint64 m_nextId = 0;
};

/// The request that `call` means, or the first mistake in it. A decoupled model is one, unless the
/// answers are awaited as a stream.
[[nodiscard]] Result<InferRequest> checkedRequest(
    const ModelConfig &config, const ModelClient::Call &call, bool isSample, bool isStream = false);

} // namespace Lorikeet::Triton
