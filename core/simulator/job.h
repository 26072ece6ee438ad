// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/random.h"
#include "simulator/answerformat.h"
#include "simulator/statistics.h"

#include <memory>

namespace Lorikeet::Sim {

/// One request on its way to its answer: writes what is due, and keeps the record of it. The
/// engine decides what is due when, one step after the other; a step is the next token of every
/// choice. What the steps of a tick write is collected, and sent by flush() in one call.
class Job final
{
public:
    /// `number` counts requests; `seed` decides the job's random numbers.
    Job(ServerConnection &connection, std::unique_ptr<AnswerFormat> format, TimePoint received,
        qint64 number, quint64 seed);

    // The engine's, none of which means anything to the job itself but for `due`.
    TimePoint ready; ///< its adapters are loaded
    TimePoint due; ///< of the next step; that is what the record calls planned
    Random random;

    [[nodiscard]] ServerConnection &connection() const { return m_connection; }

    [[nodiscard]] const Script &script() const { return m_format->script(); }

    [[nodiscard]] SimulatorRecord &record() { return m_record; }

    [[nodiscard]] TimePoint lastSent() const { return m_lastSent; }

    [[nodiscard]] bool isStarted() const { return m_step > 0; }

    /// All steps are done; what follows is finish().
    [[nodiscard]] bool isComplete() const { return m_step >= m_steps && isStarted(); }

    /// The bytes collected since the last flush().
    [[nodiscard]] qsizetype collected() const { return m_out.size(); }

    /// Sends the head of a stream.
    void begin();
    void step(Statistics &statistics);
    void finish();
    void flush();
    void sendKeepAlive(TimePoint now);

    /// The script's fault is to happen before the next step.
    [[nodiscard]] bool isFaultDue() const;
    /// Lets it happen. False: the job has ended; true: it goes on without ever being due again.
    [[nodiscard]] bool strike();

private:
    void append(const QList<QByteArray> &events);
    void appendToken(size_t choice);
    void strikeStream();
    void sendWhole();

    ServerConnection &m_connection;
    std::unique_ptr<AnswerFormat> m_format;
    SimulatorRecord m_record;
    TimePoint m_lastSent;
    size_t m_step = 0;
    size_t m_steps = 0; ///< tokens of the longest choice
    QByteArray m_out;
    QByteArray m_event; ///< reused
};

} // namespace Lorikeet::Sim
