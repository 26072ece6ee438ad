// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "measure.h"

namespace Lorikeet::Bench {

/// The scenario as a load test (LoadRun): what the other clients measure, and what its report says
/// beside the stub server's own times.
[[nodiscard]] QJsonObject runLoad(const Scenario &scenario);

} // namespace Lorikeet::Bench
