// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/parameters.h"

#include <QStringView>

#include <limits>
#include <span>

namespace Lorikeet {

/// The values a parameter may have. NaN: no limit on that side.
struct ParameterRange
{
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();

    double minimum = none;
    double maximum = none;
    double sliderMaximum = none;
    bool minimumExcluded = false;
    bool maximumExcluded = false;
};

/// One line of a table of parameters, as a constant. A ParameterSpec is made of it.
struct ParameterRow
{
    QStringView name;
    ParameterSpec::Type type;
    QStringView group;
    ParameterRange range;
    QStringView serverDefault; ///< as JSON; empty: not known, or it depends on the model
    QStringView help;
    QStringView choices; ///< with commas between
    ParameterSpec::Fate fate = ParameterSpec::Fate::Honoured;
};

[[nodiscard]] ParameterSpecs toSpecs(std::span<const ParameterRow> rows);

} // namespace Lorikeet
