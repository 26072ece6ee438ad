// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonValue>
#include <QString>

namespace Lorikeet {

/// A value as a person writes it: texts as they are, but in quotes where they would be taken for
/// something else; all the rest as JSON.
[[nodiscard]] QString valueToText(const QJsonValue &value);

/// The reverse: a number, truth value, list, map or quoted text where it is one as JSON, else the
/// text itself.
[[nodiscard]] QJsonValue valueFromJsonText(const QString &text);

} // namespace Lorikeet
