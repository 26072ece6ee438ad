// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/generation.h"

#include <QString>

namespace Lorikeet::Sim {

/// What kind of answer a prompt asks for.
enum class Intent {
    About,
    Code,
    Echo,
    Essay,
    Explain,
    Greeting,
    Json,
    Languages,
    List,
    Maths,
    Summary,
    Table,
    Thanks,
    Triage,
};

/// What was understood of a prompt.
struct Prompt
{
    Intent intent = Intent::Explain;
    QString subject; ///< what it is about, a few words
    QString language; ///< Code: a section "code.LANGUAGE" of the material
    QString topic; ///< Triage: "", "login", "delivery" or "other"
    QString echo; ///< Echo: the text to repeat
};

/// Reads the last thing a person wrote.
[[nodiscard]] Prompt readPrompt(const QString &text);

/// The end of a conversation that was written as one text, for routes that take text: the last turn
/// of the user, and what the assistant has begun to answer. Knows the usual chat templates and
/// plain "User:" transcripts; a text without any is the user's turn.
[[nodiscard]] QList<PromptMessage> readTranscript(const QString &text);

} // namespace Lorikeet::Sim
