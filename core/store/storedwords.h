// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/comparisonrecord.h"
#include "compare/verdict.h"
#include "model/endpoint.h"

#include <QString>

// The words that stand for values of enumerations where they are stored, and the last value of
// each, up to which words are looked for. Private to storejson.cpp.

namespace Lorikeet {

inline QString toWord(KeyReference::Kind kind)
{
    switch (kind) {
    case KeyReference::Kind::None:
        return QStringLiteral("none");
    case KeyReference::Kind::Keychain:
        return QStringLiteral("keychain");
    case KeyReference::Kind::Environment:
        return QStringLiteral("environment");
    case KeyReference::Kind::Session:
        return QStringLiteral("session");
    }
    Q_UNREACHABLE_RETURN(QString());
}

inline QString toWord(ProxySetting::Mode mode)
{
    switch (mode) {
    case ProxySetting::Mode::Automatic:
        return QStringLiteral("automatic");
    case ProxySetting::Mode::None:
        return QStringLiteral("none");
    case ProxySetting::Mode::Explicit:
        return QStringLiteral("explicit");
    }
    Q_UNREACHABLE_RETURN(QString());
}

inline QString toWord(HttpVersion version)
{
    switch (version) {
    case HttpVersion::Http1:
        return QStringLiteral("1.1");
    case HttpVersion::Automatic:
        return QStringLiteral("auto");
    case HttpVersion::Http2:
        return QStringLiteral("2");
    }
    Q_UNREACHABLE_RETURN(QString());
}

inline QString toWord(ComparisonOptions::Order order)
{
    switch (order) {
    case ComparisonOptions::Order::Together:
        return QStringLiteral("together");
    case ComparisonOptions::Order::Shuffled:
        return QStringLiteral("shuffled");
    case ComparisonOptions::Order::OneByOne:
        return QStringLiteral("one-by-one");
    }
    Q_UNREACHABLE_RETURN(QString());
}

constexpr auto lastOf(ApiError::Kind) { return ApiError::Kind::Internal; }

constexpr auto lastOf(ComparisonOptions::Order) { return ComparisonOptions::Order::OneByOne; }

constexpr auto lastOf(FinishReason::Kind) { return FinishReason::Kind::Error; }

constexpr auto lastOf(HttpVersion) { return HttpVersion::Http2; }

constexpr auto lastOf(KeyReference::Kind) { return KeyReference::Kind::Session; }

constexpr auto lastOf(ProxySetting::Mode) { return ProxySetting::Mode::Explicit; }

constexpr auto lastOf(Verdict::Kind) { return Verdict::Kind::Ranking; }

constexpr auto lastOf(AnswerJson::Around) { return AnswerJson::Around::Words; }

constexpr auto lastOf(Role) { return Role::Tool; }

constexpr auto lastOf(SchemaCarrying::Way) { return SchemaCarrying::Way::Words; }

constexpr auto lastOf(SchemaVerdict::State) { return SchemaVerdict::State::Invalid; }

constexpr auto lastOf(StructuredOptions::Again) { return StructuredOptions::Again::Hotter; }

constexpr auto lastOf(TlsFault) { return TlsFault::Handshake; }

constexpr auto lastOf(ToolRecord::By) { return ToolRecord::By::Command; }

} // namespace Lorikeet
