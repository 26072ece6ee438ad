// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/loraxrequest.h"
#include "simulator/route.h"
#include "simulator/statistics.h"

namespace Lorikeet::Sim {

/// LoRAX's own dialect (facts: LoRAX router/src/server.rs).
[[nodiscard]] RouteReply loraxGenerate(
    const ServerRequest &request, const RouteContext &context, LoraxRoute route);
[[nodiscard]] ServerResponse loraxInfo(const SimulatorOptions &options);
[[nodiscard]] ServerResponse loraxTokenize(const ServerRequest &request);
[[nodiscard]] QByteArray loraxMetrics(const Statistics &statistics);

} // namespace Lorikeet::Sim
