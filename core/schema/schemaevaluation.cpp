// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/schemaevaluation.h"

#include "base/invalidrequest.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using K = SchemaKeyword;
using Kind = JsonNode::Kind;

/// To look at the clock for each step would take longer than the step.
constexpr qint64 stepsBetweenLooks = 2048;

/// Whether a rule that holds for a value so far holds whatever comes.
bool isSettled(SchemaKeyword keyword)
{
    switch (keyword) {
    case K::Ref:
    case K::RecursiveRef:
    case K::DynamicRef:
    case K::Type:
    case K::Const:
    case K::Enum:
    case K::Required:
    case K::MinItems:
    case K::MinLength:
    case K::MinProperties:
    case K::AllOf:
    case K::AnyOf:
    case K::OneOf:
    case K::Not:
    case K::If:
        return true; // they tell by themselves
    default:
        return false;
    }
}

/// Where a part fails, the whole does: what the part looked at needs no second complaint.
bool isBinding(SchemaKeyword keyword)
{
    return keyword == K::Ref || keyword == K::RecursiveRef || keyword == K::DynamicRef
        || keyword == K::AllOf || keyword == K::DependentSchemas;
}

} // namespace

SchemaEvaluation::SchemaEvaluation(const JsonSchema::Compiled &schema, const SchemaLimits &limits,
    const std::function<bool()> &isStopped)
    : m_schema(schema)
    , m_limits(limits)
    , m_isStopped(isStopped)
    , m_deadline(std::chrono::steady_clock::now() + limits.time)
{ }

Result<SchemaReport> SchemaEvaluation::run(const JsonNode &value)
{
    const Place root;
    const Verdict verdict
        = apply(*m_schema.root, value, root, nullptr, nullptr, &m_report.violations);
    if (m_failure) {
        return Failure(*m_failure);
    }
    if (verdict != Verdict::Invalid) {
        m_report.violations.clear();
        m_report.hasMore = false;
    } else if (m_report.isValid()) {
        m_report.violations.append({.keyword = u"false"_s,
            .instancePath = {},
            .schemaPath = m_schema.root->pointer,
            .message = u"is not allowed: this schema allows nothing"_s});
    }
    return m_report;
}

SchemaEvaluation::Verdict SchemaEvaluation::apply(const CompiledSubschema &sub,
    const JsonNode &node, const Place &place, const Frame *above, Marks *marks,
    QList<SchemaViolation> *out)
{
    const Frame frame{
        .above = above, .sub = &sub, .node = &node, .depth = above ? above->depth + 1 : 0};
    if (!mayGoOn()) {
        return Verdict::Unknown;
    }
    if (sub.constant) {
        return *sub.constant ? Verdict::Valid : Verdict::Invalid; // whoever applies it says why
    }
    for (const Frame *each = above; each && each->node == &node; each = each->above) {
        if (each->sub == &sub) {
            return giveUp(invalidRequest(u"The schema cannot be used: %1 refers to itself without "
                                         "end."_s.arg(sub.pointer))
                    .value());
        }
    }
    if (frame.depth > m_limits.depth) {
        return giveUp(invalidRequest(u"The schema and the value are nested too deeply together to "
                                     "be checked."_s)
                .value());
    }
    const bool enters = m_scope.empty() || m_scope.back() != sub.resource;
    if (enters) {
        m_scope.push_back(sub.resource);
    }
    Marks own;
    if (!marks && m_schema.usesUnevaluated) {
        own.resize(node.items.size());
        marks = &own;
    }
    const Verdict verdict = applyRules(sub, node, place, frame, marks, out);
    if (enters) {
        m_scope.pop_back();
    }
    return verdict;
}

SchemaEvaluation::Verdict SchemaEvaluation::applyRules(const CompiledSubschema &sub,
    const JsonNode &node, const Place &place, const Frame &frame, Marks *marks,
    QList<SchemaViolation> *out)
{
    Verdict all = Verdict::Valid;
    for (const CompiledRule &rule : sub.rules) {
        Verdict verdict = applyRule({sub, rule, node, place, frame, marks, out});
        if (verdict == Verdict::Valid && node.isOpen && !isSettled(rule.keyword)) {
            verdict = Verdict::Unknown;
        }
        all = worse(all, verdict);
        if (m_failure || (all == Verdict::Invalid && !out)) {
            break;
        }
    }
    return all;
}

