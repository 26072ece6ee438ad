// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointoptions.h"

#include "base/invalidrequest.h"
#include "http/apiclient.h"
#include "providers/baseurl.h"
#include "providers/endpointprobe.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "store/secretstore.h"
#include "store/store.h"
#include "triton/tritonaddress.h"

#include <QFileInfo>

#include <memory>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QFuture<Result<Target>> ready(const Result<Target> &target)
{
    return QtFuture::makeReadyValueFuture(target);
}

QString listed(const QStringList &names)
{
    return names.isEmpty() ? u"none"_s : names.join(u", "_s);
}

QStringList providerIds()
{
    QStringList ids;
    for (const Provider *provider : providers()) {
        ids.append(provider->id());
    }
    return ids;
}

Result<> applyHeaders(const CommandLine &line, Endpoint &endpoint)
{
    for (const QString &text : line.values(u"header"_s)) {
        const auto header = splitPair(text, u':');
        if (!header) {
            return invalidRequest(u"--header takes 'Name: value', not “%1”."_s.arg(text));
        }
        endpoint.headers.append({header->first.toUtf8(), header->second.toUtf8()});
    }
    return {};
}

/// The value of a variable that an option names.
Result<Secret> secretFrom(const QString &variable, const QString &option)
{
    const QString secret = qEnvironmentVariable(variable.toUtf8().constData());
    if (secret.isEmpty()) {
        return invalidRequest(
            u"The environment variable %1, which --%2 names, is not set."_s.arg(variable, option));
    }
    return Secret(secret);
}

Result<> applyKey(const CommandLine &line, Target &target)
{
    if (!line.has(u"key-env"_s)) {
        return {};
    }
    const QString name = line.value(u"key-env"_s);
    const Result<Secret> key = secretFrom(name, u"key-env"_s);
    if (!key) {
        return Failure(key.error());
    }
    target.endpoint.key = {KeyReference::Kind::Environment, name};
    target.key = *key;
    return {};
}

Result<> applyLimits(const CommandLine &line, Timeouts &timeouts)
{
    const std::pair<QString, Milliseconds Timeouts::*> limits[]{
        {u"connect-timeout"_s, &Timeouts::connect},
        {u"first-token-timeout"_s, &Timeouts::firstToken},
        {u"idle-timeout"_s, &Timeouts::idle},
        {u"timeout"_s, &Timeouts::total},
    };
    for (const auto &[name, member] : limits) {
        const Result<std::optional<Milliseconds>> time = line.seconds(name);
        if (!time) {
            return Failure(time.error());
        }
        timeouts.*member = time->value_or(timeouts.*member);
    }
    return {};
}

Result<> applyFiles(const CommandLine &line, TlsTrust &tls)
{
    const std::pair<QString, QString TlsTrust::*> files[]{
        {u"ca-file"_s, &TlsTrust::caFile},
        {u"cert"_s, &TlsTrust::clientCertificateFile},
        {u"cert-key"_s, &TlsTrust::clientKeyFile},
    };
    for (const auto &[name, member] : files) {
        if (line.has(name)) {
            tls.*member = line.value(name);
            if (!QFileInfo(tls.*member).isReadable()) {
                return invalidRequest(u"--%1: “%2” cannot be read."_s.arg(name, tls.*member));
            }
        }
    }
    return {};
}

Result<> applyTls(const CommandLine &line, Target &target)
{
    TlsTrust &tls = target.endpoint.tls;
    if (const Result<> applied = applyFiles(line, tls); !applied) {
        return applied;
    }
    if (line.has(u"cert-key-env"_s)) {
        const QString name = line.value(u"cert-key-env"_s);
        const Result<Secret> passphrase = secretFrom(name, u"cert-key-env"_s);
        if (!passphrase) {
            return Failure(passphrase.error());
        }
        tls.clientKeyPassphrase = {KeyReference::Kind::Environment, name};
        target.clientKeyPassphrase = *passphrase;
    }
    if (line.has(u"pin"_s)) {
        const std::optional<QString> pin = toFingerprint(line.value(u"pin"_s));
        if (!pin) {
            return invalidRequest(
                u"--pin takes a certificate's SHA-256 fingerprint, sha256: and 64 hexadecimal "
                "digits, not “%1”."_s.arg(line.value(u"pin"_s)));
        }
        tls.pin = *pin;
    }
    return {};
}

Result<> applyHttpVersion(const CommandLine &line, Endpoint &endpoint)
{
    static const QHash<QString, HttpVersion> versions{{u"1.1"_s, HttpVersion::Http1},
        {u"2"_s, HttpVersion::Http2}, {u"auto"_s, HttpVersion::Automatic}};
    if (line.has(u"http"_s)) {
        const auto found = versions.constFind(line.value(u"http"_s));
        if (found == versions.constEnd()) {
            return invalidRequest(
                u"--http takes 1.1, 2 or auto, not “%1”."_s.arg(line.value(u"http"_s)));
        }
        endpoint.httpVersion = *found;
    }
    return {};
}

