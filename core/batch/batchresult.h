// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/chatoutcome.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace Lorikeet {

/// What became of one line of a batch.
struct BatchResult
{
    qint64 index = 0; ///< of the BatchItem, as are id and key
    QString id;
    QByteArray key;
    int attempts = 0; ///< requests that were made for it; 0: it was refused before sending
    ChatOutcome outcome; ///< also of a failure: text that came is kept
};

/// One line of a batch's output: "index", "id" and "key" as given, "text" and, where there are
/// such, "reasoning" and "tool_calls", "finish", "attempts", further "choices" if more than one
/// answer was asked for, and measuresToJson(). Of a line that was not sent only why.
[[nodiscard]] QJsonObject toJson(const BatchResult &result);

} // namespace Lorikeet
