// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/lane.h"
#include "model/chatoutcome.h"

#include <QJsonObject>

namespace Lorikeet {

/// What a comparison brought, as `lori compare` prints it. The first lane is what the others are
/// held against.
struct CompareReport
{
    QString prompt;
    QList<Lane> lanes;
    QList<qsizetype> order; ///< in which they were asked
    QList<ChatOutcome> outcomes; ///< by lane

    /// For a person. With `showsDifferences` the later answers have them marked: in colours on a
    /// terminal, else with wdiff's signs.
    [[nodiscard]] QString toText(bool showsDifferences, bool isTerminal) const;
    [[nodiscard]] QJsonObject toJson() const;
};

} // namespace Lorikeet
