// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/latencyhistogram.h"
#include "load/loadsample.h"
#include "load/loadtimeline.h"
#include "load/serviceobjective.h"

#include <QMap>
#include <QString>

#include <array>
#include <optional>
#include <unordered_map>

namespace Lorikeet {

/// The figures of a stretch of a load test. Each has this one definition (core/load/README.md has
/// them in a table). Requests belong to the window in which they were due; tokens and gaps to the
/// one in which they arrived. Summaries of parts of a run add up to that of the whole.
struct LoadSummary
{
    LoadWindow window;

    qint64 planned = 0; ///< requests that were due
    qint64 began = 0; ///< of those, that left
    qint64 answered = 0;
    qint64 cancelled = 0; ///< the run ended before they did
    QMap<QString, qint64> failures; ///< toWord(ApiError::Kind), how many

    qint64 completed = 0; ///< answers that ended within the window, whenever they were due
    qint64 completedItems = 0; ///< texts or documents of these
    qint64 items = 0; ///< texts or documents of requests that were due in it; of chats none
    double chunks = 0; ///< pieces that arrived within it
    Nanoseconds busy{}; ///< within it, of each request the time it was under way, all together
    /// LoadRests; not in what summariseChoice() gives.
    Nanoseconds rested{};
    qint64 good = 0; ///< of those completed isGood(); all where there is no objective
    qint64 completedPromptTokens = 0; ///< of those completed

    // Of answers to requests of the window.
    qint64 outputTokens = 0; ///< LoadSample::countedTokens()
    qint64 outputChunks = 0;
    qint64 estimated = 0; ///< answers whose tokens the server did not count
    qint64 promptTokens = 0;
    qint64 cachedTokens = 0;
    /// Of first turns whose cached tokens the server told: what a prefix cache can only know from
    /// other conversations.
    qint64 firstTurnPromptTokens = 0;
    qint64 firstTurnCachedTokens = 0;
    qint64 laterTurns = 0; ///< answers to requests that were not their conversation's first
    qint64 reasoningTokens = 0;
    qint64 reusedConnections = 0;
    qint64 cutByLength = 0; ///< answers that ended because of the limit of tokens
    Nanoseconds stalled{}; ///< in gaps over the plan's threshold, of all together

    std::array<LatencyHistogram, 9> times; ///< by LoadMetric; see time()

    [[nodiscard]] const LatencyHistogram &time(LoadMetric metric) const
    {
        return times[static_cast<std::size_t>(metric)];
    }

    [[nodiscard]] LatencyHistogram &time(LoadMetric metric)
    {
        return times[static_cast<std::size_t>(metric)];
    }

    /// What was asked are no chats: there are no output tokens, and no times of theirs.
    [[nodiscard]] bool isOfItems() const { return items > 0; }

    /// Of another part of the same run. The window stays, or becomes the other's where there was
    /// none.
    void add(const LoadSummary &other);

    /// All failures together.
    [[nodiscard]] qint64 failed() const;
    /// Of requests that ended by themselves.
    [[nodiscard]] std::optional<double> failureShare() const;

    // Rates a second. Nothing where the window has no length.
    /// Requests that were due.
    [[nodiscard]] std::optional<double> plannedRate() const;
    /// Answers that ended.
    [[nodiscard]] std::optional<double> requestRate() const;
    /// Texts or documents of answers that ended. Nothing of chats.
    [[nodiscard]] std::optional<double> itemRate() const;
    /// Output tokens of the system, nothing of what has none: pieces that arrived, each for as many
    /// tokens as a piece had on average.
    [[nodiscard]] std::optional<double> tokenRate() const;
    /// Of prompts whose answers ended. Nothing also of texts or documents whose tokens the server
    /// does not count.
    [[nodiscard]] std::optional<double> promptTokenRate() const;
    /// Good answers that ended.
    [[nodiscard]] std::optional<double> goodput() const;
    /// What one user sees: 1 / median TPOT.
    [[nodiscard]] std::optional<double> tokenRatePerUser() const;
    [[nodiscard]] std::optional<double> tokensPerChunk() const;
    /// Requests under way on average over the window, whatever became of them.
    [[nodiscard]] std::optional<double> heldConcurrency() const;

    friend bool operator==(const LoadSummary &, const LoadSummary &) = default;
};

/// How long users of a closed loop rested within a window, all together: what LoadUsers had them
/// rest, worked out from their requests.
class LoadRests final
{
public:
    explicit LoadRests(const LoadWindow &window)
        : m_window(window)
    { }

    /// Those of each user in the order in which they ended; in one go or in several.
    void add(const LoadSamples &samples);

    [[nodiscard]] Nanoseconds sum() const { return m_sum; }

private:
    LoadWindow m_window;
    std::unordered_map<qint32, int> m_failures; ///< user, the last ones without an answer between
    Nanoseconds m_sum{};
};

/// Of all that is in the window.
[[nodiscard]] LoadSummary summarise(const LoadSamples &samples, const LoadTimeline &timeline,
    const LoadWindow &window, const ServiceObjective &objective = {});

/// Of those of one choice of the mix; gaps and pieces are not known by choice and left out.
[[nodiscard]] LoadSummary summariseChoice(const LoadSamples &samples, qint16 choice,
    const LoadWindow &window, const ServiceObjective &objective = {});

/// A percentile with what is known of it.
struct Percentile
{
    Nanoseconds value{};
    /// Between which the true one lies, with 95 % confidence. Nothing: there are too few samples
    /// for this percentile, and it should not be quoted.
    std::optional<std::pair<Nanoseconds, Nanoseconds>> range;

    friend bool operator==(const Percentile &, const Percentile &) = default;
};

/// Nothing of none.
[[nodiscard]] std::optional<Percentile> percentile(const LatencyHistogram &times, double share);

} // namespace Lorikeet
