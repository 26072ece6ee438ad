// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/streamrelay.h"

#include <QThread>

#include <utility>

namespace Lorikeet {

void StreamRelay::attach(ChatStream *stream)
{
    setParent(stream->parent());
    m_stream = stream;
    connect(stream, &ChatStream::retrying, this, [this](const Retry &retry) {
        m_next.retries.append(retry);
        deliver();
    });
    connect(stream, &ChatStream::started, this, [this] {
        m_next.started = true;
        deliver();
    });
    connect(stream, &ChatStream::events, this, [this](const StreamEvents &events) {
        m_next.events += events;
        deliver();
    });
    connect(stream, &ChatStream::finished, this, [this](const ChatOutcome &outcome) {
        m_next.outcome = outcome;
        deliver();
    });
}

void StreamRelay::stop()
{
    if (m_stream) {
        m_stream->stop();
    }
}

void StreamRelay::end()
{
    delete m_stream;
    deleteLater();
}

void StreamRelay::acknowledge()
{
    m_underWay = false;
    if (!m_next.retries.isEmpty() || m_next.started || !m_next.events.isEmpty() || m_next.outcome) {
        deliver();
    }
}

void StreamRelay::deliver()
{
    if (!std::exchange(m_underWay, true)) {
        Q_EMIT delivered(std::exchange(m_next, {}));
    }
}

RelayedStream::RelayedStream(QThread *thread)
    : m_relay(new StreamRelay)
{
    m_relay->moveToThread(thread);
    connect(m_relay, &StreamRelay::delivered, this, &RelayedStream::receive);
}

RelayedStream::~RelayedStream()
{
    // Null once the network's thread has ended and taken its relays with it.
    if (m_relay) {
        QMetaObject::invokeMethod(m_relay, [relay = m_relay.data()] { relay->end(); });
    }
}

void RelayedStream::stop()
{
    if (m_relay) {
        QMetaObject::invokeMethod(m_relay, &StreamRelay::stop);
    }
}

void RelayedStream::receive(const StreamDelivery &delivery)
{
    // First, so that the network's thread packs the next while this one is worked on.
    if (m_relay) {
        QMetaObject::invokeMethod(m_relay, &StreamRelay::acknowledge);
    }
    // Who listens may delete this.
    const QPointer<RelayedStream> self(this);
    for (const Retry &retry : delivery.retries) {
        if (self) {
            Q_EMIT retrying(retry);
        }
    }
    if (self && delivery.started) {
        Q_EMIT started();
    }
    if (self && !delivery.events.isEmpty()) {
        Q_EMIT events(delivery.events);
    }
    if (self && delivery.outcome) {
        Q_EMIT finished(*delivery.outcome);
    }
}

} // namespace Lorikeet
