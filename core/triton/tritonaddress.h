// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QString>
#include <QUrl>

namespace Lorikeet::Triton {

/// Where a server is and how it is spoken to.
struct Address
{
    enum class Transport { Http, Grpc };
    Transport transport = Transport::Http;
    /// http, https, grpc, grpcs; always with a port, and for HTTP with the prefix of a proxy, if
    /// there is one, before the routes of /v2.
    QUrl url;

    friend bool operator==(const Address &, const Address &) = default;
};

/// By its scheme: grpc, or grpcs with TLS.
[[nodiscard]] bool isGrpcAddress(const QUrl &url);

/// The ways in which people write it: with http:// or https:// (port 8000, 443 of https), with
/// grpc:// or grpcs:// (8001, 443 of grpcs), or as host and port alone, which means HTTP, except
/// for `bare`, as where a client takes gRPC addresses only. Ports are the usual ones if left out;
/// the case of the scheme is ignored; brackets of IPv6 stay; routes of /v2, user info, query and
/// fragment go.
[[nodiscard]] Result<Address> addressFrom(
    const QString &typed, Address::Transport bare = Address::Transport::Http);

} // namespace Lorikeet::Triton
