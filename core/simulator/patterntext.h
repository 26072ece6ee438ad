// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <optional>

namespace Lorikeet::Sim {

/// A short text that matches a regular expression, if it is a simple one: literals, classes,
/// groups, alternatives and counts. Nothing for what is beyond (look-around, back-references).
[[nodiscard]] std::optional<QString> patternText(const QString &pattern);

} // namespace Lorikeet::Sim
