// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"

#include <QString>

#include <optional>

namespace Lorikeet {

// Parts of an endpoint as a person types them in its form.

/// "2.5" for 2500 ms.
[[nodiscard]] QString secondsText(Milliseconds time);
/// Nothing where that is no time.
[[nodiscard]] std::optional<Milliseconds> secondsFrom(const QString &text);

/// One a line, "Name: value".
[[nodiscard]] QString toLines(const Headers &headers);
/// Nothing where a line is no header.
[[nodiscard]] std::optional<Headers> fromLines(const QString &text);

/// The name of a variable of the environment, where the key is written as `env:NAME`.
[[nodiscard]] std::optional<QString> variableOf(const QString &key);

} // namespace Lorikeet
