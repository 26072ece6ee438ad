// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/message.h"
#include "tools/toolset.h"

#include <QFuture>
#include <QMetaType>

#include <functional>
#include <optional>

namespace Lorikeet {

/// A call that a model asks for, held against the tools it was given.
struct ToolQuestion
{
    ToolCall call; ///< with an id; see withIds()
    JsonNode arguments; ///< an object; without members where the model wrote none that can be read
    QList<SchemaViolation> violations; ///< what the arguments do wrong
    /// Why it must not be answered, for the model and for a person: there is no such tool, or the
    /// arguments are none of its. Empty: it may be.
    QString problem;
};

/// Who answered a call, and how that went: for a person, never for the model.
struct ToolRecord
{
    enum class By {
        Check, ///< nobody was asked: the call has a problem
        Hand,
        Mock,
        Command,
    };
    By by = By::Hand;
    bool isError = false;
    std::optional<int> exitCode; ///< of a command that ended by itself
    QString aside; ///< what a command wrote on stderr, as ToolAside has it
    bool isAsideCut = false; ///< there was more before it

    friend bool operator==(const ToolRecord &, const ToolRecord &) = default;
};

/// "check", "hand", "mock", "command".
[[nodiscard]] QString toWord(ToolRecord::By by);

/// What a call is answered with.
struct ToolReply
{
    using By = ToolRecord::By;

    QString content; ///< what the model is told
    ToolRecord record;
};

/// A problem, said to the model by one other than a command.
[[nodiscard]] ToolReply refusal(ToolReply::By by, const QString &content);

/// Holds a call against `tools`. Takes as long as a schema lets it, and looks now and then whether
/// `isStopped`; fails where that is so, or a limit of the check was met.
[[nodiscard]] Result<ToolQuestion> checkCall(
    const ToolCall &call, const QList<Tool> &tools, const std::function<bool()> &isStopped = {});

/// Each call with an id of its own: where a server gives none, or one to several, they are counted
/// on from `first`.
[[nodiscard]] QList<ToolCall> withIds(const QList<ToolCall> &calls, int first);

/// Answers calls. Lives in one thread.
class ToolAnswerer
{
public:
    ToolAnswerer() = default;
    Q_DISABLE_COPY_MOVE(ToolAnswerer)
    virtual ~ToolAnswerer() = default;

    /// The answer to come, or nothing where this one has none for such a call. Cancelling the
    /// future ends what is done for it. A failure ends the run; what the model may be told is a
    /// ToolReply.
    [[nodiscard]] virtual std::optional<QFuture<Result<ToolReply>>> answer(
        const ToolQuestion &question)
        = 0;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ToolQuestion)
Q_DECLARE_METATYPE(Lorikeet::ToolReply)
