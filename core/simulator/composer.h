// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/generation.h"

namespace Lorikeet::Sim {

/// Writes the answer to a request: prepared text chosen by what the last message asks for and by
/// the adapters, about the prompt's own subject. Depends on nothing but its arguments. `entropy`
/// varies answers for which no seed was given; a temperature of 0 leaves nothing to vary.
[[nodiscard]] Answer compose(const GenerationRequest &request, int choice, quint64 entropy);

/// Puts {} in the place of JSON and of a function's arguments; a text stays as it is.
void emptyJson(Answer &answer);

} // namespace Lorikeet::Sim
