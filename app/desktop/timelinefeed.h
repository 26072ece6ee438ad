// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/timelinemodel.h"

#include <QObject>
#include <QPointer>

namespace Lorikeet {

class ChatSession;

/// Shows a session's path in a TimelineModel and keeps it up to date.
class TimelineFeed final : public QObject
{
    Q_OBJECT

public:
    /// `model` must outlive this.
    explicit TimelineFeed(TimelineModel &model, QObject *parent = nullptr);

    /// Null: nothing is shown.
    void follow(ChatSession *session);

private:
    void showPath();
    void showNode(QUuid id);
    [[nodiscard]] TimelineEntry entry(QUuid id) const;

    TimelineModel &m_model;
    QPointer<ChatSession> m_session;
};

} // namespace Lorikeet
