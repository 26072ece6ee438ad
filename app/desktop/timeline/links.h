// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Lorikeet {

/// A model's link may be opened: http, https or mailto. Never javascript:, file: or data:.
[[nodiscard]] bool isSafeLink(const QString &address);

/// Opens a safe link with the desktop's program for it. False if it did not.
bool openLink(const QString &address);

} // namespace Lorikeet
