// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace Lorikeet {

/// `text` with each ${NAME} replaced by that environment variable, without blanks around it. Fails
/// with Kind::InvalidRequest for one that is not set; `where` says whose text it is ("the header
/// X-Team"). Nothing else in the text means
/// anything, and every other byte stays.
[[nodiscard]] Result<QByteArray> expandVariables(const QByteArray &text, const QString &where);

} // namespace Lorikeet
