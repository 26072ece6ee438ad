// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/documentbuilder.h"
#include "timeline/timelinemessage.h"

namespace Lorikeet {

class TimelineModel;

/// Sizes of rows in pixels of the design; QML draws with the same.
namespace RowSize {
constexpr int header = 24;
constexpr int userPadding = 12;
constexpr int userSide = 14;
constexpr int reasoning = 24;
constexpr int reasoningIndent = 16;
constexpr int codeHead = 36;
constexpr int codePadding = 12;
constexpr int codeSide = 14;
constexpr int codeFoot = 34; ///< "Show all N lines"
constexpr int treeLine = 24;
constexpr int treeLines = 20; ///< that have room
constexpr int treePadding = 8;
constexpr int rule = 9;
constexpr int image = 44;
constexpr int mathPadding = 10;
constexpr int notice = 24;
constexpr int actions = 28;
constexpr int metricsGap = 4;
constexpr int listIndent = 20;
constexpr int collapseOver = 24; ///< lines of code that are always shown
constexpr int collapsedLines = 16;
} // namespace RowSize

/// What the height of a row depends on: a value, measured in any thread.
struct RowContent
{
    RowKind kind = RowKind::Prose;
    MarkdownBlock block;
    QString text; ///< of a prompt or a reasoning
    QList<DocumentBuilder::Metric> metrics;
    RowState state;

    /// Without `exact` what an estimate does not need is left out.
    [[nodiscard]] static RowContent of(const TimelineModel &model, int row, bool exact);

    [[nodiscard]] size_t hash() const;
};

/// The room for rows, in pixels.
struct RowWidths
{
    qreal text = 0;
    qreal wide = 0; ///< of code and tables

    friend bool operator==(const RowWidths &, const RowWidths &) = default;
};

/// The row's exact height, without the gap above it, as its item will have it.
[[nodiscard]] qreal measureRow(
    const RowContent &content, const RowWidths &widths, const TextStyle &style);

/// A guess that costs nothing, good to some ten percent.
[[nodiscard]] qreal estimateRow(
    const RowContent &content, const RowWidths &widths, const TextStyle &style);

/// The space above a row.
[[nodiscard]] qreal gapAbove(const TimelineModel &model, int row, const TextStyle &style);

/// How many lines the tree of this JSON has, unfolded; none beyond `most` is counted.
[[nodiscard]] int jsonLines(QStringView json, int most);
[[nodiscard]] int lineCount(QStringView code);
/// The text of a code block that is shown: all of it, or its first lines.
[[nodiscard]] bool isCollapsed(const MarkdownBlock &block, RowState state);

} // namespace Lorikeet
