// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/message.h"

#include <QList>
#include <QString>

#include <optional>

namespace Lorikeet {

struct ExampleTurn
{
    Role role = Role::User; ///< never Tool
    QString text;

    friend bool operator==(const ExampleTurn &, const ExampleTurn &) = default;
};

/// Turns of a conversation that never was: they go out before the one that is, to show the model
/// what is wanted of it.
struct PromptExamples
{
    QList<ExampleTurn> turns;
    QString source; ///< the name of the template they are from; empty: they are from none
    std::optional<int> version; ///< of that template

    friend bool operator==(const PromptExamples &, const PromptExamples &) = default;
};

} // namespace Lorikeet
