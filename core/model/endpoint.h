// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/secret.h"

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
    QString clientKeyFile; ///< PEM

    friend bool operator==(const TlsTrust &, const TlsTrust &) = default;
};

/// A place where models are served, as a person configured it. A value; holds no secret.
struct Endpoint
{
    QUuid id;
    QString name;
    QUrl url; ///< as typed, e.g. http://host:8080 or http://host:8000/v1
    QString provider; ///< the id of a Provider in the registry: the dialect spoken
    QString server; ///< what was recognised behind it: a serverName(), empty if not known
    QString serverVersion; ///< of that server, as it told; empty if not known
    KeyReference key;
    Headers headers; ///< sent with every request
    Timeouts timeouts;
    ProxySetting proxy;
    TlsTrust tls;
    QString model; ///< what a new chat starts with

    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// An endpoint with its key looked up: what a request needs. Short-lived; never stored.
struct Target
{
    Endpoint endpoint;
    Secret key;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::Endpoint)
Q_DECLARE_METATYPE(Lorikeet::Target)
