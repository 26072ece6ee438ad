// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMetaType>
#include <QString>

#include <vector>

namespace Lorikeet {

/// What the simulator truly did with one request for an answer: what a client's own measurements
/// are checked against. Times are of the monotonic clock, which all processes of a machine share.
struct SimulatorRecord
{
    qint64 number = 0; ///< counts from 1
    QByteArray id; ///< the X-Request-Id of request and answer
    QByteArray path;
    QString model; ///< the base model
    QString adapter; ///< empty: none
    QString fault; ///< empty: none
    QString outcome; ///< "done", "aborted" by the client, or "fault"; empty while it runs
    bool stream = false;
    qint64 promptTokens = 0;
    qint64 completionTokens = 0; ///< sent so far
    TimePoint received; ///< the request was complete
    TimePoint admitted; ///< it got a slot; default if it never did
    TimePoint finished;
    /// For each step of the answer (a token of each choice): when the model wanted it sent, and
    /// when it was handed to the system. Not streamed: when it would have been.
    std::vector<TimePoint> planned;
    std::vector<TimePoint> sent;

    /// The same as JSON, times as nanoseconds of the monotonic clock; the two lists only if asked.
    [[nodiscard]] QJsonObject toJson(bool withTokens) const;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::SimulatorRecord)
