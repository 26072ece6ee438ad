// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/httpexchange.h"
#include "model/description.h"
#include "providers/servers.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace Lorikeet {

/// The harmless GET routes below a server's root by which one of this kind tells what it can do,
/// besides those of evidenceRoutes().
[[nodiscard]] QStringList capabilityRoutes(Server server);

/// What can be said of each Capability, in their order: by what `replies` show (told apart by the
/// path of their URLs), else by what is known of the kind of server and of the parameters that
/// `provider` (an id in the registry) has for it. `model` is the one that questions about a model
/// are answered for; empty: the first that is listed.
[[nodiscard]] QList<CapabilityFinding> findCapabilities(const QString &provider,
    const EndpointDescription &description, const QString &model, const QList<HttpReply> &replies);

/// What every server of this kind has or lacks, or what it depends on there (State::Unknown, with
/// a reason); nothing where nothing is known.
[[nodiscard]] std::optional<CapabilityFinding> capabilityOfKind(
    Server server, Capability capability);

} // namespace Lorikeet
