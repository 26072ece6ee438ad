// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "loadresults/loaddocument.h"

namespace Lorikeet {

/// What there is to know of a run beside its figures, as far as it is known: where it was steady,
/// how it began, how well the percentiles it waited for are known, what it cost, what the server
/// told of itself, and whether it knew prompts that it should not.
[[nodiscard]] QList<DocumentLine> notesOf(const LoadReport &report);

/// Of all stages together: the warning of the first that has one, and the cost.
[[nodiscard]] QList<DocumentLine> notesOf(const LoadResult &sweep);

} // namespace Lorikeet
