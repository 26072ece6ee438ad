// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "commandhelp.h"
#include "commandline.h"
#include "model/tokenprice.h"

namespace Lorikeet {

/// --price, which says what a million tokens cost, read and written. `what` begins with "What".
[[nodiscard]] OptionHelp priceOption(const QString &what);

/// Empty without the option.
[[nodiscard]] Result<TokenPrice> priceFrom(const CommandLine &line);

} // namespace Lorikeet
