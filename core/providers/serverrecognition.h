// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/evidence.h"
#include "providers/servers.h"

namespace Lorikeet {

/// Which server gave these answers; judged by bodies and headers. `evidence` is of `replies`.
[[nodiscard]] Server recognised(const QList<HttpReply> &replies, const Evidence &evidence);

} // namespace Lorikeet
