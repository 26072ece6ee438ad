// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/lane.h"

#include "base/invalidrequest.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// At llama.cpp's server an adapter by itself is all others at 0; the base model is all at 0.
AdapterChoice scalesWith(const QString &id, const EndpointDescription &description)
{
    AdapterChoice choice;
    for (const AdapterInfo &adapter : description.adapters) {
        choice.scales.append({.id = adapter.id.toInt(),
            .scale = adapter.id == id ? 1.0 : 0.0,
            .name = adapter.name});
    }
    return choice;
}

AdapterChoice choiceOf(const QString &id, const EndpointDescription &description)
{
    if (description.adapterStyle == AdapterStyle::Scales) {
        return scalesWith(id, description);
    }
    return {.id = id};
}

QString placeOf(const Endpoint &endpoint)
{
    if (!endpoint.unixSocket.isEmpty()) {
        return endpoint.unixSocket;
    }
    const QUrl &url = endpoint.url;
    const int usual = url.scheme() == "https"_L1 ? 443 : 80;
    return url.host() + u':' + QString::number(url.port(usual));
}

} // namespace

QString laneLetter(qsizetype lane) { return QString(QChar(char16_t(u'A' + lane))); }

Result<AdapterChoice> chooseAdapter(const QString &name, const EndpointDescription &description)
{
    if (name.isEmpty() || name == "base"_L1) {
        return choiceOf(QString(), description);
    }
    for (const AdapterInfo &adapter : description.adapters) {
        if (adapter.id == name || adapter.name == name) {
            return choiceOf(adapter.id, description);
        }
    }
    switch (description.adapterStyle) {
    case AdapterStyle::FreeText:
        return AdapterChoice{.id = name};
    case AdapterStyle::None:
        return invalidRequest(
            u"This server has no adapters; “%1” cannot be asked for."_s.arg(name));
    case AdapterStyle::Listed:
    case AdapterStyle::Scales:
        break;
    }
    QStringList known{u"base"_s};
    for (const AdapterInfo &adapter : description.adapters) {
        known.append(adapter.name.isEmpty() ? adapter.id : adapter.name);
    }
    return invalidRequest(
        u"This server has no adapter “%1”; it has %2."_s.arg(name, known.join(u", "_s)));
}

QList<Lane> baseAndAdapters(
    const Target &target, const ChatRequest &request, const EndpointDescription &description)
{
    QList<Lane> lanes{{.name = u"base"_s, .target = target, .request = request}};
    lanes.first().request.adapter = choiceOf(QString(), description);
    for (const AdapterInfo &adapter : description.adapters) {
        if (lanes.size() == mostLanes) {
            break;
        }
        Lane lane{.name = adapter.name.isEmpty() ? adapter.id : adapter.name,
            .target = target,
            .request = request};
        lane.request.adapter = choiceOf(adapter.id, description);
        lanes.append(lane);
    }
    return lanes;
}

bool shareServer(const QList<Lane> &lanes)
{
    QStringList places;
    for (const Lane &lane : lanes) {
        const QString place = placeOf(lane.target.endpoint);
        if (places.contains(place)) {
            return true;
        }
        places.append(place);
    }
    return false;
}

ChatRequest warmUpRequest(const Endpoint &endpoint, const ChatRequest &counted)
{
    ChatRequest request = counted;
    request.messages = {{.role = Role::User, .content = u"Hello"_s}};
    request.diverged = false;
    if (const Provider *provider = findProvider(endpoint.provider)) {
        for (const QString &name : outputLimitNames()) {
            request.parameters.remove(name);
        }
        const QString limit = outputLimitName(provider->parameters(endpoint.server));
        if (!limit.isEmpty()) {
            request.parameters.insert(limit, 1);
        }
    }
    return request;
}

QStringList alignSeeds(QList<Lane> &lanes, qint64 seed)
{
    QStringList without;
    for (Lane &lane : lanes) {
        const Endpoint &endpoint = lane.target.endpoint;
        const Provider *provider = findProvider(endpoint.provider);
        const ParameterSpecs specs
            = provider ? provider->parameters(endpoint.server) : ParameterSpecs();
        const auto spec = std::ranges::find_if(specs,
            [](const ParameterSpec &candidate) { return seedNames().contains(candidate.name); });
        if (spec == specs.end()) {
            without.append(lane.name);
        } else if (!lane.request.parameters.contains(spec->name)) {
            lane.request.parameters.insert(spec->name, seed);
        }
    }
    return without;
}

} // namespace Lorikeet
