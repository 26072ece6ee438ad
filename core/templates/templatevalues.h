// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonValue>
#include <QString>

#include <optional>

namespace Lorikeet {

// Values in templates behave as Python's do in Jinja. One that is not there is Undefined.

[[nodiscard]] bool isWholeNumber(const QJsonValue &value);
[[nodiscard]] bool isTrue(const QJsonValue &value);
[[nodiscard]] bool isEqual(const QJsonValue &a, const QJsonValue &b);

/// -1, 0 or 1; nothing where the two cannot be ordered.
[[nodiscard]] std::optional<int> compareValues(const QJsonValue &a, const QJsonValue &b);

/// As `{{ value }}` prints it: texts as they are, within lists in quotes; True, False, None.
[[nodiscard]] QString printed(const QJsonValue &value);

/// "a text", "a list" …: for sentences.
[[nodiscard]] QString kindOf(const QJsonValue &value);

} // namespace Lorikeet
