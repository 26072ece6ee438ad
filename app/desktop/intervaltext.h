// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/intervals.h"

#include <QCoreApplication>

namespace Lorikeet {

/// Shares and their intervals in words, wherever they are shown.
class IntervalText final
{
    Q_DECLARE_TR_FUNCTIONS(IntervalText)

public:
    /// "77.8 %"
    [[nodiscard]] static QString share(const Interval &share);
    /// "45.3–93.7 %"
    [[nodiscard]] static QString range(const Interval &share);
    /// "77.8 % (45.3–93.7)"
    [[nodiscard]] static QString both(const Interval &share);
    /// Which interval that is, in a sentence.
    [[nodiscard]] static QString definition();
};

} // namespace Lorikeet
