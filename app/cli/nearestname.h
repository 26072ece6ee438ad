// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace Lorikeet {

/// The one of `names` that was most likely meant by `typed`: it takes the fewest letters inserted,
/// left out, replaced or swapped with the next, case aside. Empty where more than a third of the
/// longer one would have to change, so that nothing far-fetched is proposed.
[[nodiscard]] QString nearestName(const QString &typed, const QStringList &names);

} // namespace Lorikeet
