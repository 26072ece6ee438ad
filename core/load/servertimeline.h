// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "load/loadtimeline.h"
#include "metrics/serverreading.h"

#include <QJsonObject>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace Lorikeet {

/// What a server told at one moment of a run.
struct ServerMoment
{
    Nanoseconds at{}; ///< since the run's origin, when it arrived; the first may be before it
    ServerReading reading;

    friend bool operator==(const ServerMoment &, const ServerMoment &) = default;
};

/// What a server told while a run went on, on the run's own axis of time. A value.
///
/// Of a long run each second moment is dropped again and again, so that there are never more than
/// some thousand.
class ServerTimeline final
{
public:
    /// In the order of time.
    [[nodiscard]] const std::vector<ServerMoment> &moments() const { return m_moments; }

    [[nodiscard]] bool isEmpty() const { return m_moments.empty(); }

    /// Later than those before. What different places told at nearly the same time becomes one
    /// moment.
    void add(const ServerMoment &moment);

    /// Of a state, on average over the moments in the window; nothing where there are none.
    [[nodiscard]] std::optional<double> mean(ServerFigure figure, const LoadWindow &window) const;
    [[nodiscard]] std::optional<double> most(ServerFigure figure, const LoadWindow &window) const;
    /// By how much a counter grew from the last moment before the window to the first behind it, or
    /// the nearest there are. A server that was restarted counts from zero again. Nothing where
    /// there are not two moments.
    [[nodiscard]] std::optional<double> growth(ServerFigure figure, const LoadWindow &window) const;

    friend bool operator==(const ServerTimeline &a, const ServerTimeline &b)
    {
        return a.m_moments == b.m_moments;
    }

private:
    [[nodiscard]] bool joins(const ServerMoment &moment) const;

    std::vector<ServerMoment> m_moments;
    Nanoseconds m_step{}; ///< the least between two; grows, and is no part of what was told
};

/// What was seen of the server's side of a run.
struct ServerSide
{
    QString server; ///< as serverOfMetrics() names it; empty: it told nothing
    QStringList places; ///< where it was asked, without user, key and query
    QStringList notes; ///< why there is nothing, or less; a sentence each
    ServerTimeline timeline;

    [[nodiscard]] bool isEmpty() const
    {
        return server.isEmpty() && notes.isEmpty() && timeline.isEmpty();
    }

    /// Of prompts' tokens, those the server knew from before; nothing where it does not count them.
    [[nodiscard]] std::optional<double> cacheHitShare(const LoadWindow &window) const;

    friend bool operator==(const ServerSide &, const ServerSide &) = default;
};

/// "server", "places", "notes", and the timeline as columns: "at_ns", and of each figure that was
/// told a list of as many numbers, null where it was not.
[[nodiscard]] QJsonObject toJson(const ServerSide &side);
[[nodiscard]] Result<ServerSide> serverSideFrom(const QJsonObject &object, const QString &place);

/// For reading: of each figure that was told its unit, and "mean" and "most" of a state, "growth"
/// of a counter; "cache_hit_share".
[[nodiscard]] QJsonObject figuresOf(const ServerSide &side, const LoadWindow &window);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ServerMoment)
