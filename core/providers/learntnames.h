// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "model/chatrequest.h"
#include "model/endpoint.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace Lorikeet {

// Some models take a parameter under another name than their server's others, and say so only by
// refusing it: OpenAI's reasoning models want max_completion_tokens. The refusal is an error like
// any other, for a person to see, and the next request goes right.

/// What Endpoint::learntNames should be after `error` was the answer of `endpoint` to a request of
/// this model with these parameters, named as a person set them. Nothing where it stays.
[[nodiscard]] std::optional<QList<LearntName>> learntFrom(const ApiError &error,
    const Endpoint &endpoint, const QString &model, const ParameterSet &asked);

/// The parameters under the names that this model takes them by.
[[nodiscard]] ParameterSet underLearntNames(
    const Endpoint &endpoint, const QString &model, ParameterSet asked);

/// A sentence for each parameter that is sent under another name than it was set by.
[[nodiscard]] QStringList learntNotes(
    const Endpoint &endpoint, const QString &model, const ParameterSet &asked);

} // namespace Lorikeet
