// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointtrial.h"

#include "chat/chatservice.h"
#include "endpointfacts.h"
#include "providers/baseurl.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString adaptersOf(const EndpointDescription &found)
{
    QStringList names;
    for (const AdapterInfo &adapter : found.adapters) {
        names.append(adapter.name.isEmpty() ? adapter.id : adapter.name);
    }
    if (found.adapterStyle == AdapterStyle::FreeText) {
        names.append(names.isEmpty() ? EndpointTrial::tr("by their id, loaded on demand")
                                     : EndpointTrial::tr("others by their id"));
    }
    return names.isEmpty() ? EndpointTrial::tr("none") : names.join(u", "_s);
}

QList<Fact> factsOf(const EndpointDescription &found)
{
    const QLocale locale;
    QList<Fact> facts;
    if (found.latency) {
        facts.append({EndpointTrial::tr("Latency"),
            EndpointTrial::tr("%1 ms").arg(
                locale.toString(toMilliseconds(*found.latency), 'f', 1))});
    }
    facts.append({EndpointTrial::tr("Server"),
        found.server.isEmpty() ? EndpointTrial::tr("not recognised")
                               : QString(found.server + u' ' + found.version).trimmed()});
    facts.append({EndpointTrial::tr("Models"),
        found.models.isEmpty() ? EndpointTrial::tr("none listed")
                               : locale.toString(found.models.size())});
    if (found.adapterStyle != AdapterStyle::None) {
        facts.append({EndpointTrial::tr("Adapters"), adaptersOf(found)});
    }
    if (found.contextLength) {
        facts.append({EndpointTrial::tr("Context"),
            EndpointTrial::tr("%1 tokens").arg(locale.toString(*found.contextLength))});
    }
    return facts;
}

/// What was found, in the dialect that was chosen, at the address that was typed.
ProbeResult asChosen(
    const ProbeResult &found, const Target &target, const EndpointDescription &description)
{
    ProbeResult result = found;
    result.provider = target.endpoint.provider;
    result.url = target.endpoint.url;
    const std::optional<Nanoseconds> latency = found.description.latency;
    result.description = description;
    result.description.latency = latency;
    result.description.capabilities = found.description.capabilities;
    result.description.access = found.description.access;
    if (result.description.server.isEmpty()) {
        result.description.server = found.description.server;
        result.description.version = found.description.version;
    }
    return result;
}

} // namespace

EndpointTrial::EndpointTrial(ChatService &service, QObject *parent)
    : QObject(parent)
    , m_service(service)
{ }

QList<Fact> EndpointTrial::capabilities() const { return capabilityFacts(m_found.description); }

QList<Fact> EndpointTrial::access() const { return accessFacts(m_found.description); }

QList<Fact> EndpointTrial::certificateFacts() const
{
    return m_certificate ? Lorikeet::certificateFacts(*m_certificate) : QList<Fact>();
}

bool EndpointTrial::isTrustable() const
{
    // A server that wants to see a certificate, or breaks off, is not helped by trusting its own.
    return m_certificate && !m_certificate->fingerprint.isEmpty()
        && m_certificate->fault != TlsFault::ClientCertificate
        && m_certificate->fault != TlsFault::Handshake;
}

QStringList EndpointTrial::models() const
{
    QStringList ids;
    for (const ModelInfo &model : m_found.description.models) {
        ids.append(model.id);
    }
    return ids;
}

void EndpointTrial::reset()
{
    ++m_count;
    m_state = Untested;
    m_sentence.clear();
    m_serverMessage.clear();
    m_found = {};
    m_certificate.reset();
    m_facts.clear();
    m_fix.clear();
    Q_EMIT changed();
}

void EndpointTrial::start(const Endpoint &endpoint, QFuture<Result<Target>> target)
{
    reset();
    m_state = Testing;
    m_sentence = tr("Asking %1 …").arg(endpoint.url.authority());
    Q_EMIT changed();
    target
        .then(this,
            [this](const Result<Target> &resolved) {
                return resolved ? ask(*resolved)
                                : QtFuture::makeReadyValueFuture<Result<ProbeResult>>(
                                      Failure(resolved.error()));
            })
        .unwrap()
        .then(this, [this, endpoint, count = m_count](const Result<ProbeResult> &found) {
            if (count == m_count) {
                onAnswer(endpoint, found);
            }
        });
}

QFuture<Result<ProbeResult>> EndpointTrial::ask(const Target &target)
{
    return m_service.probe(target)
        .then(this,
            [this, target](const Result<ProbeResult> &found) {
                const QFuture<Result<ProbeResult>> asFound = QtFuture::makeReadyValueFuture(found);
                const QString &chosen = target.endpoint.provider;
                if (!found || chosen.isEmpty() || found->provider == chosen) {
                    return asFound;
                }
                // The best dialect of a server is not its only one: what was chosen may do.
                return m_service.describe(target).then(
                    this, [found, target](const Result<EndpointDescription> &works) {
                        return works ? Result<ProbeResult>(asChosen(*found, target, *works))
                                     : found;
                    });
            })
        .unwrap();
}

void EndpointTrial::onAnswer(const Endpoint &endpoint, const Result<ProbeResult> &found)
{
    if (!found) {
        m_state = Failed;
        m_sentence = found.error().message;
        m_serverMessage = found.error().serverMessage;
        m_certificate = found.error().certificate;
        Q_EMIT changed();
        return;
    }
    m_state = Passed;
    m_found = *found;
    m_facts = factsOf(m_found.description);
    m_fix = fixFor(endpoint);
    m_sentence
        = m_fix.isEmpty() ? tr("It answers.") : tr("It answers, but not as it is written here.");
    Q_EMIT changed();
    Q_EMIT passed();
}

QString EndpointTrial::fixFor(const Endpoint &endpoint) const
{
    const Provider *spoken = findProvider(m_found.provider);
    const bool otherDialect
        = spoken && !endpoint.provider.isEmpty() && m_found.provider != endpoint.provider;
    const QString url = m_found.url.toDisplayString();
    // A dialect finds its routes from the server's root and from /v1 alike.
    if (m_found.url != openAiBase(endpoint.url) && m_found.url != serverRoot(endpoint.url)) {
        return otherDialect ? tr("Use %1 and the dialect %2").arg(url, spoken->displayName())
                            : tr("Use %1").arg(url);
    }
    return otherDialect ? tr("Use the dialect %1").arg(spoken->displayName()) : QString();
}

} // namespace Lorikeet
