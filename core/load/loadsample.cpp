// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadsample.h"

namespace Lorikeet {

std::optional<Nanoseconds> LoadSample::timePerOutputToken() const
{
    const std::optional<Nanoseconds> span = between(firstToken, lastToken);
    if (!span || *span <= Nanoseconds(0) || countedTokens() < 2) {
        return std::nullopt;
    }
    return *span / (countedTokens() - 1);
}

} // namespace Lorikeet
