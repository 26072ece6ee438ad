// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/shownturn.h"

namespace Lorikeet {

QString ShownTurn::nameOf(Role role)
{
    switch (role) {
    case Role::System:
        return tr("System");
    case Role::Assistant:
        return tr("Assistant");
    case Role::User:
    case Role::Tool:
        break;
    }
    return tr("User");
}

QList<ShownTurn> ShownTurn::of(const QList<ExampleTurn> &turns)
{
    QList<ShownTurn> shown;
    for (const ExampleTurn &turn : turns) {
        shown.append({.who = nameOf(turn.role), .text = turn.text});
    }
    return shown;
}

QString ShownTurn::note(const PromptExamples &examples)
{
    if (examples.turns.isEmpty()) {
        return {};
    }
    const QString count = tr("%n turns", nullptr, int(examples.turns.size()));
    if (examples.source.isEmpty()) {
        return count;
    }
    return examples.version
        ? tr("%1, from “%2”, version %3").arg(count, examples.source).arg(*examples.version)
        : tr("%1, from “%2”").arg(count, examples.source);
}

} // namespace Lorikeet
