// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/personality.h"

namespace Lorikeet::Sim {

/// llama.cpp's own POST /completion; `refuse` writes its errors.
[[nodiscard]] RouteReply llamaCppCompletion(const ServerRequest &request,
    const RouteContext &context, ServerResponse (*refuse)(const ServerRequest &, const Refusal &));

/// The adapters that `lora` (`[{"id":0,"scale":1}]`) sets above 0, by their place in the list.
[[nodiscard]] QList<WeightedAdapter> scaledAdapters(const QJsonValue &lora);

/// Why such a list is refused: it names an adapter that is not there.
[[nodiscard]] std::optional<Refusal> unknownScale(const QJsonValue &lora);

} // namespace Lorikeet::Sim
