// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QFont>

#include <array>

namespace Lorikeet {

/// How the timeline's text looks: what rows are laid out and measured with. A value, so that the
/// thread that measures has its own.
struct TextStyle
{
    QFont prose;
    std::array<QFont, 4> headings;
    std::array<qreal, 4> headingLines{30, 27, 25, 23};
    QFont code;
    QFont metric; ///< labels under an answer
    QFont number; ///< their values
    qreal proseLine = 23;
    qreal codeLine = 20;
    qreal metricLine = 16;
    qreal unit = 1; ///< the window's zoom: pixels for one pixel of the design
    /// As QTextOption has it; false where text is rendered natively.
    bool designMetrics = true;

    QColor text;
    QColor textSecondary;
    QColor textMuted;
    QColor link;
    QColor warning;
    QColor danger;
    QColor good;
    QColor codeKeyword;
    QColor codeString;
    QColor codeNumber;
    QColor codeComment;
    QColor codeFunction;
    QColor codeType;

    /// The same up to colours: rows have the same heights.
    [[nodiscard]] bool sameMetrics(const TextStyle &other) const
    {
        return prose == other.prose && headings == other.headings && code == other.code
            && metric == other.metric && number == other.number && proseLine == other.proseLine
            && codeLine == other.codeLine && metricLine == other.metricLine && unit == other.unit
            && designMetrics == other.designMetrics;
    }

    friend bool operator==(const TextStyle &, const TextStyle &) = default;
};

} // namespace Lorikeet
