// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

enum class Role { System, User, Assistant, Tool };

/// The wire word: "system", "user", "assistant", "tool".
[[nodiscard]] QString toWord(Role role);
[[nodiscard]] std::optional<Role> roleFromString(QStringView word);

/// A call the model asked for. `arguments` is the JSON text as the model wrote it, which may be
/// cut off or invalid.
struct ToolCall
{
    QString id;
    QString name;
    QString arguments;
    QString signature; ///< opaque; goes back with the call, where its server gave one (Gemini)

    friend bool operator==(const ToolCall &, const ToolCall &) = default;
};

/// A part of what the model thought that its server wants back as it was, with what it called
/// (Anthropic).
struct SignedThought
{
    QString text; ///< empty where the server keeps it to itself
    QString signature; ///< opaque
    QString hidden; ///< opaque: what the server encrypted instead of showing and signing it
    qsizetype textBefore = 0; ///< how much of the message's content came before it
    int callsBefore = 0;

    friend bool operator==(const SignedThought &, const SignedThought &) = default;
};

struct Message
{
    Role role = Role::User;
    QString content;
    QString reasoning; ///< kept for display; sent back only where a dialect wants it
    QList<ToolCall> toolCalls; ///< of an assistant
    QString toolCallId; ///< of a tool's answer
    QList<SignedThought> thoughts; ///< in their order; their texts stand in `reasoning` too

    friend bool operator==(const Message &, const Message &) = default;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::Message)
