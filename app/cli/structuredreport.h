// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "schema/structuredsamples.h"

#include <QJsonObject>
#include <QStringList>

namespace Lorikeet {

/// All attempts of one answer, with their faults and times, and what they came to.
[[nodiscard]] QJsonObject toJson(const StructuredResult &result);

/// "first_answers" and "after_attempts".
[[nodiscard]] QJsonObject toJson(const StructuredRates &rates);

/// The same in words, a sentence each. `attempts` is how many a sample had at most.
[[nodiscard]] QStringList toLines(const StructuredRates &rates, int attempts);

} // namespace Lorikeet
