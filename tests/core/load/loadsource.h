// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadrequest.h"

#include <atomic>

namespace Lorikeet {

/// Asks for an answer of so many tokens, each conversation in its own words.
class PlainSource final : public LoadSource
{
public:
    int tokens = 8;
    int turns = 1;
    Nanoseconds thinking{};
    std::optional<qint64> most;
    QList<Nanoseconds> beginnings; ///< of a trace
    qint64 failsAt = -1;
    mutable std::atomic<int> made = 0; ///< requests

    [[nodiscard]] std::optional<qint64> count() const override { return most; }

    [[nodiscard]] Result<LoadRequest> request(
        qint64 conversation, int turn, const QList<Message> &before) const override
    {
        using namespace Qt::StringLiterals;
        ++made;
        if (conversation == failsAt) {
            return fail(ApiError::Kind::InvalidRequest, u"Line 8 is no prompt."_s);
        }
        LoadRequest asked;
        asked.turns = turns;
        asked.thinking = thinking;
        asked.request.messages = before;
        asked.request.messages
            += {.role = Role::User, .content = u"%1, %2"_s.arg(conversation).arg(turn)};
        asked.request.parameters = {{u"max_tokens"_s, tokens}};
        return asked;
    }

    [[nodiscard]] std::optional<Nanoseconds> beginning(qint64 conversation) const override
    {
        return conversation < beginnings.size() ? std::optional(beginnings[conversation])
                                                : std::nullopt;
    }
};

} // namespace Lorikeet
