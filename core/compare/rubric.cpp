// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/rubric.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Rubric sample(const QString &name, const QList<RubricCriterion> &criteria)
{
    const QUuid samples(u"{5b0f5f0e-6c3e-4b57-9d0f-5e2f6d1f9a31}"_s);
    return {.id = QUuid::createUuidV5(samples, name), .name = name, .criteria = criteria};
}

} // namespace

QList<Rubric> sampleRubrics()
{
    return {
        sample(u"Does what was asked"_s,
            {{u"It does what the request asks."_s, 3}, {u"What it says is right."_s, 3},
                {u"It leaves out nothing that matters."_s, 2},
                {u"It says nothing that was not asked for."_s, 1}}),
        sample(u"Support answers"_s,
            {{u"It solves the customer's problem, or says what happens next."_s, 3},
                {u"Facts, numbers and names are right, and none is made up."_s, 3},
                {u"It is friendly and plain, and blames nobody."_s, 2},
                {u"It is no longer than needed."_s, 1}}),
        sample(u"Structured output"_s,
            {{u"It has exactly the form that was asked for, and nothing stands around it."_s, 3},
                {u"Every value is right."_s, 3},
                {u"What the request does not tell is left empty, not made up."_s, 2}}),
        sample(u"Keeps a voice"_s,
            {{u"It keeps to the voice and the manner that were asked for, to its end."_s, 3},
                {u"It is right, and does what the request asks."_s, 2},
                {u"It reads well: no phrase is repeated, no sentence limps."_s, 1}}),
    };
}

QString rubricText(const Rubric &rubric)
{
    QList<RubricCriterion> criteria;
    int sum = 0;
    for (const RubricCriterion &each : rubric.criteria) {
        if (const QString text = each.text.simplified(); !text.isEmpty()) {
            criteria.append({.text = text, .weight = std::max(1, each.weight)});
            sum += criteria.constLast().weight;
        }
    }
    if (criteria.isEmpty()) {
        return {};
    }
    const bool isEven = std::ranges::all_of(criteria, [&criteria](const RubricCriterion &each) {
        return each.weight == criteria.constFirst().weight;
    });
    QString text = isEven
        ? u"The better answer is the one of which this holds more:"_s
        : u"Judge by these criteria, each of which counts for its share of the verdict:"_s;
    for (const RubricCriterion &each : std::as_const(criteria)) {
        text += isEven ? u"\n- "_s + each.text
                       : u"\n- (%1 %) "_s.arg(std::lround(100.0 * each.weight / sum)) + each.text;
    }
    return text;
}

} // namespace Lorikeet
