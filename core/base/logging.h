// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLoggingCategory>
#include <QString>

class QJsonObject;
class QUrl;

namespace Lorikeet {

// The categories, one a part of the program. Bodies and headers are never logged at the default
// level, secrets at no level.
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logSimulator)
Q_DECLARE_LOGGING_CATEGORY(logUi)

/// The URL without user info, and with the values of query items that may hold a key replaced.
[[nodiscard]] QString redacted(const QUrl &url);

/// Text (a header line, a body, an error message) with everything that looks like a key replaced:
/// bearer tokens, `sk-…`, `hf_…`, cookies, the values of the usual key headers and JSON members,
/// and in addresses user info and the values of query items that may hold a key.
[[nodiscard]] QString redacted(const QString &text);

/// JSON with every text replaced that a member holds whose name speaks of a key, at any depth, and
/// every other text as redacted() has it.
[[nodiscard]] QJsonObject redacted(const QJsonObject &object);

} // namespace Lorikeet
