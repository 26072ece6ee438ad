// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/secret.h"
#include "model/retrypolicy.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QUrl>
#include <QUuid>

namespace Lorikeet {

/// Where an endpoint's key is kept. The key itself is never part of an Endpoint.
struct KeyReference
{
    enum class Kind {
        None,
        Keychain, ///< under lorikeet/endpoint/<uuid>
        Environment, ///< `name` is a variable, read at each use; written `env:NAME`
        Session, ///< in memory, gone with the program
    };
    Kind kind = Kind::None;
    QString name;

    friend bool operator==(const KeyReference &, const KeyReference &) = default;
};

struct Header
{
    QByteArray name;
    QByteArray value;

    friend bool operator==(const Header &, const Header &) = default;
};

using Headers = QList<Header>;

/// The value of the first header of that name (ASCII case ignored), or an empty array.
[[nodiscard]] QByteArray headerValue(const Headers &headers, QByteArrayView name);

/// Each limit ends a request with an error of its own kind. Zero means no limit.
struct Timeouts
{
    Milliseconds connect{10'000}; ///< until the connection (and TLS) stands
    /// From the request written to the first token; long, since a server may queue, or load an
    /// adapter, for minutes.
    Milliseconds firstToken{300'000};
    Milliseconds idle{120'000}; ///< between two receptions of any bytes, comments included
    Milliseconds total{0};

    friend bool operator==(const Timeouts &, const Timeouts &) = default;
};

struct ProxySetting
{
    enum class Mode {
        Automatic, ///< none for loopback and private addresses, else the system's
        None,
        Explicit,
    };
    Mode mode = Mode::Automatic;
    QUrl url; ///< http, https, socks5 or socks5h; for Explicit only

    friend bool operator==(const ProxySetting &, const ProxySetting &) = default;
};

/// Verification is always on; what can change is who is trusted.
struct TlsTrust
{
    QString caFile; ///< PEM; trusted besides the system's authorities
    QString clientCertificateFile; ///< PEM
    QString clientKeyFile; ///< PEM; empty: it lies in the certificate's file
    /// Where the passphrase of that key is, if it is encrypted; see SecretStore.
    KeyReference clientKeyPassphrase;
    /// A fingerprint (ShownCertificate::fingerprint). If set, the server must show exactly this
    /// certificate; then nothing else of it is checked, neither its dates nor its name nor who
    /// signed it. Authorities are then not asked.
    QString pin;

    friend bool operator==(const TlsTrust &, const TlsTrust &) = default;
};

/// Which HTTP is spoken.
enum class HttpVersion {
    /// 1.1. The default, since with HTTP/2 all streams to a host share one connection: one lost
    /// packet holds all of them up, the server's limit of streams queues the rest, and a load test
    /// measures both.
    Http1,
    Automatic, ///< over TLS what both prefer, HTTP/2 first; else 1.1
    Http2, ///< nothing else, also without TLS, where the server must know it beforehand
};

/// What a model's refusal taught: it takes a parameter under another name; see
/// providers/learntnames.h.
struct LearntName
{
    QString model; ///< as it is asked for; empty: what the server has
    QString parameter;
    QString replacement;

    friend bool operator==(const LearntName &, const LearntName &) = default;
};

/// A place where models are served, as a person configured it. A value; holds no secret.
struct Endpoint
{
    QUuid id;
    QString name;
    QUrl url; ///< as typed, e.g. http://host:8080 or http://host:8000/v1
    /// The path of a UNIX socket to connect to instead of the URL's host and port, which then only
    /// tell the server how it is called; no proxy is used. See endpointAddress() for what people
    /// type. Over Qt's manager with http only.
    QString unixSocket;
    QString provider; ///< the id of a Provider in the registry: the dialect spoken
    QString server; ///< what was recognised behind it: a serverName(), empty if not known
    QString serverVersion; ///< of that server, as it told; empty if not known
    KeyReference key;
    /// Where the token is that private adapters are loaded with, if they need another than the
    /// server has itself (LoRAX).
    KeyReference adapterToken;
    KeyReference cookie; ///< where the value of a Cookie header is, sent with every request
    Headers headers; ///< sent with every request
    Timeouts timeouts;
    ProxySetting proxy;
    TlsTrust tls;
    HttpVersion httpVersion = HttpVersion::Http1;
    RetryPolicy retry; ///< by default nothing is sent again
    QString model; ///< what a new chat starts with
    QList<LearntName> learntNames; ///< by its models' refusals

    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// An endpoint with its secrets looked up: what a request needs. A cookie is among its headers.
/// Short-lived; never stored.
struct Target
{
    Endpoint endpoint;
    Secret key;
    Secret clientKeyPassphrase;
    Secret adapterToken;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::Endpoint)
Q_DECLARE_METATYPE(Lorikeet::Target)
