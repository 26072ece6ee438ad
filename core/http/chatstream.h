// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/chatoutcome.h"
#include "model/retrypolicy.h"
#include "model/streamevent.h"

#include <QObject>

#include <optional>

namespace Lorikeet {

/// One answer in the making. Made by ApiClient::chat().
///
/// Signals, all from the event loop of the thread it lives in:
/// `retrying()` where a try failed and, by the endpoint's policy, another follows; `started()` at
/// most once, when the head of a good answer is there, after which there is no further try;
/// `events()` with everything one read brought; `finished()` exactly once and last. stop() leads to
/// `finished()` with an error of Kind::Cancelled and the text so far. Deleting it ends the request
/// with no signal.
class ChatStream : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Ends the answer; harmless once it has ended.
    virtual void stop() = 0;

    /// When the request was written, the origin of all times shown; from started() on. Nothing
    /// where the stream does not tell; its outcome does.
    [[nodiscard]] virtual std::optional<TimePoint> sentAt() const { return std::nullopt; }

Q_SIGNALS:
    void retrying(const Lorikeet::Retry &retry);
    void started();
    void events(const Lorikeet::StreamEvents &events);
    void finished(const Lorikeet::ChatOutcome &outcome);
};

} // namespace Lorikeet
