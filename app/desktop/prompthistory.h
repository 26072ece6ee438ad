// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/conversation.h"

#include <QStringList>

#include <optional>

namespace Lorikeet {

/// Steps through the prompts of a conversation, as a shell does through its commands. What stood
/// there before the first step comes back after the last.
class PromptHistory final
{
public:
    /// The text `step` prompts on (-1: the one before); nothing at the ends. `current` is what is
    /// typed now: where it is not what the last step gave, stepping begins anew.
    [[nodiscard]] std::optional<QString> step(
        const Conversation &conversation, int step, const QString &current);

private:
    QStringList m_texts; ///< oldest first; the last is what had been typed
    qsizetype m_at = -1;
};

} // namespace Lorikeet
