// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Lorikeet {

/// A field as CSV has it (RFC 4180): in quotes where it needs them. A text that a spreadsheet would
/// take for a formula gets an apostrophe before it.
[[nodiscard]] QString csvField(const QString &text);

} // namespace Lorikeet
