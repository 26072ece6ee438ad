// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/chatstream.h"

#include <QMetaType>
#include <QPointer>

#include <optional>

namespace Lorikeet {

/// What has happened to a stream since the delivery before.
struct StreamDelivery
{
    QList<Retry> retries;
    bool started = false;
    StreamEvents events;
    std::optional<ChatOutcome> outcome;
};

/// Sits in the network's thread beside a stream and sends what it brings to a RelayedStream in
/// another. At most one delivery is under way; what arrives meanwhile goes into the next. So the
/// other thread gets as many as it can take, and never a queue of them.
class StreamRelay final : public QObject
{
    Q_OBJECT

public:
    /// `stream` gets the same parent as this: whoever made it.
    void attach(ChatStream *stream);
    void stop();
    /// Aborts the stream, and deletes both.
    void end();
    /// The delivery has been received.
    void acknowledge();

Q_SIGNALS:
    void delivered(const Lorikeet::StreamDelivery &delivery);

private:
    void deliver();

    QPointer<ChatStream> m_stream;
    StreamDelivery m_next;
    bool m_underWay = false;
};

/// A ChatStream whose work is done in another thread, by its relay.
class RelayedStream final : public ChatStream
{
    Q_OBJECT

public:
    /// Makes the relay, which then belongs to `thread`.
    explicit RelayedStream(QThread *thread);
    ~RelayedStream() override;

    void stop() override;

    [[nodiscard]] StreamRelay *relay() const { return m_relay; }

private:
    void receive(const StreamDelivery &delivery);

    QPointer<StreamRelay> m_relay;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::StreamDelivery)
