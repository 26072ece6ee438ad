// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/provider.h"

namespace Lorikeet {

StreamEvents Provider::decodeHead(const Headers &, TimePoint) const { return {}; }

} // namespace Lorikeet
