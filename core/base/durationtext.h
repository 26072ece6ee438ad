// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"

#include <QLocale>

namespace Lorikeet {

/// A time as it is shown wherever one is: "0 s", "0.4 ms", "182 ms", "3.1 s", "2 min 5 s". The
/// units are those of SI in every language.
[[nodiscard]] QString durationText(Nanoseconds time, const QLocale &locale = QLocale::c());

} // namespace Lorikeet
