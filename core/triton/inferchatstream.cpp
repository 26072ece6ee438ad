// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/inferchatstream.h"

#include "http/httpexchange.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "triton/chatparameters.h"

#include <QPointer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

/// What the endpoint is known as, unless its model shows that it is something else.
Server serverOf(const Endpoint &endpoint, const ModelConfig &config)
{
    const auto takes = [&config](QStringView name) {
        return std::ranges::find(config.inputs, name, &TensorInfo::name) != config.inputs.end();
    };
    const bool isTensorRt = takes(u"max_tokens") && !takes(u"sampling_parameters");
    return isTensorRt ? Server::TritonTensorRtLlm : serverFromName(endpoint.server);
}

QString modelOf(const Endpoint &endpoint, const ChatRequest &request)
{
    return request.model.isEmpty() ? endpoint.model : request.model;
}

QString versionOf(const ChatRequest &request)
{
    return request.parameters.value(u"model_version"_s).toString();
}

} // namespace

InferChatStream::InferChatStream(std::shared_ptr<InferServer> server, const Target &target,
    const ChatRequest &request, QObject *parent)
    : ChatStream(parent)
    , m_server(std::move(server))
    , m_endpoint(target.endpoint)
    , m_request(request)
    , m_key(target.key)
    , m_accumulator(Clock::now())
    , m_limits([this] { return m_ended ? std::nullopt : nextLimit(); },
          [this](ApiError::Kind kind, TimePoint at) {
              end(streamLimitError(kind, m_endpoint.timeouts, m_endpoint.url), at);
          })
{
    if (const Provider *provider = findProvider(u"triton")) {
        m_accumulator.outcome().notes = provider->notes(target, request);
    }
    // What is wrong by itself is not worth a question.
    const Result<QJsonObject> inputs = chatInputs(serverFromName(m_endpoint.server), request);
    const Result<QString> route = modelRoute(modelOf(m_endpoint, request), versionOf(request));
    if (!inputs || !route) {
        end(inputs ? route.error() : inputs.error(), Clock::now());
        return;
    }
    m_limits.look();
    m_server->config(modelOf(m_endpoint, request), versionOf(request))
        .then(this, [this](const Result<ModelConfig> &config) { begin(config); });
}

void InferChatStream::stop()
{
    ApiError error;
    error.kind = ApiError::Kind::Cancelled;
    error.message = u"The answer was stopped."_s;
    end(error, Clock::now());
}

void InferChatStream::begin(const Result<ModelConfig> &config)
{
    if (m_ended) {
        return;
    }
    Result<InferRequest> request = config ? chatInputs(serverOf(m_endpoint, *config), m_request)
                                                .and_then([&config](const QJsonObject &inputs) {
                                                    return chatRequest(*config, inputs);
                                                })
                                          : Result<InferRequest>(Failure(config.error()));
    if (!request) {
        end(request.error(), Clock::now());
        return;
    }
    request->model = modelOf(m_endpoint, m_request);
    request->version = versionOf(m_request);
    request->id = u"1"_s; // alone on its stream
    m_stream = m_server->transport().stream(*request, Milliseconds(0), Milliseconds(0));
    connect(m_stream.get(), &ReplyStream::sent, this, [this](TimePoint at) {
        m_sent = at;
        m_accumulator.outcome().timing.sent = at - m_accumulator.outcome().timing.start;
    });
    connect(m_stream.get(), &ReplyStream::received, this, &InferChatStream::onReceived);
    connect(m_stream.get(), &ReplyStream::finished, this, &InferChatStream::onFinished);
}

void InferChatStream::onReceived(const InferReply &reply, TimePoint at)
{
    if (m_ended) {
        return;
    }
    StreamTiming &timing = m_accumulator.outcome().timing;
    const bool isFirst = !timing.firstByte;
    m_lastReceived = at;
    for (const Tensor &output : reply.outputs) {
        timing.bytesReceived += output.data.size();
    }
    StreamEvents batch;
    m_pieces.add(m_reader.read(reply), at, batch);
    m_accumulator.add(batch);
    const QPointer<InferChatStream> self(this);
    if (isFirst) {
        timing.firstByte = at - timing.start;
        m_limits.look(); // the idle limit begins
        Q_EMIT started();
    }
    if (self && !batch.isEmpty()) {
        Q_EMIT events(batch);
    }
}

void InferChatStream::onFinished(const std::optional<ApiError> &error)
{
    const TimePoint at = m_lastReceived.value_or(Clock::now());
    if (!error) {
        end(m_pieces.atEnd(), at);
        return;
    }
    end(chatError(*error), Clock::now());
}

void InferChatStream::end(const std::optional<ApiError> &error, TimePoint at)
{
    if (std::exchange(m_ended, true)) {
        return;
    }
    m_limits.look(); // there are none any more
    ChatOutcome &outcome = m_accumulator.outcome();
    outcome.timing.end = at - outcome.timing.start;
    if (m_stream) {
        m_stream->disconnect(this);
        m_stream.release()->deleteLater(); // this may be within its own signal
    }
    if (error) {
        outcome.error = withoutKey(*error, m_key);
        if (error->kind != ApiError::Kind::Cancelled) {
            m_server->forget(modelOf(m_endpoint, m_request));
        }
    }
    QMetaObject::invokeMethod(
        this,
        [this] {
            // A local, since a receiver may delete this while it reads it.
            const ChatOutcome result = std::move(m_accumulator.outcome());
            Q_EMIT finished(result);
        },
        Qt::QueuedConnection);
}

std::optional<StreamLimit> InferChatStream::nextLimit() const
{
    const StreamTiming &timing = m_accumulator.outcome().timing;
    return nextStreamLimit(m_endpoint.timeouts,
        {.start = timing.start,
            .sent = m_sent,
            .received = m_lastReceived,
            .awaitsToken = !timing.firstToken});
}

} // namespace Lorikeet::Triton

#include "moc_inferchatstream.cpp"
