// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"
#include "model/parameters.h"
#include "tools/toolsetup.h"

#include <QString>
#include <QStringList>

namespace Lorikeet {

/// What is wrong with a text, and where.
struct TextProblem
{
    QString sentence; ///< empty: nothing is
    int line = 0; ///< from 1; 0: no one place
    qsizetype place = -1; ///< likewise, in the text
    QString pointer; ///< a JSON Pointer to it; empty: there is none, or it is all of it

    friend bool operator==(const TextProblem &, const TextProblem &) = default;
};

/// What can be said of tools before they are sent.
struct ToolFinding
{
    TextProblem tools; ///< the first of its faults
    QList<TextProblem> toolFaults; ///< one a function
    TextProblem mock;
    TextProblem commands;
    QString refusal; ///< why this endpoint cannot be given them; empty: it can
    QStringList names; ///< of the tools, where they can be read
    QStringList notes; ///< what the endpoint's dialect cannot say

    [[nodiscard]] QString problem() const
    {
        return !tools.sentence.isEmpty()   ? tools.sentence
            : !mock.sentence.isEmpty()     ? mock.sentence
            : !commands.sentence.isEmpty() ? commands.sentence
                                           : refusal;
    }

    friend bool operator==(const ToolFinding &, const ToolFinding &) = default;
};

/// Reads tools and mock, and looks how they would go out. Takes as long as it takes; for any
/// thread.
[[nodiscard]] ToolFinding checkTools(
    const ToolSetup &setup, const Endpoint &endpoint, const ParameterSet &parameters);

} // namespace Lorikeet
