// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/description.h"

#include <QJsonObject>

#include <utility>

namespace Lorikeet {

/// Capabilities and access are in it if they were asked for.
[[nodiscard]] QJsonObject toJson(const EndpointDescription &description);

/// "vLLM 0.11.2"; empty where the server is not known.
[[nodiscard]] QString serverText(const EndpointDescription &description);

/// The server, its models and its adapters, in lines.
[[nodiscard]] QString servedText(const EndpointDescription &description);

/// Rows below a heading, the first column as wide as it must be.
[[nodiscard]] QString table(const QString &heading, const QList<std::pair<QString, QString>> &rows);

} // namespace Lorikeet
