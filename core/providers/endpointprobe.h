// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/description.h"
#include "model/endpoint.h"

#include <QFuture>
#include <QList>
#include <QUrl>

namespace Lorikeet {

class ApiClient;

/// What stands behind an address, and how to talk to it.
struct ProbeResult
{
    QString provider; ///< the dialect to use: an id in the registry
    QUrl url; ///< the address corrected: with /v1, without a route; notes say so
    EndpointDescription description; ///< its `server` is what to keep as Endpoint::server

    friend bool operator==(const ProbeResult &, const ProbeResult &) = default;
};

/// Finds out what answers at `target`, whatever dialect its endpoint names. Asks harmless routes
/// only, at most three at once, and sends the key to that host alone. Takes up to some seconds.
/// Fails precisely: not resolved, refused, TLS, the key missing or wrong, nothing at that path, a
/// web page instead of a server. Call it in the client's thread, where the future also ends; it is
/// cancelled if the client is deleted.
[[nodiscard]] QFuture<Result<ProbeResult>> probe(ApiClient &client, const Target &target);

/// Where a server often runs on one's own machine.
struct LocalEndpoint
{
    QString server; ///< a serverName()
    QUrl url;
};

/// The usual local addresses of Ollama, llama.cpp, vLLM and LM Studio, to be probed without a key.
/// What answers may be another server than the one expected there.
[[nodiscard]] QList<LocalEndpoint> localEndpoints();

} // namespace Lorikeet
