// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/inferserver.h"

namespace Lorikeet::Triton {

InferServer::InferServer(std::shared_ptr<StreamingTransport> transport)
    : m_transport(std::move(transport))
{ }

QFuture<Result<ModelConfig>> InferServer::config(const QString &model, const QString &version)
{
    std::shared_ptr<ModelClient> &client = m_models[{model, version}];
    if (!client) {
        // Deleted from the event loop, since this may be forgotten within one of its own answers.
        client = {
            new ModelClient(m_transport, ModelClient::Options{.model = model, .version = version}),
            [](ModelClient *old) { old->deleteLater(); }};
    }
    // Held until its answer is there, whoever forgets it meanwhile.
    return client->config().then(
        [held = client](const Result<ModelConfig> &config) { return config; });
}

void InferServer::forget(const QString &model)
{
    m_models.removeIf([&model](auto entry) { return entry.key().first == model; });
}

} // namespace Lorikeet::Triton
