// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointfacts.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// For lupdate, which wants a class.
class EndpointFacts
{
    Q_DECLARE_TR_FUNCTIONS(EndpointFacts)

public:
    static QString nameOf(Capability capability)
    {
        switch (capability) {
        case Capability::StreamUsage:
            return tr("Token counts in streams");
        case Capability::Tools:
            return tr("Tools");
        case Capability::JsonSchema:
            return tr("JSON schema");
        case Capability::Logprobs:
            return tr("Logprobs");
        case Capability::Tokenize:
            return tr("Tokenize");
        case Capability::Metrics:
            return tr("Metrics");
        case Capability::Embeddings:
            return tr("Embeddings");
        case Capability::Rerank:
            return tr("Rerank");
        case Capability::Adapters:
            return tr("Adapters");
        case Capability::AdapterLoading:
            return tr("Loading adapters");
        }
        Q_UNREACHABLE_RETURN(QString());
    }

    static Fact factOf(const CapabilityFinding &finding, const QString &server)
    {
        Fact fact{.label = nameOf(finding.capability), .value = {}};
        switch (finding.state) {
        case CapabilityFinding::State::Yes:
            fact.value = tr("yes");
            fact.tone = Fact::Good;
            break;
        case CapabilityFinding::State::No:
            fact.value = tr("no");
            fact.tone = Fact::Missing;
            break;
        case CapabilityFinding::State::Unknown:
            fact.value = tr("not known");
            fact.tone = Fact::Doubtful;
            break;
        }
        fact.ground = groundOf(finding, server);
        return fact;
    }

    static QString groundOf(const CapabilityFinding &finding, const QString &server)
    {
        switch (finding.ground) {
        case CapabilityFinding::Ground::Wire:
            return tr("This server showed it: %1.").arg(finding.reason);
        case CapabilityFinding::Ground::Kind:
            return server.isEmpty() ? tr("Known of its kind: %1.").arg(finding.reason)
                                    : tr("Known of %1: %2.").arg(server, finding.reason);
        case CapabilityFinding::Ground::None:
            break;
        }
        return finding.reason.isEmpty() ? tr("Neither the server nor its kind tells.")
                                        : tr("It depends: %1.").arg(finding.reason);
    }

    static QString checkOf(TlsFault fault)
    {
        switch (fault) {
        case TlsFault::Expired:
            return tr("it is not valid any more");
        case TlsFault::NotYetValid:
            return tr("it is not valid yet");
        case TlsFault::SelfSigned:
            return tr("it is signed by itself");
        case TlsFault::UnknownAuthority:
            return tr("nobody who is trusted here signed it");
        case TlsFault::WrongHost:
            return tr("it was made for another name");
        case TlsFault::NotThePinned:
            return tr("it is not the pinned one");
        case TlsFault::ClientCertificate:
            return tr("the server wants a client certificate");
        case TlsFault::Handshake:
            return tr("the handshake");
        }
        Q_UNREACHABLE_RETURN(QString());
    }

    static QList<Fact> certificate(const ShownCertificate &shown)
    {
        const auto date = [](const QDateTime &time) {
            return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
        };
        QList<Fact> facts{{tr("Failed check"), checkOf(shown.fault)}};
        const auto add = [&facts](const QString &label, const QString &value) {
            if (!value.isEmpty()) {
                facts.append({label, value});
            }
        };
        add(tr("Made for"), shown.subject);
        add(tr("Names"), shown.names.join(u", "_s));
        if (!shown.issuer.isEmpty()) {
            add(tr("Signed by"), shown.issuer == shown.subject ? tr("itself") : shown.issuer);
        }
        if (shown.notBefore.isValid() && shown.notAfter.isValid()) {
            add(tr("Valid"),
                tr("%1 to %2", "dates").arg(date(shown.notBefore), date(shown.notAfter)));
        }
        add(tr("Fingerprint"), shown.fingerprint);
        return facts;
    }

    static QList<Fact> access(const EndpointDescription &found)
    {
        QList<Fact> facts;
        for (const RouteAccess &route : found.access) {
            if (route.access == RouteAccess::Access::Open) {
                facts.append({route.route, tr("open without a key"),
                    tr("Without a key it answered: %1.").arg(route.reason), Fact::Doubtful});
            } else if (route.access == RouteAccess::Access::Guarded) {
                facts.append({route.route, tr("wants a key"),
                    tr("Without a key it answered: %1.").arg(route.reason), Fact::Good});
            }
        }
        return facts;
    }
};

} // namespace

QList<Fact> capabilityFacts(const EndpointDescription &found)
{
    QList<Fact> facts;
    for (const CapabilityFinding &finding : found.capabilities) {
        facts.append(EndpointFacts::factOf(finding, found.server));
    }
    return facts;
}

QList<Fact> accessFacts(const EndpointDescription &found) { return EndpointFacts::access(found); }

QList<Fact> certificateFacts(const ShownCertificate &certificate)
{
    return EndpointFacts::certificate(certificate);
}

} // namespace Lorikeet
