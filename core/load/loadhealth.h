// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "load/latencyhistogram.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet {

struct LoadPlan;
struct LoadSummary;

/// How the client itself did in a run: what its figures are worth. Those of parts add up.
struct LoadHealth
{
    LatencyHistogram loopLag; ///< how late the threads' timers were, all threads together
    Nanoseconds processorTime{}; ///< of the threads that sent and read
    Nanoseconds busiest{}; ///< of the one that needed most
    Nanoseconds elapsed{}; ///< of one thread
    qint64 reads = 0; ///< that brought tokens
    qint64 pieces = 0; ///< that they brought

    [[nodiscard]] std::optional<double> piecesPerRead() const;
    /// Of a core, of the thread that needed most.
    [[nodiscard]] std::optional<double> busiestShare() const;

    /// Of another thread of the same run.
    void add(const LoadHealth &other);

    friend bool operator==(const LoadHealth &, const LoadHealth &) = default;
};

/// A timer of this period was due at `due` and fires at `time`: how late it is, and how late those
/// were that were missed meanwhile; of a stall one alone would say nothing. When the next is due.
[[nodiscard]] TimePoint addPulse(
    LatencyHistogram &lags, TimePoint due, TimePoint time, Nanoseconds period);

/// Whether a run's figures tell of the server, or of the client that measured it.
struct LoadTrust
{
    enum class Level {
        Good,
        Doubtful, ///< quote it with its reasons
        ClientBound, ///< do not quote it
    };

    Level level = Level::Good;
    QStringList reasons; ///< a sentence each; the worst first

    friend bool operator==(const LoadTrust &, const LoadTrust &) = default;
};

/// By how late requests left, how late the threads' timers were, the processor's share and the
/// requests that were under way against those asked for. The limits are in core/load/README.md.
/// `askedConcurrency`: of a closed loop, on average over the window.
[[nodiscard]] LoadTrust trustOf(const LoadSummary &summary, const LoadHealth &health,
    const std::optional<double> &askedConcurrency);

/// "good", "doubtful", "client_bound".
[[nodiscard]] QString toWord(LoadTrust::Level level);

} // namespace Lorikeet
