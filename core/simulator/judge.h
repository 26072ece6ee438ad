// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <optional>

namespace Lorikeet::Sim {

/// What a simulated model says when it is asked which of two answers is better: a letter, and a
/// reason where one is wanted. It takes more words for a better answer, but likes the first one a
/// little, as models do. Nothing where `prompt` asks something else.
[[nodiscard]] std::optional<QString> judgeAnswer(const QString &prompt);

} // namespace Lorikeet::Sim