Result<> applyTransport(const CommandLine &line, Endpoint &endpoint)
{
    if (line.has(u"unix-socket"_s)) {
        endpoint.unixSocket = line.value(u"unix-socket"_s);
    }
    if (line.has(u"proxy"_s)) {
        const QString proxy = line.value(u"proxy"_s);
        endpoint.proxy.mode
            = proxy == "none"_L1 ? ProxySetting::Mode::None : ProxySetting::Mode::Explicit;
        endpoint.proxy.url = proxy == "none"_L1 ? QUrl() : QUrl(proxy);
    }
    return {};
}

/// The stored endpoint of that name.
Result<Endpoint> endpointNamed(const QString &name, const Result<QList<Endpoint>> &stored)
{
    if (!stored) {
        return Failure(stored.error());
    }
    QStringList names;
    for (const Endpoint &endpoint : *stored) {
        if (endpoint.name.compare(name, Qt::CaseInsensitive) == 0) {
            return endpoint;
        }
        names.append(endpoint.name);
    }
    return invalidRequest(
        u"There is no endpoint called “%1” (stored: %2): give a stored one's name, or an "
        "address such as http://localhost:8080."_s.arg(name, listed(names)));
}

QFuture<Result<Endpoint>> storedEndpoint(const QString &name, QObject *context)
{
    if (!QFileInfo::exists(Store::defaultPath())) {
        return QtFuture::makeReadyValueFuture(endpointNamed(name, QList<Endpoint>()));
    }
    const auto store = std::make_shared<Store>(Store::defaultPath());
    (void)store->open(); // where it fails, the next call says why
    // The store is held until its answer is there.
    return store->endpoints().list().then(context,
        [name, store](const Result<QList<Endpoint>> &all) { return endpointNamed(name, all); });
}

Result<> applyProvider(const CommandLine &line, Endpoint &endpoint)
{
    if (!line.has(u"provider"_s)) {
        return {};
    }
    endpoint.provider = line.value(u"provider"_s);
    if (!findProvider(endpoint.provider)) {
        return invalidRequest(u"--provider: there is no dialect “%1”; known are %2."_s.arg(
            endpoint.provider, listed(providerIds())));
    }
    return {};
}

Result<Target> withOptions(const Result<Endpoint> &endpoint, const CommandLine &line)
{
    if (!endpoint) {
        return Failure(endpoint.error());
    }
    Target target{.endpoint = *endpoint};
    const Result<> applied = applyProvider(line, target.endpoint).and_then([&] {
        return applyRequestOptions(line, target);
    });
    return applied ? Result<Target>(target) : Failure(applied.error());
}

QFuture<Result<Target>> withKey(ApiClient &client, const Result<Target> &target)
{
    if (!target) {
        return ready(target);
    }
    auto *secrets = new SecretStore(&client);
    return secrets->resolve(target->endpoint)
        .then(&client, [secrets](const Result<Target> &resolved) {
            secrets->deleteLater(); // this may be within its own answer
            return resolved;
        });
}

/// Where no dialect is named, the server is asked.
QFuture<Result<Target>> recognised(ApiClient &client, const Result<Target> &target)
{
    if (!target || !target->endpoint.provider.isEmpty()) {
        return ready(target);
    }
    return probe(client, *target)
        .then(&client,
            [target = *target](const Result<ProbeResult> &found) mutable -> Result<Target> {
                if (!found) {
                    return Failure(found.error());
                }
                target.endpoint.provider = found->provider;
                target.endpoint.url = found->url;
                target.endpoint.server = found->description.server;
                target.endpoint.serverVersion = found->description.version;
                return target;
            });
}

} // namespace

