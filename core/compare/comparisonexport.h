// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/comparisonrecord.h"

#include <optional>

namespace Lorikeet {

/// A lane with what was said in it.
struct ExportedLane
{
    QString name; ///< "support-v4"
    QString endpointName;
    Conversation conversation;
};

/// A prompt of a lane, with the answer that is shown.
struct ExportedTurn
{
    QString prompt;
    std::optional<ChatNode> answer;
};

[[nodiscard]] QList<ExportedTurn> exportedTurns(const Conversation &conversation);

/// What a lane is asked with, a line each. Nothing in it is secret.
[[nodiscard]] QStringList exportedFacts(const ExportedLane &lane);

/// A comparison to be read elsewhere: what each lane was asked with, each turn with all its
/// answers, how long they took, how like the base's they are, and what models said of them. No
/// addresses, no headers, no keys. In English, as all files are.
[[nodiscard]] QString comparisonAsMarkdown(
    const ComparisonRecord &record, const QList<ExportedLane> &lanes);

/// The same as one page that needs nothing else: answers side by side, the words that differ from
/// the base's marked.
[[nodiscard]] QString comparisonAsHtml(
    const ComparisonRecord &record, const QList<ExportedLane> &lanes);

} // namespace Lorikeet
