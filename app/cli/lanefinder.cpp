// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lanefinder.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "templates/prompttemplate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<WantedLane> wantedLane(const QString &spec, const CommandLine &line)
{
    const QStringList parts = spec.split(u',');
    WantedLane wanted{.adapter = parts.constFirst().trimmed(),
        .endpoint = line.value(u"endpoint"_s),
        .model = line.value(u"model"_s),
        .system = line.value(u"system"_s),
        .spec = spec};
    for (const QString &part : parts.sliced(1)) {
        const auto pair = splitPair(part, u'=');
        if (!pair) {
            return invalidRequest(
                u"A lane is ADAPTER,KEY=VALUE,…; “%1” in “%2” has no =."_s.arg(part, spec));
        }
        if (pair->first == "endpoint"_L1) {
            wanted.endpoint = pair->second;
        } else if (pair->first == "model"_L1) {
            wanted.model = pair->second;
        } else if (pair->first == "system"_L1) {
            wanted.system = pair->second;
        } else {
            wanted.parameters.append(part);
        }
    }
    return wanted;
}

} // namespace

QList<OptionHelp> laneAskOptions()
{
    QList<OptionHelp> options = askOptions();
    options.removeIf([](const OptionHelp &option) {
        return option.names.contains(u"adapter"_s) || option.names.contains(u"scale"_s);
    });
    return options;
}

Result<QList<WantedLane>> wantedLanes(const CommandLine &line)
{
    QList<WantedLane> wanted;
    for (const QString &spec : line.values(u"lane"_s)) {
        const Result<WantedLane> lane = wantedLane(spec, line);
        if (!lane) {
            return Failure(lane.error());
        }
        wanted.append(*lane);
    }
    if (wanted.size() > mostLanes) {
        return invalidRequest(u"There may be two to %1 lanes, not %2."_s.arg(
            QString::number(mostLanes), QString::number(wanted.size())));
    }
    return wanted;
}

LaneFinder::LaneFinder(const CommandLine &line, ApiClient &client, QObject *parent)
    : QObject(parent)
    , m_line(line)
    , m_client(client)
{ }

void LaneFinder::find(const QList<WantedLane> &wanted, const ParameterSet &bound, qsizetype least)
{
    m_wanted = wanted;
    m_bound = bound;
    m_least = least;
    findNext();
}

/// Finds the endpoints one after the other, then makes the lanes.
void LaneFinder::findNext()
{
    QStringList endpoints;
    for (const WantedLane &wanted : m_wanted) {
        endpoints.append(wanted.endpoint);
    }
    if (endpoints.isEmpty()) {
        endpoints.append(m_line.value(u"endpoint"_s));
    }
    const auto next = std::ranges::find_if(
        endpoints, [this](const QString &endpoint) { return !m_found.contains(endpoint); });
    if (next == endpoints.end()) {
        if (const Result<QList<Lane>> lanes = makeLanes(); lanes) {
            Q_EMIT found(*lanes);
        } else {
            Q_EMIT failed(lanes.error());
        }
        return;
    }
    findTarget(*next, m_line, m_client)
        .then(this, [this, name = *next](const Result<Target> &target) {
            if (!target) {
                Q_EMIT failed(target.error());
                return;
            }
            m_client.describe(*target).then(
                this, [this, name, target](const Result<EndpointDescription> &description) {
                    // Without a list of adapters they can still be named, where the dialect has
                    // that.
                    const Provider *provider = findProvider(target->endpoint.provider);
                    EndpointDescription known;
                    if (description) {
                        known = *description;
                    } else if (provider) {
                        known.adapterStyle = provider->adapterStyle(target->endpoint.server);
                    }
                    onFound(name, {*target, known});
                });
        });
}

void LaneFinder::onFound(const QString &endpoint, const Found &there)
{
    RetryPolicy &retry = m_found.insert(endpoint, there)->target.endpoint.retry;
    // That --retries is well written was seen when the command was made.
    retry = retriesFrom(m_line).value_or(std::nullopt).value_or(retry);
    findNext();
}

Result<ChatRequest> LaneFinder::requestOf(const WantedLane &wanted, const Target &target) const
{
    ChatRequest request{.model = wanted.model};
    replaceSystem(request.messages, wanted.system);
    const Result<ParameterSet> parameters
        = parametersFor(m_line.values(u"param"_s) + wanted.parameters, target, m_bound);
    if (!parameters) {
        return Failure(parameters.error());
    }
    request.parameters = *parameters;
    return request;
}

Result<QList<Lane>> LaneFinder::makeLanes() const
{
    QList<Lane> lanes;
    for (const WantedLane &wanted : m_wanted) {
        const Found &there = *m_found.constFind(wanted.endpoint);
        Result<ChatRequest> request = requestOf(wanted, there.target);
        Result<AdapterChoice> adapter = chooseAdapter(wanted.adapter, there.description);
        if (!request || !adapter) {
            return Failure(request ? adapter.error() : request.error());
        }
        Result<AdapterChoice> token = adapterTokenFrom(m_line);
        if (!token) {
            return Failure(token.error());
        }
        adapter->source = m_line.value(u"adapter-source"_s);
        adapter->token = token->token;
        request->adapter = *adapter;
        lanes.append({.name = wanted.spec, .target = there.target, .request = *request});
    }
    if (m_wanted.isEmpty()) {
        const Found &there = m_found.first();
        const WantedLane all{
            .model = m_line.value(u"model"_s), .system = m_line.value(u"system"_s)};
        const Result<ChatRequest> request = requestOf(all, there.target);
        if (!request) {
            return Failure(request.error());
        }
        lanes = baseAndAdapters(there.target, *request, there.description);
        if (lanes.size() < m_least) {
            return invalidRequest(u"%1 lists no adapters to compare: name them by --lane."_s.arg(
                m_line.value(u"endpoint"_s)));
        }
    }
    return lanes;
}

} // namespace Lorikeet
