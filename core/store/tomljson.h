// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace Lorikeet {

/// A TOML document as the JSON object that says the same; dates and times become texts. Where it
/// is none, one sentence that names `file` and the line.
[[nodiscard]] Result<QJsonObject> jsonFromToml(const QByteArray &toml, const QString &file);

/// The reverse. Null members, of which TOML has none, are left out.
[[nodiscard]] QByteArray tomlFromJson(const QJsonObject &object);

} // namespace Lorikeet
