// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/loraxparameters.h"

namespace Lorikeet::Sim {

/// Reads a body of POST /v1/chat/completions as LoRAX does, and turns it into the native parameters
/// (router/src/lib.rs): `model` is the adapter, but for "" and `base`.
[[nodiscard]] tl::expected<LoraxBody, LoraxRefusal> readLoraxChat(
    const QByteArray &bytes, const QString &base);

/// The same for POST /v1/completions.
[[nodiscard]] tl::expected<LoraxBody, LoraxRefusal> readLoraxCompletion(
    const QByteArray &bytes, const QString &base);

} // namespace Lorikeet::Sim
