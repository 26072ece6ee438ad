// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/generation.h"

#include <QJsonArray>

namespace Lorikeet::Sim {

/// The function that is called where the choice is the model's, out of `tools` in the form of chat
/// completions; empty where it answers in words. By the last prompt of the user:
///
/// - it names functions: these are called one after the other, in that order, each after the result
///   of the one before;
/// - where it also says "again and again", they are so from the beginning again, without end;
/// - else the first that fits is called once. One fits where a word of its name or its description
///   is in the prompt.
[[nodiscard]] QJsonObject functionToCall(
    const QJsonArray &tools, const QList<PromptMessage> &messages);

} // namespace Lorikeet::Sim
