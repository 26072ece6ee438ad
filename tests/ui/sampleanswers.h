// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/timelinemessage.h"

#include <QList>
#include <QString>

namespace Lorikeet {

/// Messages to look at and to test with: every kind of row, and sessions of any length.
namespace SampleAnswers {

/// An answer with every kind of block.
[[nodiscard]] QString everything();
/// Prose, lists, code and tables of about so many characters.
[[nodiscard]] QString mixed(qsizetype characters);

[[nodiscard]] TimelineEntry prompt(const QString &text);
[[nodiscard]] TimelineEntry answer(const QString &text);

/// A session with a prompt and an answer of each sort: reasoning, stopped, failed, versions,
/// answered by a command.
[[nodiscard]] QList<TimelineEntry> showcase();
/// So many messages, prompts and answers in turn.
[[nodiscard]] QList<TimelineEntry> session(int messages);

} // namespace SampleAnswers

} // namespace Lorikeet
