// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

/// How requests of an open loop follow each other at a given rate.
struct ArrivalProcess
{
    enum class Kind {
        Constant, ///< evenly, the first at once
        Poisson, ///< each whenever it likes
        Gamma, ///< in bursts, or more evenly than by chance
        /// As those of a trace did (LoadSource::beginning()), which goes on from its next request;
        /// at whatever rate: the block's is what to expect of it.
        Recorded,
    };

    Kind kind = Kind::Poisson;
    /// Of Gamma the shape of the gaps' distribution, as vLLM's bench has it: 1 is Poisson, less
    /// comes in bursts, more is more even. The gaps' standard deviation is 1/√burstiness of their
    /// mean.
    double burstiness = 1;

    friend bool operator==(const ArrivalProcess &, const ArrivalProcess &) = default;
};

/// A stretch of a load curve.
struct LoadBlock
{
    enum class Kind {
        Users, ///< closed loop: so many at once, each of which asks again once it is answered
        Rate, ///< open loop: so many requests a second, whatever becomes of those before
        Pause, ///< nothing is sent
    };

    Kind kind = Kind::Users;
    Nanoseconds duration{};
    double from = 1; ///< users or requests a second, at its beginning
    double to = 1; ///< at its end
    /// 0: the load goes from one to the other evenly. Else in so many steps of equal length and
    /// distance, the first of which is `from` and the last `to`; 1: it is `from` throughout.
    int steps = 0;
    ArrivalProcess arrival; ///< of Rate

    friend bool operator==(const LoadBlock &, const LoadBlock &) = default;
};

/// One after the other.
using LoadCurve = QList<LoadBlock>;

/// What makes a curve unusable, in a sentence with the block's number, counted from 1; empty:
/// nothing.
[[nodiscard]] QString problemOf(const LoadCurve &curve);

[[nodiscard]] Nanoseconds durationOf(const LoadCurve &curve);

/// Users or requests a second at this time since the beginning; 0 in a pause and outside.
[[nodiscard]] double loadAt(const LoadCurve &curve, Nanoseconds time);

/// Users at this time; 0 where requests come at a rate.
[[nodiscard]] double usersAt(const LoadCurve &curve, Nanoseconds time);

/// When the load next changes at once, and not evenly, after this time: with a block or a step.
/// Nothing: it does not any more.
[[nodiscard]] std::optional<Nanoseconds> nextStep(const LoadCurve &curve, Nanoseconds after);

/// How many requests the stretches with a rate ask for, on average.
[[nodiscard]] double expectedArrivals(const LoadCurve &curve);

/// Some of it plays a trace.
[[nodiscard]] bool isRecorded(const LoadBlock &block);
[[nodiscard]] bool hasRecorded(const LoadCurve &curve);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::LoadBlock)
