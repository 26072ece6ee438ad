// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "load/loadcurve.h"
#include "load/tokencalibration.h"
#include "load/workload.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

class LoadSource;

/// How many requests have a length from `from` up to and with `to`.
struct LengthBar
{
    qint64 from = 0;
    qint64 to = 0;
    qint64 count = 0;

    friend bool operator==(const LengthBar &, const LengthBar &) = default;
};

/// What a workload comes to, before anything is asked.
struct WorkloadPreview
{
    std::optional<qint64> conversations; ///< nothing: as many as the load lets begin
    double turns = 1; ///< requests of a conversation, on average
    /// Tokens of a request, on average: of its prompt, with all that was said before (answers as
    /// long as their limit), and of its answer. Nothing where answers have no limit.
    double inputTokens = 0;
    std::optional<double> outputTokens;
    /// The means are of the first requests, or their lengths are guessed from their text; else they
    /// are those of the distributions.
    bool isEstimated = false;
    /// Part of the tokens of first turns that a server which keeps everything would know.
    double sharedPart = 0;

    qint64 looked = 0; ///< conversations whose first request was looked at
    QList<LengthBar> inputs; ///< of these
    QList<LengthBar> outputs;
    qint64 bad = 0; ///< of these, whose record is no good; they are not in the bars
    QString problem; ///< of the first of them, in a sentence

    friend bool operator==(const WorkloadPreview &, const WorkloadPreview &) = default;
};

/// How a trace goes on in time.
struct TraceCurve
{
    Nanoseconds duration{}; ///< of one round, up to where the next would begin
    Nanoseconds step{};
    QList<qint64> counts; ///< how many conversations begin in each step

    [[nodiscard]] qint64 count() const;
    /// A second, in the step with the most.
    [[nodiscard]] double mostPerSecond() const;
    /// How many begin in a stretch, on average where it begins or ends within a step; where it
    /// `cycles`, of rounds that follow each other.
    [[nodiscard]] double countIn(Nanoseconds from, Nanoseconds to, bool cycles) const;

    friend bool operator==(const TraceCurve &, const TraceCurve &) = default;
};

/// Of a source that does not begin again at its end; in at most 120 steps of a second or longer,
/// and of a tenth of what is shorter than ten seconds. Nothing where it is no trace.
[[nodiscard]] std::optional<TraceCurve> traceCurveOf(const LoadSource &source);

/// The recording that a workload plays, as traceCurveOf(), whether it begins again or not.
[[nodiscard]] Result<std::optional<TraceCurve>> traceCurveOf(
    const LoadWorkload &workload, const ParameterSpecs &specs);

/// Says of the blocks of a curve that play a trace, one after the other, how many requests a second
/// to expect: on average over each, 0 where nothing of it is left or asked. Without a recording
/// they stay as they are.
void setRecordedRates(LoadCurve &curve, const TraceCurve &recording, bool cycles);

/// What the distributions of a Synthetic workload make of a conversation's first request.
struct FirstTurns
{
    double inputTokens = 0; ///< on average
    double sharedPart = 0; ///< as WorkloadPreview::sharedPart
};

[[nodiscard]] FirstTurns firstTurnsOf(const LoadWorkload &workload);

/// Looks at the first requests of `source`, which was made of this workload and calibration.
[[nodiscard]] WorkloadPreview previewOf(const LoadWorkload &workload, const LoadSource &source,
    const TokenCalibration &calibration, qint64 looked = 1000);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::WorkloadPreview)
