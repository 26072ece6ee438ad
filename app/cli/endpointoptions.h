// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "commandline.h"
#include "model/endpoint.h"

#include <QFuture>

namespace Lorikeet {

class ApiClient;

/// The options by which a command is told where to ask: --endpoint and --provider.
[[nodiscard]] QList<OptionHelp> endpointOptions();

/// Those that concern any request to any address: --header, --key-env, limits, proxy,
/// TLS.
[[nodiscard]] QList<OptionHelp> requestOptions();

/// --idle-timeout, for what streams.
[[nodiscard]] QList<OptionHelp> idleOption();

/// Applies requestOptions() and limits to an endpoint and its key.
[[nodiscard]] Result<> applyRequestOptions(const CommandLine &line, Target &target);

/// Finds the endpoint that --endpoint means (an address, or the name of a stored one), with its key
/// and all that both kinds of options say. Without --provider an address is asked what it speaks.
/// The future is fulfilled in the thread of `client`.
[[nodiscard]] QFuture<Result<Target>> findTarget(const CommandLine &line, ApiClient &client);

/// The same for another endpoint than --endpoint's.
[[nodiscard]] QFuture<Result<Target>> findTarget(
    const QString &endpoint, const CommandLine &line, ApiClient &client);

/// As above, of an address or a stored name; who answers there is not asked. A stored endpoint
/// keeps its id; options for requests are not applied to what is stored.
[[nodiscard]] QFuture<Result<Target>> locateTarget(
    const QString &text, const CommandLine &line, ApiClient &client);

/// What a person typed as an address: with a scheme, or without where it looks like a host; of
/// `unix:PATH` what stands for the host (see endpointAddress()).
[[nodiscard]] std::optional<QUrl> addressFrom(const QString &text);

} // namespace Lorikeet
