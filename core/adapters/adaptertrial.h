// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/chatrequest.h"
#include "model/endpoint.h"

namespace Lorikeet {

/// Asks for a single token with an adapter, which tells whether it loads: where a server lists no
/// adapters there is no other way to know. Its first answer may take minutes.
[[nodiscard]] ChatRequest adapterTrial(
    const Endpoint &endpoint, const QString &model, const AdapterChoice &adapter);

} // namespace Lorikeet
