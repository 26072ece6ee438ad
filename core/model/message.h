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

struct Message
{
    Role role = Role::User;
    QString content;
    QString reasoning; ///< kept for display; sent back only where a dialect wants it
    QList<ToolCall> toolCalls; ///< of an assistant
    QString toolCallId; ///< of a tool's answer

    friend bool operator==(const Message &, const Message &) = default;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::Message)
