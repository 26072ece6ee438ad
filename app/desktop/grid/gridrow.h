// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/conversation.h"
#include "grid/gridrecord.h"
#include "grid/gridreport.h"

#include <optional>

namespace Lorikeet {

/// What each lane of a grid was asked in this row and answered, as a conversation for each: further
/// samples are versions of the answer. A lane that was not asked yet has the prompt alone.
[[nodiscard]] QList<Conversation> conversationsOf(
    const GridRecord &record, const GridPlan &plan, const GridResults &results, qsizetype row);

/// Why there is no answer in a line of the output; nothing where there is one.
[[nodiscard]] std::optional<ApiError> errorIn(const QJsonObject &line);

} // namespace Lorikeet
