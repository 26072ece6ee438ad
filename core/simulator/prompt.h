// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

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

} // namespace Lorikeet::Sim
