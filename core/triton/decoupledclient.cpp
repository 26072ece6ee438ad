// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/decoupledclient.h"

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

struct DecoupledModelClient::Running
{
    ModelClient::Call call;
    bool isSample = false;
    bool batches = false; ///< of the model; known once it has begun
    std::function<void(const InferReply &, TimePoint)> received;
    std::function<void(const std::optional<ApiError> &)> finished;
    std::unique_ptr<ReplyStream> stream; ///< null until the configuration is there
};

DecoupledModelClient::DecoupledModelClient(std::shared_ptr<StreamingTransport> transport,
    const ModelClient::Options &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_transport(std::move(transport))
    , m_model(m_transport, options)
{ }

DecoupledModelClient::~DecoupledModelClient() { m_running.clear(); }

quint64 DecoupledModelClient::infer(const ModelClient::Call &call, bool isSample,
    std::function<void(const InferReply &, TimePoint)> received,
    std::function<void(const std::optional<ApiError> &)> finished)
{
    const quint64 id = m_next++;
    const auto running = std::make_shared<Running>();
    running->call = call;
    running->isSample = isSample;
    running->received = std::move(received);
    running->finished = std::move(finished);
    m_running.insert(id, running);
    m_model.config().then(
        this, [this, id](const Result<ModelConfig> &config) { begin(id, config); });
    return id;
}

void DecoupledModelClient::begin(quint64 id, const Result<ModelConfig> &config)
{
    const std::shared_ptr<Running> running = m_running.value(id);
    if (!running) {
        return; // cancelled meanwhile
    }
    Result<InferRequest> request = config
        ? checkedRequest(*config, running->call, running->isSample, true)
        : Result<InferRequest>(Failure(config.error()));
    if (!request) {
        finish(id, request.error());
        return;
    }
    running->batches = config->batches();
    request->model = m_options.model;
    request->version = m_options.version;
    request->id = QString::number(id);
    running->stream = m_transport->stream(*request, m_options.timeout, m_options.timeout);
    connect(running->stream.get(), &ReplyStream::received, this,
        [this, id](const InferReply &reply, TimePoint at) { receive(id, reply, at); });
    connect(running->stream.get(), &ReplyStream::finished, this,
        [this, id](const std::optional<ApiError> &error) { finish(id, error); });
}

void DecoupledModelClient::receive(quint64 id, const InferReply &reply, TimePoint at)
{
    const std::shared_ptr<Running> running = m_running.value(id);
    if (!running) {
        return;
    }
    InferReply sample = reply;
    if (running->isSample && running->batches) {
        for (Tensor &output : sample.outputs) {
            const Result<Tensor> first = firstOfBatch(output);
            if (!first) {
                finish(id, first.error());
                return;
            }
            output = *first;
        }
    }
    running->received(sample, at);
}

void DecoupledModelClient::finish(quint64 id, const std::optional<ApiError> &error)
{
    const std::shared_ptr<Running> running = m_running.take(id);
    if (!running) {
        return;
    }
    if (running->stream) {
        running->stream->disconnect(this);
        running->stream.release()->deleteLater(); // this may be within its own signal
    }
    running->finished(error);
}

void DecoupledModelClient::cancel(quint64 id)
{
    if (!m_running.contains(id)) {
        return;
    }
    ApiError error;
    error.kind = ApiError::Kind::Cancelled;
    error.message = u"The answer was stopped."_s;
    // Not within this call, as all other ends.
    QMetaObject::invokeMethod(this, [this, id, error] { finish(id, error); }, Qt::QueuedConnection);
}

} // namespace Lorikeet::Triton

#include "moc_decoupledclient.cpp"
