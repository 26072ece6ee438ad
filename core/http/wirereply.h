// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/deadline.h"
#include "http/answerhead.h"
#include "http/transportdetails.h"

#include <QNetworkReply>

#include <memory>
#include <vector>

namespace Lorikeet {

class DeliveryQueue;

/// A reply over a transport of ours. What the transport finds is only noted; deliver(), called by
/// the queue, turns it into signals, so that a slot may abort or delete the reply, or anything
/// else.
///
/// Unlike Qt's, an aborted reply keeps what it received.
class WireReply : public QNetworkReply, public TransportDetails
{
    Q_OBJECT

public:
    ~WireReply() override;

    void abort() override;
    void close() override;
    [[nodiscard]] qint64 bytesAvailable() const override;

    [[nodiscard]] bool canReadLine() const override;

    [[nodiscard]] bool isSequential() const override { return true; }

    void setReadBufferSize(qint64 size) override;

    void eachReceived(const ReceivedVisitor &visit) override;

    [[nodiscard]] std::optional<ApiError> failure() const override { return m_failure; }

    /// Emits what has happened since the last time.
    void deliver();

    /// It was added to the queue and not delivered since. (DeliveryQueue::addEnded() apart.)
    [[nodiscard]] bool isQueued() const { return m_isQueued; }

    /// As drainReply().
    void drain();

protected:
    enum Event : unsigned {
        Connecting = 1,
        Encrypted = 2,
        Sent = 4,
        Head = 8,
        Data = 16,
        Done = 32,
    };

    /// What a transport knows of its request from the start.
    struct Request
    {
        qint64 bodySize = 0;
        bool isSecure = false;
    };

    WireReply(std::shared_ptr<DeliveryQueue> queue, QObject *parent);

    void setRequestFacts(const Request &facts) { m_facts = facts; }

    void note(Event event);

    /// Of the answer, which the transport reads.
    [[nodiscard]] AnswerHead &head() { return m_head; }

    [[nodiscard]] const AnswerHead &head() const { return m_head; }

    /// Bytes of the body that came at one moment follow, so many at most.
    void startPiece(qsizetype sizeAtMost, TimePoint at);
    void addReceived(QByteArrayView bytes);

    [[nodiscard]] bool hasReceived() const { return !m_pieces.empty(); }

    /// Something has come that readyRead() has not told of yet.
    [[nodiscard]] bool isDataUntold() const { return (m_events & Data) != 0; }

    /// And not taken yet.
    [[nodiscard]] qint64 bytesReceived() const { return m_received.size() - m_readTo; }

    /// False: as much is kept as setReadBufferSize() allows, so read no more for now.
    [[nodiscard]] bool hasRoom() const
    {
        return readBufferSize() <= 0 || bytesReceived() < readBufferSize();
    }

    void setFailure(const ApiError &error) { m_failure = error; }

    /// Ends the request on the wire, wherever it stands; harmless once it has ended. Called by the
    /// destructor of what implements it, too.
    virtual void giveUp() = 0;
    /// There may be room again.
    virtual void resumeReading() = 0;

    qint64 readData(char *data, qint64 maxSize) override;

private:
    struct Piece
    {
        qsizetype end; ///< in m_received
        TimePoint at;
    };

    void forgetReceived();
    void applyHead();
    void goOnDraining();
    void finish();

    std::shared_ptr<DeliveryQueue> m_queue;
    Request m_facts;
    AnswerHead m_head;
    // What was received and not taken yet: all pieces in one buffer, which serves again and again.
    QByteArray m_received;
    std::vector<Piece> m_pieces;
    qsizetype m_readTo = 0; ///< of m_received; what is before was read as from any device
    qint64 m_receivedTotal = 0;
    std::optional<ApiError> m_failure;
    unsigned m_events = 0; ///< to be told; of Event
    bool m_isQueued = false;
    std::unique_ptr<Deadline> m_draining; ///< null: its signals are wanted
};

} // namespace Lorikeet
