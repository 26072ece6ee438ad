// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/job.h"
#include "simulator/simulatoroptions.h"

#include <QChronoTimer>
#include <QHash>
#include <QObject>

#include <deque>
#include <memory>
#include <vector>

namespace Lorikeet::Sim {

/// The pretended inference server: takes requests into a limited number of slots, first come first
/// served, and lets their tokens be sent at the times the timing model plans. One timer serves all
/// streams: each tick sends everything that is due, by one call a stream.
///
/// A slot is held from admission to the last token. Tokens are planned one after the other on the
/// monotonic clock, so a late tick delays nothing but itself. The order of requests decides all
/// random numbers.
class Engine final : public QObject
{
    Q_OBJECT

public:
    explicit Engine(const SimulatorOptions &options, QObject *parent = nullptr);

    /// Answers the request the connection holds. `received` is when it was complete.
    void submit(
        ServerConnection &connection, std::unique_ptr<AnswerFormat> format, TimePoint received);

    /// The connection is gone: what was done for it is dropped, its slot is free.
    void cancel(ServerConnection &connection);

    /// Requests running or waiting.
    [[nodiscard]] qsizetype inFlight() const
    {
        return std::ssize(m_running) + std::ssize(m_waiting);
    }

    /// Requests taken since the beginning.
    [[nodiscard]] quint64 submitted() const { return static_cast<quint64>(m_statistics.requests); }

    [[nodiscard]] Statistics statistics() const;

    /// Of the last requests (some thousand), in the order they ended.
    [[nodiscard]] const std::deque<SimulatorRecord> &records() const { return m_records; }

    void clearRecords() { m_records.clear(); }

private:
    using JobPointer = std::unique_ptr<Job>;

    [[nodiscard]] TimePoint loaded(const Script &script, TimePoint asked);
    void tick();
    void admit(TimePoint now);
    void sendKeepAlives(TimePoint now);
    void arm(TimePoint now);
    /// Everything that is due of a running job. False: it has ended.
    [[nodiscard]] bool advance(Job &job, TimePoint now);
    void end(Job &job, const QString &outcome);
    [[nodiscard]] Nanoseconds firstGap(Job &job) const;
    [[nodiscard]] Nanoseconds nextGap(Job &job) const;

    [[nodiscard]] bool isPaced() const { return m_options.timing.interToken > Nanoseconds(0); }

    [[nodiscard]] bool hasFreeSlot() const
    {
        return std::cmp_less(m_running.size(), m_options.timing.slots);
    }

    SimulatorOptions m_options;
    QChronoTimer m_timer;
    TimePoint m_lastTick;
    std::deque<JobPointer> m_waiting;
    std::vector<JobPointer> m_running;
    std::vector<TimePoint> m_freed; ///< when the slots freed since the last admission became free
    QHash<QString, TimePoint> m_adapters; ///< when each is or was loaded
    Statistics m_statistics;
    std::deque<SimulatorRecord> m_records;
};

} // namespace Lorikeet::Sim
