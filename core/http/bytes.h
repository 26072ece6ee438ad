// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace Lorikeet {

/// Whether all of it is UTF-8. (Several times quicker than Qt's, and asked for every event.)
[[nodiscard]] bool isUtf8(QByteArrayView bytes);

/// Appends `bytes` to `out` with everything that is not UTF-8 replaced by U+FFFD, one for each
/// maximal subpart as the WHATWG Encoding Standard's decoder does it. (Qt's decoder puts one for
/// each byte.)
void appendValidUtf8(QByteArray &out, QByteArrayView bytes);

/// Empties a buffer but keeps its memory for what comes next, unless a rare large content made it
/// so big that it should not be held for the life of a stream.
void emptyForReuse(QByteArray &buffer);

} // namespace Lorikeet
