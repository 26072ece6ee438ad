// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Keywords that apply other schemas.

#include "base/invalidrequest.h"
#include "schema/schemaevaluation.h"
#include "schema/schemawords.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using K = SchemaKeyword;
using Kind = JsonNode::Kind;

} // namespace

SchemaEvaluation::Verdict SchemaEvaluation::reference(const Task &task)
{
    const CompiledSubschema *part = task.rule.parts.front();
    if (task.rule.keyword == K::DynamicRef && !task.rule.anchor.isEmpty()) {
        const auto outermost
            = std::ranges::find_if(m_scope, [&task](const SchemaResource *resource) {
                  return resource->dynamicAnchors.contains(task.rule.anchor);
              });
        if (outermost != m_scope.end()) {
            part = m_schema.byNode.value((*outermost)->dynamicAnchors.value(task.rule.anchor));
        }
    } else if (task.rule.keyword == K::RecursiveRef && part->resource->isRecursiveAnchor) {
        const auto outermost = std::ranges::find_if(m_scope, &SchemaResource::isRecursiveAnchor);
        if (outermost != m_scope.end()) {
            part = m_schema.byNode.value((*outermost)->root);
        }
    }
    return applyHere(task, *part);
}

SchemaEvaluation::Verdict SchemaEvaluation::members(const Task &task)
{
    const CompiledRule &rule = task.rule;
    Verdict verdict = Verdict::Valid;
    for (size_t i = 0; task.node.is(Kind::Object) && i < task.node.items.size(); ++i) {
        const QString &key = task.node.keys.at(qsizetype(i));
        if (rule.keyword == K::Properties) {
            if (const CompiledSubschema *part = rule.named.value(key)) {
                mark(task, i);
                verdict = worse(verdict, applyWithin(task, *part, i));
            }
        } else if (rule.keyword == K::PropertyNames) {
            JsonNode name;
            name.kind = Kind::String;
            name.text = key;
            QList<SchemaViolation> why;
            const Verdict each
                = apply(*rule.parts.front(), name, task.place, &task.frame, nullptr, &why);
            if (each == Verdict::Invalid) {
                (void)violated(task,
                    why.isEmpty()
                        ? u"must have no members, and has “%1”"_s.arg(key)
                        : u"has the key “%1”, which %2"_s.arg(key, why.constFirst().message));
            }
            verdict = worse(verdict, each);
        } else {
            bool isMatched = rule.named.contains(key);
            for (const auto &[pattern, part] : rule.patterns) {
                const SchemaPattern::Match match = pattern.search(key);
                if (match == SchemaPattern::Match::TooMuch) {
                    return giveUp(invalidRequest(
                        u"The schema cannot be used: the pattern “%1” at %2 takes too long to "
                        "decide on a key."_s.arg(pattern.text(), task.sub.pointer))
                            .value());
                }
                isMatched = isMatched || match == SchemaPattern::Match::Yes;
                if (part && match == SchemaPattern::Match::Yes) {
                    mark(task, i);
                    verdict = worse(verdict, applyWithin(task, *part, i));
                }
            }
            if (rule.keyword == K::AdditionalProperties && !isMatched) {
                mark(task, i);
                verdict = worse(verdict, applyWithin(task, *rule.parts.front(), i));
            }
        }
        if (m_failure || (verdict == Verdict::Invalid && !task.out)) {
            break;
        }
    }
    return verdict;
}

SchemaEvaluation::Verdict SchemaEvaluation::items(const Task &task)
{
    const CompiledRule &rule = task.rule;
    const bool isPrefix = rule.keyword == K::PrefixItems;
    const size_t begin = isPrefix ? 0 : size_t(rule.prefix);
    Verdict verdict = Verdict::Valid;
    for (size_t i = begin; task.node.is(Kind::Array) && i < task.node.items.size(); ++i) {
        if (m_failure || (isPrefix && i == rule.parts.size())
            || (verdict == Verdict::Invalid && !task.out)) {
            break;
        }
        mark(task, i);
        verdict = worse(verdict, applyWithin(task, *rule.parts[isPrefix ? i : 0], i));
    }
    return verdict;
}

SchemaEvaluation::Verdict SchemaEvaluation::contains(const Task &task)
{
    if (!task.node.is(Kind::Array)) {
        return Verdict::Valid;
    }
    qint64 certain = 0;
    qint64 possible = 0;
    for (size_t i = 0; i < task.node.items.size(); ++i) {
        const Verdict each = apply(*task.rule.parts.front(), task.node.items[i],
            {.above = &task.place, .key = nullptr, .index = i}, &task.frame, nullptr, nullptr);
        certain += each == Verdict::Valid ? 1 : 0;
        possible += each != Verdict::Invalid ? 1 : 0;
        if (each != Verdict::Invalid && task.sub.resource->draft == SchemaDraft::Draft202012) {
            mark(task, i);
        }
    }
    if (task.rule.most && certain > *task.rule.most) {
        return violated(task,
            u"must hold at most %1 items of the kind that it contains, and holds %2"_s
                .arg(*task.rule.most)
                .arg(certain));
    }
    if (certain >= task.rule.least) {
        return Verdict::Valid;
    }
    if (task.node.isOpen || possible >= task.rule.least) {
        return Verdict::Unknown;
    }
    return violated(task,
        u"must hold at least %1 items of the kind that it should contain, and holds %2"_s
            .arg(task.rule.least)
            .arg(certain));
}

