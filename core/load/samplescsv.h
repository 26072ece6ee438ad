// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadsample.h"

#include <QByteArray>

namespace Lorikeet {

/// The names of the columns, and a line of values a request; with a line feed each. Moments are
/// whole nanoseconds since the origin, what is not known is empty.
[[nodiscard]] QByteArray samplesCsvHead();
[[nodiscard]] QByteArray toCsv(const LoadSample &sample);

} // namespace Lorikeet
