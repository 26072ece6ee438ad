// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QUuid>

namespace Lorikeet {

/// One thing that makes an answer good, and how much it counts beside the others.
struct RubricCriterion
{
    QString text;
    int weight = 1; ///< 1 to 9

    friend bool operator==(const RubricCriterion &, const RubricCriterion &) = default;
};

/// What makes an answer good, for a model that judges.
struct Rubric
{
    QUuid id;
    QString name;
    QList<RubricCriterion> criteria;

    friend bool operator==(const Rubric &, const Rubric &) = default;
};

/// To begin with; always the same ids.
[[nodiscard]] QList<Rubric> sampleRubrics();

/// As the judge is told: a line for each criterion, with its share of the sum of all weights in
/// percent where they differ. Criteria without words are left out; empty: there are none.
[[nodiscard]] QString rubricText(const Rubric &rubric);

} // namespace Lorikeet
