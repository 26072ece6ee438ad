// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>
#include <QUrl>

#include <optional>

namespace Lorikeet {

/// The address a person typed. A scheme may be missing: then it is http for an IP address, for
/// localhost, for a name without a dot and where a port is given, else https. The addresses a
/// server listens at (0.0.0.0, ::) become the loopback. Not valid if it names no host.
[[nodiscard]] QUrl endpointUrl(const QString &typed);

/// Where a server is: an address, or one that is reached through a UNIX socket.
struct EndpointAddress
{
    QUrl url; ///< not valid if what was typed is no address
    QString unixSocket; ///< a path; belongs into Endpoint::unixSocket

    friend bool operator==(const EndpointAddress &, const EndpointAddress &) = default;
};

/// As endpointUrl(); besides, `unix:/run/llama.sock` is the server at that socket, called
/// http://localhost, and `unix:/run/llama.sock:/v1` the same with a path.
[[nodiscard]] EndpointAddress endpointAddress(const QString &typed);

/// Where the OpenAI-compatible routes of an address lie, without a trailing slash. What a person
/// types may be the server alone (then /v1 is added), may hold a version, a prefix, a query
/// (Azure's api-version, kept), or a whole route such as /v1/chat/completions (cut off again).
[[nodiscard]] QUrl openAiBase(const QUrl &typed);

/// Where the models of that base are listed. Azure's older addresses end in a deployment; the list
/// lies beside the deployments.
[[nodiscard]] QUrl modelsUrl(const QUrl &base);

/// Likewise, any other route that Azure's older addresses have beside the deployments.
[[nodiscard]] QUrl besideDeployments(const QUrl &base, QStringView path);

/// The route an address ends in ("chat/completions", "generate"), which tells what dialect a person
/// has in mind; empty if it ends in none.
[[nodiscard]] QString routeOf(const QUrl &typed);

/// The address without its version segment and route: where /health, /props, /info … lie.
[[nodiscard]] QUrl serverRoot(const QUrl &typed);

/// One step nearer to the root of the host, for looking there as well: serverRoot() without its
/// last segment, with the query. Nothing if it is the root.
[[nodiscard]] std::optional<QUrl> placeAbove(const QUrl &place);

/// Where Ollama's own routes (api/chat …) lie: serverRoot() without a trailing /api.
[[nodiscard]] QUrl ollamaRoot(const QUrl &typed);

/// Where Gemini's own routes lie: with its version, v1beta unless the address names another, and
/// without a model, a route or the /openai of its compatible ones.
[[nodiscard]] QUrl geminiBase(const QUrl &typed);

/// `base` with `path` ("chat/completions") behind its own path; its query stays.
[[nodiscard]] QUrl joined(const QUrl &base, QStringView path);

} // namespace Lorikeet
