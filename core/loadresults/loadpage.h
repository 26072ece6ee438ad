// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "loadresults/loadresult.h"

#include <QByteArray>

namespace Lorikeet {

// Files for people. Nothing in them looks like a key, and they load nothing.

/// One page with charts, without scripts, light or dark as its reader prefers, which can be
/// printed.
[[nodiscard]] QByteArray loadAsHtml(const LoadResult &result);
/// The same without charts.
[[nodiscard]] QByteArray loadAsMarkdown(const LoadResult &result);

} // namespace Lorikeet
