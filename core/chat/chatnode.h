// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "model/adapter.h"
#include "model/chatmetrics.h"
#include "model/message.h"
#include "model/parameters.h"
#include "model/promptexamples.h"
#include "model/streamevent.h"
#include "schema/structuredsetup.h"
#include "tools/toolcall.h"
#include "tools/toolsetup.h"

#include <QDateTime>
#include <QJsonObject>
#include <QMetaType>
#include <QString>
#include <QUuid>

#include <optional>

namespace Lorikeet {

/// What the next answer of a conversation is asked with. Saved with the conversation, but for the
/// adapter's token, which lives as long as the program.
struct ChatSetup
{
    QUuid endpoint; ///< null: none chosen yet
    QString model; ///< empty: what the server has
    AdapterChoice adapter;
    ParameterSet parameters;
    QJsonObject extraBody; ///< merged into the body last, over everything else
    /// What a person is writing there while it is no JSON object: kept, never sent.
    QString extraBodyDraft;
    QString systemPrompt;
    PromptExamples examples; ///< between the system prompt and the conversation
    std::optional<StructuredSetup> structured; ///< nothing: no schema was ever chosen
    std::optional<ToolSetup> tools; ///< nothing: there never were any

    /// The schema that answers are held to; null: they are free.
    [[nodiscard]] const StructuredSetup *schema() const
    {
        return structured && structured->isOn ? &*structured : nullptr;
    }

    /// The tools that answers may call; null: there are none.
    [[nodiscard]] const ToolSetup *activeTools() const
    {
        return tools && tools->isOn ? &*tools : nullptr;
    }

    friend bool operator==(const ChatSetup &, const ChatSetup &) = default;
};

/// Where an answer came from and what it was asked with, kept with it for good: endpoints are
/// renamed and removed, setups change. Its `setup` has no adapter token and
/// no draft.
struct AnswerOrigin
{
    ChatSetup setup;
    QString endpointName;
    QString provider; ///< the id of the dialect
    QString servedModel; ///< as the server called it in the answer
    QString servedAdapter; ///< likewise; empty: none, or it did not say
    /// How long the request took that was sent before, to warm up, and is not counted.
    std::optional<Nanoseconds> warmUp;

    /// What is shown for the adapter: its id, the scales as "2 × 0.5, 3 × 1", or empty for the
    /// base.
    [[nodiscard]] QString adapterLabel() const;

    friend bool operator==(const AnswerOrigin &, const AnswerOrigin &) = default;
};

/// One message in the tree of a conversation: a prompt, or one version of an answer.
struct ChatNode
{
    enum class State {
        Complete, ///< every prompt, and an answer that reached its end
        Streaming,
        Stopped, ///< by the person
        Failed, ///< see `error`; what had arrived is kept
        Interrupted, ///< the program ended while it streamed
    };

    QUuid id;
    QUuid parent; ///< null: a first message
    QUuid chosen; ///< the child shown below it; null where it has none
    Message message;
    QDateTime created; ///< UTC
    State state = State::Complete;
    std::optional<ApiError> error; ///< with Failed only
    std::optional<ToolRecord> toolRecord; ///< of a call's result, which the message is

    // Of answers only.
    AnswerOrigin origin;
    ChatMetrics metrics; ///< of the last request, where the answer was continued
    FinishReason finish;
    std::optional<quint64> seed; ///< the one that was sampled with, where the server told
    Usage usage;
    ServerTiming serverTiming;
    QStringList notes; ///< what a person should know of how it was asked: ChatOutcome::notes
    std::optional<SchemaVerdict> verdict; ///< where it is held to a schema

    [[nodiscard]] bool isAnswer() const { return message.role == Role::Assistant; }

    friend bool operator==(const ChatNode &, const ChatNode &) = default;
};

/// A stable lower-case word ("interrupted"), as stored and exported.
[[nodiscard]] QString toWord(ChatNode::State state);
[[nodiscard]] std::optional<ChatNode::State> nodeStateFromString(QStringView word);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ChatSetup)
Q_DECLARE_METATYPE(Lorikeet::ChatNode)
