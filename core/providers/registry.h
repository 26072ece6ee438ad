// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"

#include <QList>
#include <QStringView>

namespace Lorikeet {

class Provider;

/// All dialects, in the order a person is offered them. They live as long as the program.
[[nodiscard]] const QList<const Provider *> &providers();

/// Null if there is none of that id.
[[nodiscard]] const Provider *findProvider(QStringView id);

/// What asking an endpoint of a dialect that findProvider() does not know ends with.
[[nodiscard]] ApiError unknownProviderError(const QString &id);

} // namespace Lorikeet