QList<OptionHelp> requestOptions()
{
    return {
        {{u"header"_s, u"H"_s}, u"'NAME: VALUE'"_s,
            u"Sends this header too; ${VAR} in its value stands for an environment variable. May "
            "be given more than once."_s},
        {{u"key-env"_s}, u"VAR"_s,
            u"Takes the API key from this environment variable. A key on the command line could "
            "be seen by others on the machine, so there is no option for one."_s},
        {{u"connect-timeout"_s}, u"SECONDS"_s,
            u"Gives up when there is no connection after this time. 0: no limit. Default: 10."_s},
        {{u"timeout"_s}, u"SECONDS"_s,
            u"Gives up on an answer that is not whole after this time. 0: no limit. Default: no "
            "limit."_s},
        {{u"proxy"_s}, u"URL"_s,
            u"Goes through this proxy (http, https, socks5 or socks5h); 'none' goes direct. "
            "Default: the system's, but direct to this machine and to private addresses."_s},
        {{u"ca-file"_s, u"ca"_s}, u"FILE"_s,
            u"Trusts the certificates in this PEM file besides the system's."_s},
        {{u"pin"_s}, u"SHA256"_s,
            u"Accepts the server's certificate with this fingerprint, whatever else is wrong with "
            "it, and no other. The error of one that is not accepted says its fingerprint."_s},
        {{u"cert"_s}, u"FILE"_s, u"Shows this client certificate (PEM) where it is asked for."_s},
        {{u"cert-key"_s}, u"FILE"_s, u"Its key (PEM). Default: it is in the same file."_s},
        {{u"cert-key-env"_s}, u"VAR"_s,
            u"Takes the passphrase of that key from this environment variable."_s},
        {{u"http"_s}, u"1.1|2|auto"_s,
            u"The HTTP to speak; auto is what server and client agree on over TLS. Default: 1.1, "
            "so that every stream has a connection of its own."_s},
        {{u"unix-socket"_s}, u"PATH"_s,
            u"Connects to this UNIX socket instead of the address's host and port. An address may "
            "also be unix:PATH."_s},
    };
}

QList<OptionHelp> idleOption()
{
    return {
        {{u"idle-timeout"_s}, u"SECONDS"_s,
            u"Gives up when nothing comes for this time. 0: no limit. Default: 120."_s},
    };
}

QList<OptionHelp> endpointOptions()
{
    return {
        {{u"endpoint"_s, u"e"_s}, u"URL|NAME"_s,
            u"Where to ask: an address such as http://localhost:8080, with or without /v1, one of "
            "gRPC such as grpc://localhost:8001 (with TLS grpcs://), or the name of an endpoint "
            "stored by Lorikeet."_s},
        {{u"provider"_s, u"p"_s}, u"ID"_s,
            u"The dialect to speak: %1. Default: the stored endpoint's, or what the server "
            "at the address is recognised to speak, which takes a moment to find out."_s.arg(
                providerIds().join(u", "_s))},
    };
}

Result<> applyRequestOptions(const CommandLine &line, Target &target)
{
    return applyHeaders(line, target.endpoint)
        .and_then([&] { return applyKey(line, target); })
        .and_then([&] { return applyLimits(line, target.endpoint.timeouts); })
        .and_then([&] { return applyTls(line, target); })
        .and_then([&] { return applyHttpVersion(line, target.endpoint); })
        .and_then([&] { return applyTransport(line, target.endpoint); });
}

QFuture<Result<Target>> findTarget(const CommandLine &line, ApiClient &client)
{
    return findTarget(line.value(u"endpoint"_s), line, client);
}

QFuture<Result<Target>> findTarget(const QString &text, const CommandLine &line, ApiClient &client)
{
    if (text.isEmpty()) {
        return ready(
            invalidRequest(u"Where to? Give --endpoint with an address or a stored name."_s));
    }
    const auto recognise
        = [&client](const Result<Target> &target) { return recognised(client, target); };
    return locateTarget(text, line, client).then(&client, recognise).unwrap();
}

QFuture<Result<Target>> locateTarget(
    const QString &text, const CommandLine &line, ApiClient &client)
{
    QFuture<Result<Endpoint>> located;
    if (const std::optional<QUrl> url = addressFrom(text)) {
        Endpoint endpoint;
        endpoint.url = *url;
        endpoint.unixSocket = endpointAddress(text).unixSocket;
        if (Triton::isGrpcAddress(*url)) {
            endpoint.provider = u"triton"_s; // nothing else is asked over gRPC
        }
        located = QtFuture::makeReadyValueFuture(Result<Endpoint>(endpoint));
    } else {
        located = storedEndpoint(text, &client);
    }
    const auto complete = [&client, line](const Result<Endpoint> &endpoint) {
        return withKey(client, withOptions(endpoint, line));
    };
    return located.then(&client, complete).unwrap();
}

std::optional<QUrl> addressFrom(const QString &text)
{
    if (const EndpointAddress address = endpointAddress(text); !address.unixSocket.isEmpty()) {
        return address.url;
    }
    const bool hasScheme = text.contains("://"_L1);
    const bool looksLikeHost = text.contains(u':') || text.contains(u'.') || text.contains(u'/')
        || text == "localhost"_L1;
    if (!hasScheme && !looksLikeHost) {
        return std::nullopt;
    }
    const QUrl url(hasScheme ? text : u"http://"_s + text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() ? std::optional(url) : std::nullopt;
}

} // namespace Lorikeet
