// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "model/endpoint.h"
#include "model/message.h"
#include "model/streamevent.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>
#include <vector>

namespace Lorikeet {

/// When things happened, as durations since `start`, the moment the request was handed to
/// ApiClient. Absent: it did not happen, or the transport does not tell.
struct StreamTiming
{
    TimePoint start;
    std::optional<Nanoseconds> lookup; ///< name resolved
    std::optional<Nanoseconds> connect; ///< TCP stands
    std::optional<Nanoseconds> tls; ///< handshake done
    std::optional<Nanoseconds> sent; ///< last byte of the request handed to the system
    std::optional<Nanoseconds> firstByte; ///< of the answer's head
    std::optional<Nanoseconds> firstToken; ///< first non-empty text, reasoning or tool piece
    std::optional<Nanoseconds> firstVisible; ///< first non-empty text
    std::optional<Nanoseconds> lastToken;
    std::optional<Nanoseconds> end; ///< the answer was complete, or failed
    bool connectionReused = false;

    /// Arrival of each read that brought at least one token-bearing event, and how many it brought.
    struct Arrival
    {
        Nanoseconds at;
        int events;
        friend bool operator==(const Arrival &, const Arrival &) = default;
    };

    std::vector<Arrival> arrivals;
    qint64 chunks = 0; ///< token-bearing events; an estimate of tokens where usage is missing
    qint64 bytesReceived = 0; ///< of the body

    friend bool operator==(const StreamTiming &, const StreamTiming &) = default;
};

struct ChatChoice
{
    QString text;
    QString reasoning;
    QList<ToolCall> toolCalls;
    QList<SignedThought> thoughts;
    QList<LogprobDelta::Token> logprobs;
    FinishReason finish;
    std::optional<quint64> seed; ///< the one that was sampled with, where the server tells

    friend bool operator==(const ChatChoice &, const ChatChoice &) = default;
};

/// How one answer ended. With `error` set the rest is what had arrived until then: text that was
/// received is never lost, which is why this is one value and not a Result.
struct ChatOutcome
{
    QString id;
    QString model; ///< as the server called it
    QString adapter; ///< as the server called it; empty: none, or it did not say
    QList<ChatChoice> choices; ///< never empty; index is the wire's
    Usage usage;
    ServerTiming serverTiming;
    StreamTiming timing;
    int httpStatus = 0;
    Headers headers; ///< of the answer
    int tries = 1; ///< how often it was sent; the timing is the last one's
    QStringList notes; ///< what a person should know of how it was asked: Provider::notes()
    std::optional<ApiError> error;

    [[nodiscard]] const ChatChoice &choice() const { return choices.constFirst(); }

    friend bool operator==(const ChatOutcome &, const ChatOutcome &) = default;
};

/// Joins events into an outcome. The only place where deltas become text, for streams and (given
/// all at once) for plain answers alike; also keeps the token times.
class ChatAccumulator final
{
public:
    explicit ChatAccumulator(TimePoint start = {});

    void add(const StreamEvents &events);

    [[nodiscard]] const ChatOutcome &outcome() const { return m_outcome; }

    [[nodiscard]] ChatOutcome &outcome() { return m_outcome; }

private:
    ChatChoice &choice(int index);

    ChatOutcome m_outcome;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ChatOutcome)