SchemaEvaluation::Verdict SchemaEvaluation::applyRule(const Task &task)
{
    switch (task.rule.keyword) {
    case K::Ref:
    case K::RecursiveRef:
    case K::DynamicRef:
        return reference(task);
    case K::Type:
        return type(task);
    case K::Const:
    case K::Enum:
        return oneOfValues(task);
    case K::Minimum:
    case K::Maximum:
    case K::ExclusiveMinimum:
    case K::ExclusiveMaximum:
    case K::MultipleOf:
        return numeric(task);
    case K::MinLength:
    case K::MaxLength:
        return length(task);
    case K::Pattern:
        return pattern(task);
    case K::MinItems:
    case K::MaxItems:
    case K::MinProperties:
    case K::MaxProperties:
        return count(task);
    case K::Required:
        return required(task);
    case K::DependentRequired:
        return dependentRequired(task);
    case K::PropertyNames:
    case K::Properties:
    case K::PatternProperties:
    case K::AdditionalProperties:
        return members(task);
    case K::PrefixItems:
    case K::Items:
        return items(task);
    case K::Contains:
        return contains(task);
    case K::UniqueItems:
        return uniqueItems(task);
    case K::DependentSchemas:
        return dependentSchemas(task);
    case K::AllOf:
        return allOf(task);
    case K::AnyOf:
    case K::OneOf:
        return anyOf(task);
    case K::Not:
        return negation(task);
    case K::If:
        return condition(task);
    case K::UnevaluatedItems:
    case K::UnevaluatedProperties:
        return unevaluated(task);
    }
    Q_UNREACHABLE_RETURN(Verdict::Valid);
}

SchemaEvaluation::Verdict SchemaEvaluation::applyHere(
    const Task &task, const CompiledSubschema &part)
{
    Marks marks(task.marks ? task.node.items.size() : 0);
    const Verdict verdict
        = apply(part, task.node, task.place, &task.frame, task.marks ? &marks : nullptr, task.out);
    if (verdict != Verdict::Invalid || isBinding(task.rule.keyword)) {
        for (size_t i = 0; i < marks.size(); ++i) {
            if (marks[i]) {
                mark(task, i);
            }
        }
    }
    if (verdict == Verdict::Invalid && part.constant) {
        return violated(task, u"is not allowed here"_s);
    }
    return verdict;
}

SchemaEvaluation::Verdict SchemaEvaluation::applyWithin(
    const Task &task, const CompiledSubschema &part, size_t index)
{
    const bool isMember = task.node.is(Kind::Object);
    const Place place{.above = &task.place,
        .key = isMember ? &task.node.keys.at(qsizetype(index)) : nullptr,
        .index = index};
    const Verdict verdict
        = apply(part, task.node.items[index], place, &task.frame, nullptr, task.out);
    if (verdict == Verdict::Invalid && part.constant) {
        add(task, place,
            isMember ? u"“%1” is not allowed here"_s.arg(*place.key)
                     : u"there must be no item here"_s);
    }
    return verdict;
}

SchemaEvaluation::Verdict SchemaEvaluation::worse(Verdict a, Verdict b)
{
    if (a == Verdict::Invalid || b == Verdict::Invalid) {
        return Verdict::Invalid;
    }
    return a == Verdict::Unknown ? a : b;
}

SchemaEvaluation::Verdict SchemaEvaluation::violated(const Task &task, const QString &message)
{
    add(task, task.place, message);
    return Verdict::Invalid;
}

void SchemaEvaluation::add(const Task &task, const Place &place, const QString &message)
{
    if (!task.out) {
        return;
    }
    if (task.out->size() >= m_limits.violations) {
        m_report.hasMore = true;
        return;
    }
    task.out->append({.keyword = task.rule.name,
        .instancePath = pathOf(place),
        .schemaPath = task.sub.pointer + u'/' + task.rule.name,
        .message = message});
}

QString SchemaEvaluation::pathOf(const Place &place)
{
    QStringList parts;
    for (const Place *each = &place; each->above; each = each->above) {
        parts.prepend(each->key ? pointerPart(*each->key) : QString::number(each->index));
    }
    return parts.isEmpty() ? QString() : u'/' + parts.join(u'/');
}

void SchemaEvaluation::mark(const Task &task, size_t index) const
{
    if (task.marks) {
        (*task.marks)[index] = true;
    }
}

SchemaEvaluation::Verdict SchemaEvaluation::giveUp(const ApiError &error)
{
    if (!m_failure) {
        m_failure = error;
    }
    return Verdict::Unknown;
}

bool SchemaEvaluation::mayGoOn()
{
    if (m_failure) {
        return false;
    }
    if (++m_steps % stepsBetweenLooks == 0) {
        if (m_isStopped && m_isStopped()) {
            giveUp(fail(ApiError::Kind::Cancelled, u"The check was stopped."_s).value());
        } else if (m_steps > m_limits.steps || std::chrono::steady_clock::now() > m_deadline) {
            giveUp(
                invalidRequest(u"The check was given up, since it takes too long: the schema has "
                               "too many alternatives for a value like this."_s)
                    .value());
        }
    }
    return !m_failure;
}

} // namespace Lorikeet
