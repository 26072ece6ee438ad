// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/answerkeeper.h"
#include "load/arrivalschedule.h"
#include "load/duetimer.h"
#include "load/loaddelta.h"
#include "load/loadplan.h"
#include "load/loadrequest.h"
#include "load/loadusers.h"
#include "model/endpoint.h"

#include <QChronoTimer>

#include <QObject>
#include <QTimer>

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <queue>
#include <unordered_map>
#include <vector>

namespace Lorikeet {

class ApiClient;
class ChatStream;
struct ChatOutcome;

/// What all threads of a run share. Only the atomics change once it has begun.
struct LoadCommon
{
    LoadPlan plan;
    Target target; ///< retries nothing
    std::shared_ptr<const LoadSource> source;
    TimePoint origin;
    std::shared_ptr<LoadAnswers> answers; ///< null: none are kept
    qint64 firstOfUsers = 0; ///< number of the first conversation of a closed loop
    int shares = 1; ///< into which the plan is divided: all threads of all its shards

    std::atomic<qint64> conversationsOfUsers = 0; ///< begun in this process
    /// Begun in this process, and those that LoadPlan::spent has of stages before.
    std::atomic<qint64> requests = 0;
    std::atomic<int> running = 0;
};

/// The share of a load test that one thread has: sends what is due, reads what comes, and tells ten
/// times a second what happened. Lives in its ApiClient's thread.
class LoadWorker final : public QObject
{
    Q_OBJECT

public:
    /// `share` is a number below common->shares.
    LoadWorker(std::shared_ptr<LoadCommon> common, int share);
    ~LoadWorker() override;

    void start(ApiClient &client);
    /// Begins no more conversations, as after the curve's end.
    void endSending();
    /// Cancels what is under way; ends soon with done().
    void stop();

Q_SIGNALS:
    void told(const Lorikeet::LoadDelta &delta);
    /// A request was not sent, since the source has a bad record in its place.
    void refused(const Lorikeet::ApiError &error);
    /// Nothing more can be asked: a ceiling is reached. Once.
    void failed(const Lorikeet::ApiError &error);
    /// Once and last, with how this thread did.
    void done(const Lorikeet::LoadHealth &health);

private:
    struct Conversation
    {
        qint64 number = 0;
        int turn = 0;
        qint32 user = -1;
        Nanoseconds due{};
        QList<Message> said; ///< kept only where there are turns to follow
        std::optional<Result<LoadRequest>> asked = {}; ///< where it is known beforehand
    };

    struct LaterDue
    {
        bool operator()(const Conversation &a, const Conversation &b) const
        {
            return a.due > b.due;
        }
    };

    /// A request under way.
    struct Running
    {
        Conversation conversation;
        qint16 choice = -1;
        qint32 items = 0;
        int turns = 1;
        std::optional<TimePoint> lastToken; ///< the last read that brought some
        Nanoseconds longestGap{};
        Nanoseconds stalled{};
        QList<Message> messages; ///< as sent, where turns follow
        ChunkLog chunks; ///< empty where no answers are kept
    };

    [[nodiscard]] Nanoseconds now() const { return Clock::now() - m_common->origin; }

    [[nodiscard]] bool isMine(qint64 number) const;
    [[nodiscard]] bool isWithinStops(qint64 number) const;
    [[nodiscard]] std::optional<Conversation> nextArrival();

    void sendDue();
    void fillUsers();
    /// Of what a user of this process asks, from 0.
    [[nodiscard]] qint64 numberOfUsers(qint64 turn) const;
    [[nodiscard]] bool beginOfUser(int user, Nanoseconds due);
    /// An idle one, if there are still to be so many.
    void goOnOfUser(int user, Nanoseconds due);
    [[nodiscard]] std::size_t placeOf(int user) const;
    /// Now, or once the ceiling leaves room.
    void send(Conversation conversation);
    void begin(Conversation conversation);
    void sendWaiting();
    void onEvents(Running &running, const StreamEvents &events);
    void addPieces(Running &running, TimePoint at, int pieces);
    void onFinished(ChatStream *stream, const ChatOutcome &outcome);
    void goOn(Running ended, const ChatOutcome &outcome);
    void neverSent(const Conversation &conversation);
    void refuse(const Conversation &conversation, const ApiError &error);
    void arm();
    [[nodiscard]] bool isSendingOver() const;
    void onPulse();
    void tell();
    void endIfOver();
    void fail(const ApiError &error);

    std::shared_ptr<LoadCommon> m_common;
    int m_share;
    ApiClient *m_client = nullptr;
    std::optional<ArrivalSchedule> m_schedule; ///< nothing: a trace
    qint64 m_nextNumber = 0; ///< of an arrival
    std::optional<Conversation> m_arrival; ///< the next one of this share
    std::priority_queue<Conversation, std::vector<Conversation>, LaterDue> m_thinking;
    std::deque<Conversation> m_waiting; ///< due, and kept back by the ceiling
    LoadUsers m_users; ///< of this share
    std::unordered_map<ChatStream *, Running> m_running; ///< whose places do not move
    DueTimer m_due;
    QChronoTimer m_pulse;
    QTimer m_telling;
    std::optional<AnswerKeeper> m_keeper; ///< nothing: no answers are kept
    Nanoseconds m_end{}; ///< of the curve
    bool m_hasUsers = false; ///< that may still ask
    std::optional<Nanoseconds> m_usersDue; ///< since when some are to begin who have not yet
    std::optional<Nanoseconds> m_sendingOver; ///< since when no conversation begins any more
    bool m_isStopping = false;
    bool m_hasFailed = false;
    bool m_isOver = false;
    TimePoint m_pulseDue;
    TimePoint m_began;
    TimePoint m_told; ///< when it last told
    Nanoseconds m_toldProcessorTime{}; ///< what it had needed then
    LoadDelta m_delta;
    LoadHealth m_health;
};

} // namespace Lorikeet
