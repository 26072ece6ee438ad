// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/lane.h"
#include "model/chatoutcome.h"
#include "model/streamevent.h"

#include <QObject>

#include <vector>

namespace Lorikeet {

class ApiClient;
class ChatStream;

/// How the lanes of a comparison are asked; kept with its results, since it decides how fair their
/// times are.
struct ComparisonOptions
{
    enum class Order {
        Together, ///< all at once, first lane first
        Shuffled, ///< all at once, in an order of chance
        OneByOne, ///< each when the one before has ended: none waits for another
    };
    Order order = Order::Together;
    quint32 seed = 0; ///< of Shuffled; the same seed, the same order
    /// Every lane is sent warmUpRequest() first, whose answer is thrown away: connections are then
    /// open and adapters loaded.
    bool warmUp = false;
};

/// Asks several lanes at once and tells what each brings. Lives in the thread of its client, with
/// the times of the streams themselves.
class Comparison final : public QObject
{
    Q_OBJECT

public:
    Comparison(ApiClient &client, const QList<Lane> &lanes, const ComparisonOptions &options,
        QObject *parent = nullptr);
    ~Comparison() override;

    /// Asks. Signals come from the event loop.
    void start();
    /// Ends one lane, or all; what came is kept. Those that were not asked yet end at once.
    void stop(qsizetype lane);
    void stop();

    [[nodiscard]] const QList<Lane> &lanes() const { return m_lanes; }

    /// In which order the lanes are asked.
    [[nodiscard]] const QList<qsizetype> &order() const { return m_order; }

Q_SIGNALS:
    void events(qsizetype lane, const Lorikeet::StreamEvents &events);
    /// A try of a lane failed and, by its endpoint's policy, another follows.
    void retrying(qsizetype lane, const Lorikeet::Retry &retry);
    /// Once for each lane.
    void laneFinished(qsizetype lane, const Lorikeet::ChatOutcome &outcome);
    /// Once and last.
    void finished();

private:
    enum class Phase { Warming, Asking };

    void begin(Phase phase);
    void ask(qsizetype lane);
    void askNext();
    void onEnded(qsizetype lane, const ChatOutcome &outcome);
    void conclude(qsizetype lane, const ChatOutcome &outcome);
    [[nodiscard]] ChatOutcome stoppedOutcome(qsizetype lane) const;

    ApiClient &m_client;
    QList<Lane> m_lanes;
    ComparisonOptions m_options;
    QList<qsizetype> m_order;
    QList<qsizetype> m_waiting; ///< not asked yet in this phase
    std::vector<ChatStream *> m_streams; ///< by lane; null where none is under way
    QList<bool> m_isStopped; ///< by lane: what was under way was told to stop
    QList<bool> m_isDone; ///< by lane: laneFinished() was emitted, or is about to be
    qsizetype m_left; ///< lanes of which laneFinished() was not emitted
    Phase m_phase = Phase::Asking;
};

} // namespace Lorikeet
