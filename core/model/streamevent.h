// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "model/message.h"

#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>
#include <variant>

namespace Lorikeet {

/// The answer began: the first record that names itself. Not a token.
struct Started
{
    QString id;
    QString model; ///< as the server calls it
    QString adapter; ///< what the server says it used (LoRAX); empty: none, or it does not say
    friend bool operator==(const Started &, const Started &) = default;
};

/// Text of the answer. `choice` is the wire's index (0 unless n > 1 was asked).
struct TextDelta
{
    int choice = 0;
    QString text;
    friend bool operator==(const TextDelta &, const TextDelta &) = default;
};

struct ReasoningDelta
{
    int choice = 0;
    QString text;
    friend bool operator==(const ReasoningDelta &, const ReasoningDelta &) = default;
};

/// A thought is over that its server wants back; see SignedThought. Its text came in pieces, too.
struct ThoughtSigned
{
    int choice = 0;
    QString text;
    QString signature;
    QString hidden;
    friend bool operator==(const ThoughtSigned &, const ThoughtSigned &) = default;
};

/// A piece of a tool call. `index` tells calls of one choice apart; id and name come with the
/// first piece, arguments in pieces to be joined.
struct ToolCallDelta
{
    int choice = 0;
    int index = 0;
    QString id;
    QString name;
    QString arguments;
    QString signature; ///< of the whole call; see ToolCall
    friend bool operator==(const ToolCallDelta &, const ToolCallDelta &) = default;
};

struct TokenAlternative
{
    QString token;
    std::optional<double> logprob; ///< null on the wire for NaN and minus infinity
    friend bool operator==(const TokenAlternative &, const TokenAlternative &) = default;
};

/// Probabilities of tokens just generated. Belongs to text that also comes as a TextDelta.
struct LogprobDelta
{
    struct Token
    {
        QString token;
        std::optional<double> logprob;
        QByteArray bytes; ///< where sent: tokens may be parts of a character
        QList<TokenAlternative> alternatives;
        friend bool operator==(const Token &, const Token &) = default;
    };

    int choice = 0;
    QList<Token> tokens;
    /// Of the prompt's tokens, where a person asked for them; no text comes with these.
    bool areOfPrompt = false;
    friend bool operator==(const LogprobDelta &, const LogprobDelta &) = default;
};

/// Token counts as the server reports them. Later reports replace earlier ones; they are never
/// added up.
struct Usage
{
    std::optional<qint64> promptTokens;
    std::optional<qint64> completionTokens;
    std::optional<qint64> totalTokens;
    std::optional<qint64> cachedTokens; ///< a part of promptTokens
    std::optional<qint64> reasoningTokens; ///< a part of completionTokens

    [[nodiscard]] bool isEmpty() const { return *this == Usage(); }

    friend bool operator==(const Usage &, const Usage &) = default;
};

/// Times the server itself reports (LoRAX headers, llama.cpp timings, Ollama durations).
struct ServerTiming
{
    std::optional<Nanoseconds> queue;
    std::optional<Nanoseconds> load; ///< of the model, where it was not in memory yet (Ollama)
    std::optional<Nanoseconds> prompt; ///< prefill
    std::optional<Nanoseconds> generation; ///< decode
    std::optional<Nanoseconds> total;
    std::optional<Nanoseconds> timeToFirstToken; ///< by the server's own definition

    [[nodiscard]] bool isEmpty() const { return *this == ServerTiming(); }

    friend bool operator==(const ServerTiming &, const ServerTiming &) = default;
};

struct UsageReport
{
    Usage usage;
    ServerTiming timing;
    friend bool operator==(const UsageReport &, const UsageReport &) = default;
};

/// Why a choice ended. `word` is the server's own ("eos_token", "stop", "end_turn"); `kind` what
/// it means.
struct FinishReason
{
    enum class Kind { Unknown, Stop, Length, ToolCalls, ContentFilter, Error };
    Kind kind = Kind::Unknown;
    QString word;
    friend bool operator==(const FinishReason &, const FinishReason &) = default;
};

[[nodiscard]] QString toWord(FinishReason::Kind kind);

/// One choice ended, as the server said. Usage may still follow.
struct Finished
{
    int choice = 0;
    FinishReason reason;
    std::optional<quint64> seed; ///< the one that was sampled with, where the server tells
    friend bool operator==(const Finished &, const Finished &) = default;
};

/// One thing that happened in an answer, in the order of the wire.
struct StreamEvent
{
    using Payload = std::variant<Started, TextDelta, ReasoningDelta, ToolCallDelta, LogprobDelta,
        UsageReport, Finished, ThoughtSigned>;

    TimePoint at; ///< when its bytes arrived; events of one read share it
    Payload payload;

    friend bool operator==(const StreamEvent &, const StreamEvent &) = default;
};

using StreamEvents = QList<StreamEvent>;

/// Whether it is a piece of an answer that was generated: text, reasoning or a part of a call that
/// is not empty. These are counted, and TTFT ends with the first.
[[nodiscard]] bool bearsToken(const StreamEvent &event);

/// One event as a JSON object: "type", "t_ns" (nanoseconds since `origin`) and the payload's
/// members. What `lori chat --events` prints and fixtures compare.
[[nodiscard]] QJsonObject toJson(const StreamEvent &event, TimePoint origin);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::StreamEvent)
