// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/servers.h"

#include <QStringList>

namespace Lorikeet {

/// What a person should know before using a server of this kind, as sentences.
[[nodiscard]] QStringList notesOn(Server server, bool listsAdapters);

} // namespace Lorikeet
