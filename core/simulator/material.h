// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QStringList>
#include <QStringView>

namespace Lorikeet::Sim {

/// The variants of one section of the prepared text (material/*.txt), in the files' order; empty
/// if there is no such section.
[[nodiscard]] QStringList materialSection(QStringView name);

} // namespace Lorikeet::Sim
