// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "loadresults/figureevidence.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace Lorikeet {

struct LoadResult;

/// What exactly a figure says. Tools call unlike things by one name.
struct FigureDefinition
{
    /// The same for the same definition, whatever tool or name: figures of unlike keys are never
    /// subtracted.
    QString key;
    QString sentence; ///< "request written → first text, reasoning or piece of a call"

    friend bool operator==(const FigureDefinition &, const FigureDefinition &) = default;
};

/// One figure of a run.
struct LoadFigure
{
    enum class Unit { Seconds, PerSecond, Share, Count };
    enum class Better { Less, More, Neither };

    QString word; ///< "ttft_p95", "output_tokens_per_s", "errors"
    QString label; ///< "TTFT p95"
    Unit unit = Unit::Seconds;
    Better better = Better::Less;
    FigureDefinition definition;
    std::optional<double> value;
    bool isReliable = true; ///< false: there are too few samples for it
    FigureEvidence evidence;
};

/// A figure as it is shown: "182 ms", "37.5/s", "1.2 %", "512".
[[nodiscard]] QString figureText(LoadFigure::Unit unit, double value);

/// A run, of any tool, as far as it can be put beside another.
struct ComparableRun
{
    QString name;
    QString tool; ///< "Lorikeet", "vllm bench serve" …
    QList<LoadFigure> figures;
    /// What was set up, each with its name: what differs is told beside the figures.
    QList<std::pair<QString, QString>> setUp;
    QStringList cautions; ///< why its figures should be taken with care, a sentence each

    [[nodiscard]] const LoadFigure *find(const QString &word) const;
};

/// Of one run its figures; of a sweep what it found, and for each load the most important ones.
/// Samples, where there are any, make its times testable by blocks of time.
[[nodiscard]] ComparableRun comparable(const LoadResult &result);

} // namespace Lorikeet
