// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "probecommand.h"

#include "base/invalidrequest.h"
#include "base/logging.h"
#include "descriptiontext.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "standardoutput.h"
#include "store/store.h"

#include <QDateTime>
#include <QJsonObject>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString nameOf(Capability capability)
{
    switch (capability) {
    case Capability::StreamUsage:
        return u"usage in streams"_s;
    case Capability::Tools:
        return u"tools"_s;
    case Capability::JsonSchema:
        return u"JSON schema"_s;
    case Capability::Logprobs:
        return u"logprobs"_s;
    case Capability::Tokenize:
        return u"tokenize"_s;
    case Capability::Metrics:
        return u"metrics"_s;
    case Capability::Embeddings:
        return u"embeddings"_s;
    case Capability::Rerank:
        return u"rerank"_s;
    case Capability::Adapters:
        return u"adapters"_s;
    case Capability::AdapterLoading:
        return u"adapter loading"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

/// "yes  tools": as wide as all others.
QString lineStart(const CapabilityFinding &finding)
{
    const QString state
        = finding.state == CapabilityFinding::State::Unknown ? u"?"_s : toWord(finding.state);
    return state.leftJustified(5) + nameOf(finding.capability);
}

QString groundOf(const CapabilityFinding &finding, const QString &server)
{
    return finding.ground == CapabilityFinding::Ground::Kind
        ? u"known of %1: %2"_s.arg(server, finding.reason)
        : finding.reason;
}

/// The routes of that access, each with what it answered.
QString routesOf(const QList<RouteAccess> &all, RouteAccess::Access access)
{
    QStringList routes;
    for (const RouteAccess &route : all) {
        if (route.access == access) {
            routes.append(route.route);
        }
    }
    return routes.join(u", "_s);
}

QString accessText(const QList<RouteAccess> &all)
{
    QList<std::pair<QString, QString>> rows;
    for (const auto &[access, name] : {std::pair(RouteAccess::Access::Open, u"open"_s),
             std::pair(RouteAccess::Access::Guarded, u"key wanted"_s),
             std::pair(RouteAccess::Access::Absent, u"not there"_s),
             std::pair(RouteAccess::Access::Unknown, u"?"_s)}) {
        if (const QString routes = routesOf(all, access); !routes.isEmpty()) {
            rows.append({name, routes});
        }
    }
    return rows.isEmpty() ? QString() : table(u"Without a key:"_s, rows);
}

QString toText(const ProbeResult &found)
{
    const EndpointDescription &description = found.description;
    const QString server = serverText(description);
    QString text = u"%1 at %2\n"_s.arg(
        server.isEmpty() ? u"A server of no known kind"_s : server, redacted(found.url));
    QList<std::pair<QString, QString>> facts{{u"dialect"_s,
        u"%1 (%2)"_s.arg(found.provider, findProvider(found.provider)->displayName())}};
    if (description.contextLength) {
        facts.append({u"context"_s, u"%1 tokens"_s.arg(*description.contextLength)});
    }
    if (description.latency) {
        const double ms = toMilliseconds(*description.latency);
        facts.append({u"answered"_s, u"within %1 ms"_s.arg(ms, 0, 'f', ms < 10 ? 1 : 0)});
    }
    text += table({}, facts).sliced(1);
    EndpointDescription served = description;
    served.server.clear();
    served.version.clear();
    text += u'\n' + servedText(served);
    QList<std::pair<QString, QString>> capabilities;
    for (const CapabilityFinding &finding : description.capabilities) {
        capabilities.append({lineStart(finding), groundOf(finding, description.server)});
    }
    text += u'\n' + table(u"What it can do:"_s, capabilities);
    if (const QString access = accessText(description.access); !access.isEmpty()) {
        text += u'\n' + access;
    }
    return text;
}

QJsonObject toJson(const ProbeResult &found, bool keyWasSent)
{
    QJsonObject object = toJson(found.description);
    object.insert(u"url"_s, redacted(found.url));
    object.insert(u"provider"_s, found.provider);
    object.insert(u"key_sent"_s, keyWasSent);
    return object;
}

} // namespace

CommandHelp ProbeCommand::help()
{
    return {
        .name = u"probe"_s,
        .arguments = u"URL|NAME"_s,
        .summary = u"tell what stands behind an address and what it can do"_s,
        .description
        = {u"Finds out which server answers at an address, or at the endpoint stored by that name, "
           "and prints it: server and version, the dialect to speak, models, adapters, the length "
           "of the context, what it can do, and which of its routes work without a key. An address "
           "that leads to a wrong path is corrected."_s,
            u"Each ability is said to be there (yes) or not (no) with the ground it is known by: "
            "what this server answered, or what is known of every server of its kind. What "
            "neither tells is unknown (?), and never guessed."_s,
            u"Asked are harmless routes alone: nothing is generated, loaded or changed. What a "
            "stored endpoint showed is kept, and shown by Lorikeet as well."_s},
        .options
        = QList<OptionHelp>{{{u"json"_s}, {}, u"Prints one JSON object instead."_s},
              {{u"model"_s, u"m"_s}, u"ID"_s,
                  u"The model to tell the abilities of, where they differ. Default: the stored "
                  "endpoint's, else the first that is listed."_s}}
            + requestOptions(),
        .examples = {{u"Who is there?"_s, u"lori probe http://localhost:8080"_s},
            {u"What does a server tell to people without a key?"_s,
                u"lori probe https://llm.example/v1 --key-env MY_KEY --json | jq .access"_s},
            {u"Go on only where tools are known to work:"_s,
                u"lori probe localhost:8000 --json | jq -e '.capabilities.tools.state == \"yes\"'"_s}},
    };
}

Result<std::unique_ptr<Command>> ProbeCommand::make(const CommandLine &line, ApiClient &client)
{
    if (line.arguments().size() != 1) {
        return invalidRequest(
            u"probe takes one address or the name of one stored endpoint, not %1."_s.arg(
                line.arguments().size()));
    }
    const Result<std::optional<Milliseconds>> limit = line.seconds(u"timeout"_s);
    if (!limit) {
        return Failure(limit.error());
    }
    return std::unique_ptr<Command>(
        new ProbeCommand(line, limit->value_or(Milliseconds(0)), client));
}

ProbeCommand::ProbeCommand(const CommandLine &line, Milliseconds limit, ApiClient &client)
    : m_line(line)
    , m_limit(limit)
    , m_client(client)
{ }

ProbeCommand::~ProbeCommand() = default;

void ProbeCommand::start()
{
    if (m_limit.count() > 0) {
        QTimer::singleShot(m_limit, this, [this] {
            ApiError error;
            error.kind = ApiError::Kind::TotalTimeout;
            error.message = u"The server did not tell all within %1 s."_s.arg(toSeconds(m_limit));
            endWith(error);
        });
    }
    locateTarget(m_line.arguments().constFirst(), m_line, m_client)
        .then(this, [this](const Result<Target> &target) { onTarget(target); });
}

void ProbeCommand::interrupt() { endInterrupted(); }

void ProbeCommand::onTarget(const Result<Target> &target)
{
    if (!target) {
        endWith(target.error());
        return;
    }
    Target asked = *target;
    if (m_line.has(u"model"_s)) {
        asked.endpoint.model = m_line.value(u"model"_s);
    }
    probe(m_client, asked).then(this, [this, asked](const Result<ProbeResult> &found) {
        if (found) {
            onFound(asked, *found);
        } else {
            endWith(found.error());
        }
    });
}

void ProbeCommand::onFound(const Target &target, const ProbeResult &found)
{
    if (isOver()) {
        return;
    }
    const bool asJson = m_line.has(u"json"_s);
    const auto over = asJson ? StandardOutput::writeLine(toJson(found, !target.key.isEmpty()))
                             : StandardOutput::write(toText(found).toUtf8());
    if (over) {
        end(*over);
        return;
    }
    if (!asJson) {
        for (const QString &note : found.description.notes) {
            printNote(note);
        }
    }
    const Endpoint &endpoint = target.endpoint;
    if (endpoint.id.isNull()) {
        end(ExitCode::Done);
        return;
    }
    if (!endpoint.provider.isEmpty() && endpoint.provider != found.provider) {
        printNote(u"“%1” is stored with the dialect %2; %3 is what this address asks for."_s.arg(
            endpoint.name, endpoint.provider, found.provider));
    }
    keep(endpoint, found.description);
}

void ProbeCommand::keep(const Endpoint &endpoint, const EndpointDescription &description)
{
    m_store = std::make_unique<Store>(Store::defaultPath());
    (void)m_store->open(); // where it fails, the next call says why
    EndpointFinding finding{.description = description, .at = QDateTime::currentDateTimeUtc()};
    finding.description.latency.reset();
    m_store->endpoints().keepFinding(endpoint.id, finding).then(this, [this](const Result<> &kept) {
        if (kept) {
            end(ExitCode::Done);
        } else {
            endWith(kept.error());
        }
    });
}

} // namespace Lorikeet
