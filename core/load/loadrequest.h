// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "load/loadtask.h"
#include "model/chatrequest.h"

#include <optional>

namespace Lorikeet {

/// A request of a load test, as it is sent.
struct LoadRequest
{
    /// Of a task but chat: model, adapter and further members of the body alone.
    ChatRequest request;
    LoadTask::Kind task = LoadTask::Kind::Chat;
    QString query; ///< of Rerank
    QStringList texts; ///< to embed, or the documents; of a chat none
    qint16 choice = -1; ///< of the mix; -1: there is none
    int turns = 1; ///< of its whole conversation
    /// How long its user thinks before it, once the answer before it is there.
    Nanoseconds thinking{};
    std::optional<qint64> inputTokens; ///< what its prompt is meant to have
    std::optional<qint64> outputTokens; ///< what it asks for

    /// Texts or documents; 0: a chat.
    [[nodiscard]] qint32 items() const { return qint32(texts.size()); }

    friend bool operator==(const LoadRequest &, const LoadRequest &) = default;
};

/// What a load test asks. The same conversation of the same source is the same in every thread,
/// process and run, so that each can work out its own share.
///
/// Used from several threads at once; what it gives depends on the arguments alone.
class LoadSource
{
public:
    virtual ~LoadSource() = default;

    /// How many conversations there are; nothing: as many as one likes. Of a trace those that have
    /// a time; there are more to be asked at other times, of the same lengths.
    [[nodiscard]] virtual std::optional<qint64> count() const = 0;

    /// A turn of a conversation, from 0. `before` is what was said in it so far, the answers
    /// included; empty at the first.
    [[nodiscard]] virtual Result<LoadRequest> request(
        qint64 conversation, int turn, const QList<Message> &before) const
        = 0;

    /// When a conversation of a trace begins; nothing where the load's curve says that. In the
    /// order of the conversations.
    [[nodiscard]] virtual std::optional<Nanoseconds> beginning(qint64 conversation) const
    {
        Q_UNUSED(conversation)
        return std::nullopt;
    }
};

} // namespace Lorikeet