SchemaEvaluation::Verdict SchemaEvaluation::dependentSchemas(const Task &task)
{
    Verdict verdict = Verdict::Valid;
    for (auto it = task.rule.named.begin();
        task.node.is(Kind::Object) && it != task.rule.named.end(); ++it) {
        if (task.node.keys.contains(it.key())) {
            verdict = worse(verdict, applyHere(task, **it));
        }
    }
    return verdict;
}

SchemaEvaluation::Verdict SchemaEvaluation::allOf(const Task &task)
{
    Verdict verdict = Verdict::Valid;
    for (const CompiledSubschema *part : task.rule.parts) {
        verdict = worse(verdict, applyHere(task, *part));
        if (m_failure || (verdict == Verdict::Invalid && !task.out)) {
            break;
        }
    }
    return verdict;
}

/// And of oneOf.
SchemaEvaluation::Verdict SchemaEvaluation::anyOf(const Task &task)
{
    const bool isOne = task.rule.keyword == K::OneOf;
    qsizetype valid = 0;
    qsizetype possible = 0;
    QList<SchemaViolation> nearest;
    for (const CompiledSubschema *part : task.rule.parts) {
        QList<SchemaViolation> why;
        const Task each{task.sub, task.rule, task.node, task.place, task.frame, task.marks,
            task.out ? &why : nullptr};
        const Verdict verdict = applyHere(each, *part);
        valid += verdict == Verdict::Valid ? 1 : 0;
        possible += verdict != Verdict::Invalid ? 1 : 0;
        if (m_failure || (isOne && valid > 1)
            || (valid > 0 && !isOne && !m_schema.usesUnevaluated)) {
            break;
        }
        if (verdict == Verdict::Invalid && SchemaWords::isNearer(why, nearest)) {
            nearest = why;
        }
    }
    if (isOne && valid > 1) {
        return violated(task, u"must fit one of the alternatives, and fits more than one"_s);
    }
    if (possible == 0 && !m_failure) {
        return violated(task, SchemaWords::noneOf(task.rule.parts.size(), nearest));
    }
    return valid > 0 && (!isOne || possible == 1) ? Verdict::Valid : Verdict::Unknown;
}

SchemaEvaluation::Verdict SchemaEvaluation::negation(const Task &task)
{
    switch (apply(*task.rule.parts.front(), task.node, task.place, &task.frame, nullptr, nullptr)) {
    case Verdict::Valid:
        return m_failure ? Verdict::Unknown
                         : violated(task, SchemaWords::negation(*task.rule.value));
    case Verdict::Invalid:
        return Verdict::Valid;
    case Verdict::Unknown:
        break;
    }
    return Verdict::Unknown;
}

SchemaEvaluation::Verdict SchemaEvaluation::condition(const Task &task)
{
    const Task asked{task.sub, task.rule, task.node, task.place, task.frame, task.marks, nullptr};
    const Verdict holds = applyHere(asked, *task.rule.parts.front());
    const auto part = [this, &task](const CompiledSubschema *which, bool mayTell) {
        const Task quiet{
            task.sub, task.rule, task.node, task.place, task.frame, task.marks, nullptr};
        return which ? applyHere(mayTell ? task : quiet, *which) : Verdict::Valid;
    };
    if (holds != Verdict::Unknown) {
        return part(holds == Verdict::Valid ? task.rule.thenPart : task.rule.elsePart, true);
    }
    const Verdict thenVerdict = part(task.rule.thenPart, false);
    const Verdict elseVerdict = part(task.rule.elsePart, false);
    return thenVerdict == elseVerdict && thenVerdict == Verdict::Invalid && !m_failure
        ? violated(task, u"fits neither of two alternatives"_s)
        : Verdict::Unknown;
}

SchemaEvaluation::Verdict SchemaEvaluation::unevaluated(const Task &task)
{
    const bool isItems = task.rule.keyword == K::UnevaluatedItems;
    if (!task.node.is(isItems ? Kind::Array : Kind::Object)) {
        return Verdict::Valid;
    }
    Verdict verdict = Verdict::Valid;
    for (size_t i = 0; i < task.node.items.size() && !m_failure; ++i) {
        if (!(*task.marks)[i]) {
            verdict = worse(verdict, applyWithin(task, *task.rule.parts.front(), i));
            mark(task, i);
        }
    }
    return verdict;
}

} // namespace Lorikeet
