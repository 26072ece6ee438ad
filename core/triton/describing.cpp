// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/describing.h"

#include "providers/servers.h"

#include <QPromise>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

/// Parts of TensorRT-LLM's pipeline, which are no models to talk to.
bool isPart(const QString &model)
{
    static const QStringList parts{u"preprocessing"_s, u"postprocessing"_s, u"tensorrt_llm"_s};
    return parts.contains(model);
}

bool hasInput(const ModelMetadata &metadata, QStringView name)
{
    return std::ranges::find(metadata.inputs, name, &TensorInfo::name) != metadata.inputs.end();
}

/// One description. Deletes itself. It holds the transport itself, since what continues a future
/// may be let go of in another thread, where a transport must not end.
class Describing final : public QObject
{
public:
    explicit Describing(std::shared_ptr<InferTransport> transport)
        : m_transport(std::move(transport))
    {
        m_promise.start();
        m_transport->serverMetadata().then(
            this, [this](const Result<ServerMetadata> &self) { onSelf(self); });
    }

    [[nodiscard]] QFuture<Result<EndpointDescription>> future() { return m_promise.future(); }

private:
    void onSelf(const Result<ServerMetadata> &self)
    {
        if (!self) {
            finish(Failure(self.error()));
            return;
        }
        m_self = *self;
        m_latency = Clock::now() - m_start;
        m_transport->index().then(
            this, [this](const Result<QList<IndexEntry>> &index) { onIndex(index); });
    }

    void onIndex(const Result<QList<IndexEntry>> &index)
    {
        m_index = index;
        const QString model = index ? tellingModel(readyModels(*index)) : QString();
        if (model.isEmpty()) {
            conclude(std::nullopt);
            return;
        }
        m_transport->metadata(model, {}).then(this, [this](const Result<ModelMetadata> &metadata) {
            conclude(metadata ? std::optional(*metadata) : std::nullopt);
        });
    }

    void conclude(const std::optional<ModelMetadata> &model)
    {
        EndpointDescription description
            = descriptionOf(m_self, m_index ? std::optional(*m_index) : std::nullopt,
                m_index ? QString() : m_index.error().code, model);
        description.latency = m_latency;
        finish(description);
    }

    void finish(const Result<EndpointDescription> &description)
    {
        m_promise.addResult(description);
        m_promise.finish();
        deleteLater();
    }

    std::shared_ptr<InferTransport> m_transport;
    const TimePoint m_start = Clock::now();
    ServerMetadata m_self;
    Result<QList<IndexEntry>> m_index;
    Nanoseconds m_latency{};
    QPromise<Result<EndpointDescription>> m_promise;
};

} // namespace

QStringList readyModels(const QList<IndexEntry> &index)
{
    QStringList names;
    for (const IndexEntry &entry : index) {
        if (entry.state == "READY"_L1 && !names.contains(entry.name) && !isPart(entry.name)) {
            names.append(entry.name);
        }
    }
    return names;
}

QString tellingModel(const QStringList &ready)
{
    return ready.contains("ensemble"_L1) ? u"ensemble"_s : ready.value(0);
}

EndpointDescription descriptionOf(const ServerMetadata &metadata,
    const std::optional<QList<IndexEntry>> &index, const QString &whyNot,
    const std::optional<ModelMetadata> &model)
{
    EndpointDescription description{
        .server = serverName(Server::Triton), .version = metadata.version};
    for (const QString &name : readyModels(index.value_or(QList<IndexEntry>()))) {
        description.models.append({.id = name, .ownedBy = {}});
    }
    if (!index) {
        const bool isForbidden = whyNot.endsWith("401"_L1) || whyNot.endsWith("403"_L1);
        description.notes.append(
            u"The server does not tell its models (%1): %2enter the name of one."_s.arg(
                whyNot, isForbidden ? u"check the key, or "_s : QString()));
    }
    if (metadata.name != "triton"_L1) {
        description.notes.append(
            u"This is %1, which speaks Triton's protocol (KServe v2)."_s.arg(metadata.name));
    }
    if (model && hasInput(*model, u"max_tokens") && hasInput(*model, u"text_input")) {
        description.server = serverName(Server::TritonTensorRtLlm);
    }
    if (model && !hasInput(*model, u"text_input")) {
        description.notes.append(u"“%1” is no model that writes: ask it with lori infer, embed "
                                 "or rerank."_s.arg(model->name));
    }
    description.adapterStyle = description.server == serverName(Server::Triton)
        ? AdapterStyle::FreeText
        : AdapterStyle::None;
    return description;
}

QFuture<Result<EndpointDescription>> describe(const std::shared_ptr<InferTransport> &transport)
{
    return (new Describing(transport))->future();
}

} // namespace Lorikeet::Triton
