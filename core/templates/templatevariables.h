// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "templates/templatesyntax.h"

namespace Lorikeet {

/// A variable that a template takes from outside.
struct UsedVariable
{
    QString name;
    int line = 0; ///< where it is first
    bool isOptional = false; ///< the template says what to do without it, somewhere

    friend bool operator==(const UsedVariable &, const UsedVariable &) = default;
};

/// All of them in the order of their first use. One is optional if the template asks somewhere
/// whether it is defined, or has a `default` for it. Loop variables and what is `set` are the
/// template's own.
[[nodiscard]] QList<UsedVariable> variablesOf(const TemplateBlock &block);

} // namespace Lorikeet
