// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/loraxrequest.h"
#include "simulator/personality.h"
#include "simulator/statistics.h"

namespace Lorikeet::Sim {

// LoRAX's own dialect (facts: LoRAX router/src/server.rs).

/// The answer at one of the generate routes; `asTgi`: in the form of TGI, which LoRAX came of.
[[nodiscard]] RouteReply loraxAnswer(const ServerRequest &request, const RouteContext &context,
    LoraxRoute route, bool asTgi = false);

[[nodiscard]] RouteReply loraxCompatible(const ServerRequest &request, const RouteContext &context);
[[nodiscard]] RouteReply loraxGenerate(const ServerRequest &request, const RouteContext &context);
[[nodiscard]] RouteReply loraxGenerateStream(
    const ServerRequest &request, const RouteContext &context);
[[nodiscard]] RouteReply loraxInfo(const ServerRequest &request, const RouteContext &context);
[[nodiscard]] RouteReply loraxTokenize(const ServerRequest &request, const RouteContext &context);
[[nodiscard]] ServerResponse loraxRefusal(const ServerRequest &request, const Refusal &refusal);
[[nodiscard]] QByteArray loraxMetrics(const Statistics &statistics);
[[nodiscard]] QByteArray tgiMetrics(const Statistics &statistics);

} // namespace Lorikeet::Sim
