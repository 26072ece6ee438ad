// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>

namespace Lorikeet {

class ChatRun;
class ChatService;
class CompareLane;
class EndpointListModel;
struct ChatOutcome;

/// Sends the short request to lanes that goes before the ones that are counted. One that fails is
/// no matter: the lane fails in the same way when it is asked, and says so then.
class LaneWarmUp final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this.
    LaneWarmUp(ChatService &service, EndpointListModel &endpoints, QObject *parent);

    /// In this order; all at once, or each when the one before has ended. finished() follows.
    void begin(const QList<CompareLane *> &lanes, bool oneByOne);
    /// Without finished().
    void stop();
    /// Goes on without that lane.
    void drop(CompareLane *lane);

    [[nodiscard]] bool isRunning() const { return !m_runs.isEmpty() || !m_waiting.isEmpty(); }

    /// How long each took that succeeded, since begin().
    [[nodiscard]] const QHash<CompareLane *, Nanoseconds> &times() const { return m_times; }

Q_SIGNALS:
    void finished();

private:
    void ask(CompareLane *lane);
    void askNext();
    void onEnded(CompareLane *lane, const ChatOutcome &outcome);
    void take(CompareLane *lane);

    ChatService &m_service;
    EndpointListModel &m_endpoints;
    QList<CompareLane *> m_waiting;
    QHash<CompareLane *, ChatRun *> m_runs;
    QHash<CompareLane *, Nanoseconds> m_times;
};

} // namespace Lorikeet
