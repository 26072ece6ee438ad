// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openairequest.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Azure's older addresses name the deployment in the path; `model` is then not looked at.
bool isDeploymentPath(const QUrl &url) { return url.path().contains("/deployments/"_L1); }

QString modelName(const Target &target, const ChatRequest &request)
{
    return request.model.isEmpty() ? target.endpoint.model : request.model;
}

/// LoRA scales by number: llama.cpp alone.
std::optional<QString> addScales(QJsonObject &body, const AdapterChoice &adapter, Server server)
{
    if (adapter.scales.isEmpty()) {
        return std::nullopt;
    }
    if (server != Server::LlamaCpp && server != Server::Unknown) {
        return u"%1 does not take adapter scales; only llama.cpp does."_s.arg(serverName(server));
    }
    QJsonArray list;
    for (const AdapterScale &scale : adapter.scales) {
        list.append(QJsonObject{{u"id"_s, scale.id}, {u"scale"_s, scale.scale}});
    }
    body.insert(u"lora"_s, list);
    return std::nullopt;
}

} // namespace

std::optional<QString> addModel(
    QJsonObject &body, const Target &target, const ChatRequest &request, Server server)
{
    const AdapterChoice &adapter = request.adapter;
    const QString base = modelName(target, request);
    if (adapter.merged) {
        return u"Merged adapters need LoRAX' own dialect; the OpenAI-compatible one cannot name "
               "them."_s;
    }
    if (const auto problem = addScales(body, adapter, server)) {
        return problem;
    }
    QString model = adapter.id.isEmpty() ? base : adapter.id;
    switch (server) {
    case Server::LlamaCpp:
        if (!adapter.id.isEmpty()) {
            return u"llama.cpp chooses adapters by scale and not by name: set the scale of "
                   "“%1”."_s.arg(adapter.id);
        }
        break;
    case Server::Sglang:
        if (!adapter.id.isEmpty() && !base.isEmpty()) {
            model = base + u':' + adapter.id;
        } else if (!adapter.id.isEmpty()) {
            model.clear();
            body.insert(u"lora_path"_s, adapter.id);
        }
        break;
    case Server::Tgi:
        // Any other name, that of its model included, would be loaded as an adapter.
        model = adapter.id.isEmpty() ? u"tgi"_s : adapter.id;
        break;
    case Server::Lorax:
        // Here `model` is the adapter; "" is the base model, and the member must be there.
        body.insert(u"model"_s, adapter.id.isEmpty() ? request.model : adapter.id);
        if (!adapter.source.isEmpty()) {
            body.insert(u"adapter_source"_s, adapter.source);
        }
        if (!adapter.token.isEmpty()) {
            body.insert(u"api_token"_s, adapter.token.reveal());
        }
        return std::nullopt;
    case Server::OpenAi:
    case Server::Azure:
    case Server::Mistral:
    case Server::Ollama:
    case Server::LmStudio:
        if (!adapter.id.isEmpty()) {
            return u"%1 has no adapters to choose: its adapted models are models of their own."_s
                .arg(serverName(server));
        }
        if (model.isEmpty() && server != Server::LmStudio
            && !isDeploymentPath(target.endpoint.url)) {
            return u"Choose a model: %1 wants one named in every request."_s.arg(
                serverName(server));
        }
        break;
    default:
        break;
    }
    if (!adapter.source.isEmpty() || !adapter.token.isEmpty()) {
        return u"Only LoRAX takes a source or a token for an adapter."_s;
    }
    if (!model.isEmpty()) {
        body.insert(u"model"_s, model);
    }
    return std::nullopt;
}

Server serverOf(const Target &target)
{
    const Server server = serverFromName(target.endpoint.server);
    return server == Server::Unknown ? serverFromHost(target.endpoint.url) : server;
}

} // namespace Lorikeet
