// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUuid>

namespace Lorikeet {

/// Ids cross into QML as text without braces; the empty text is the null id.
[[nodiscard]] inline QString toText(QUuid id)
{
    return id.isNull() ? QString() : id.toString(QUuid::WithoutBraces);
}

} // namespace Lorikeet
