// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace Lorikeet {

/// What a server may be able to do besides answering in a chat.
enum class Capability {
    StreamUsage, ///< tells token counts in a stream
    Tools, ///< takes tools and answers with calls of them
    JsonSchema, ///< holds an answer to a schema
    Logprobs, ///< tells the probabilities of tokens
    Tokenize, ///< has a route that cuts a text into tokens, or counts them
    Metrics, ///< counters in Prometheus' form, at the same address
    Embeddings,
    Rerank,
    Adapters, ///< a request may choose a LoRA adapter
    AdapterLoading, ///< adapters come and go while the server runs
};

/// One capability of one server, and why it is believed. Nothing is guessed: what neither the
/// server nor its kind tells is Unknown, which is neither of the others and is shown as itself.
struct CapabilityFinding
{
    enum class State {
        Unknown,
        Yes,
        No,
    };
    enum class Ground {
        None, ///< of Unknown alone
        Wire, ///< this server showed it; `reason` names the route and what it said
        Kind, ///< every server of the kind that was recognised is so; `reason` says what is known
    };
    Capability capability = Capability::StreamUsage;
    State state = State::Unknown;
    Ground ground = Ground::None;
    /// A fragment without a full stop, such as "GET /metrics: vllm: counters"; of Unknown what it
    /// depends on, if that is known, else empty.
    QString reason;

    friend bool operator==(const CapabilityFinding &, const CapabilityFinding &) = default;
};

/// Who may use a route. Found with harmless requests alone: a route that changes something is asked
/// with a method it does not take, which tells whether a key is wanted before that is noticed.
struct RouteAccess
{
    enum class Access {
        Unknown, ///< it did not answer, or in a way that tells nothing
        Open, ///< works without a key
        Guarded, ///< wants a key
        Absent, ///< there is no such route
    };
    QString route; ///< "GET /metrics", "POST /v1/load_lora_adapter"
    Access access = Access::Unknown;
    QString reason; ///< what it answered without a key, such as "401" or "405 to GET"

    friend bool operator==(const RouteAccess &, const RouteAccess &) = default;
};

// Words that are stored and printed as JSON; none is ever given another meaning.

/// "stream_usage", "tools", "json_schema" …
[[nodiscard]] QString toWord(Capability capability);
[[nodiscard]] QString toWord(CapabilityFinding::State state);
[[nodiscard]] QString toWord(CapabilityFinding::Ground ground);
[[nodiscard]] QString toWord(RouteAccess::Access access);

/// The last of each, for going through all from the first on, which is 0.
[[nodiscard]] constexpr Capability lastOf(Capability) { return Capability::AdapterLoading; }

[[nodiscard]] constexpr CapabilityFinding::State lastOf(CapabilityFinding::State)
{
    return CapabilityFinding::State::No;
}

[[nodiscard]] constexpr CapabilityFinding::Ground lastOf(CapabilityFinding::Ground)
{
    return CapabilityFinding::Ground::Kind;
}

[[nodiscard]] constexpr RouteAccess::Access lastOf(RouteAccess::Access)
{
    return RouteAccess::Access::Absent;
}

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::CapabilityFinding)
Q_DECLARE_METATYPE(Lorikeet::RouteAccess)
