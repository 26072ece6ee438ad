// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/intervals.h"
#include "base/result.h"
#include "loadresults/loadfigure.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet {

/// A figure of one run, beside that of the first.
struct ComparisonCell
{
    enum class Outcome {
        First, ///< it is the first
        Missing, ///< one of the two has no such figure
        Unlike, ///< they are defined otherwise, and were not subtracted
        Untested, ///< there is a difference, and nothing to tell it from chance by
        Alike, ///< no more than chance, or than the error of a histogram
        Better,
        Worse,
        Other, ///< more than chance, of a figure that is neither better nor worse
    };

    Outcome outcome = Outcome::First;
    std::optional<double> value;
    bool isReliable = true;
    FigureDefinition definition;

    // Against the first; nothing where they were not subtracted.
    std::optional<double> difference;
    std::optional<double> relative; ///< of the first's value; nothing where that is 0
    std::optional<Interval> interval; ///< of the difference, 95 %
    std::optional<double> p; ///< as it counts among all that were tested (Holm)
    TestMethod method = TestMethod::None;
    QString why; ///< of Missing, Unlike and Untested, in a sentence

    friend bool operator==(const ComparisonCell &, const ComparisonCell &) = default;
};

/// "first", "missing", "unlike", "untested", "alike", "better", "worse", "other".
[[nodiscard]] QString toWord(ComparisonCell::Outcome outcome);

struct ComparisonRow
{
    QString word;
    QString label;
    LoadFigure::Unit unit = LoadFigure::Unit::Seconds;
    LoadFigure::Better better = LoadFigure::Better::Less;
    QList<ComparisonCell> cells; ///< by run

    friend bool operator==(const ComparisonRow &, const ComparisonRow &) = default;
};

/// What was set up otherwise.
struct SetUpRow
{
    QString name;
    QStringList values; ///< by run; empty where it does not say

    friend bool operator==(const SetUpRow &, const SetUpRow &) = default;
};

/// Runs side by side; the first is what the others are held against. README.md says how.
struct LoadComparison
{
    QStringList names;
    QStringList tools;
    QList<ComparisonRow> rows;
    QList<SetUpRow> setUp; ///< what differs alone
    QStringList cautions; ///< why it should be taken with care, a sentence each; the worst first
    QStringList sentences; ///< by run: the verdict; empty for the first

    /// Whether a figure of any run is worse than the first's by more than chance.
    [[nodiscard]] bool hasWorse() const;

    friend bool operator==(const LoadComparison &, const LoadComparison &) = default;
};

/// Of two runs or more. Takes a moment: thousands of draws for each figure.
[[nodiscard]] Result<LoadComparison> compare(const QList<ComparableRun> &runs);

[[nodiscard]] QJsonObject toJson(const LoadComparison &comparison);
/// For a terminal of 80 columns where there are two runs.
[[nodiscard]] QString toText(const LoadComparison &comparison);

} // namespace Lorikeet
