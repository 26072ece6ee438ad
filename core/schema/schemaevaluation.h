// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "schema/compiledschema.h"

namespace Lorikeet {

/// One check of one value. A value that still grows has a third verdict besides two: what may come
/// decides.
class SchemaEvaluation final
{
public:
    SchemaEvaluation(const JsonSchema::Compiled &schema, const SchemaLimits &limits,
        const std::function<bool()> &isStopped);

    /// What is certain. Fails at a limit.
    [[nodiscard]] Result<SchemaReport> run(const JsonNode &value);

private:
    enum class Verdict { Valid, Invalid, Unknown };

    /// Which items or members were looked at; null where nobody asks.
    using Marks = std::vector<bool>;

    /// Where a value is.
    struct Place
    {
        const Place *above = nullptr;
        const QString *key = nullptr; ///< null in a list
        size_t index = 0;
    };

    /// What is being applied to what, down to here.
    struct Frame
    {
        const Frame *above = nullptr;
        const CompiledSubschema *sub = nullptr;
        const JsonNode *node = nullptr;
        int depth = 0;
    };

    /// A rule at work.
    struct Task
    {
        const CompiledSubschema &sub;
        const CompiledRule &rule;
        const JsonNode &node;
        const Place &place;
        const Frame &frame;
        Marks *marks;
        QList<SchemaViolation> *out; ///< null where only the verdict counts
    };

    [[nodiscard]] Verdict apply(const CompiledSubschema &sub, const JsonNode &node,
        const Place &place, const Frame *above, Marks *marks, QList<SchemaViolation> *out);
    [[nodiscard]] Verdict applyRules(const CompiledSubschema &sub, const JsonNode &node,
        const Place &place, const Frame &frame, Marks *marks, QList<SchemaViolation> *out);
    [[nodiscard]] Verdict applyRule(const Task &task);
    /// A part of the rule to the same value.
    [[nodiscard]] Verdict applyHere(const Task &task, const CompiledSubschema &part);
    /// A part of the rule to an item or member.
    [[nodiscard]] Verdict applyWithin(
        const Task &task, const CompiledSubschema &part, size_t index);

    [[nodiscard]] Verdict reference(const Task &task);
    [[nodiscard]] Verdict type(const Task &task);
    [[nodiscard]] Verdict oneOfValues(const Task &task);
    [[nodiscard]] Verdict numeric(const Task &task);
    [[nodiscard]] Verdict length(const Task &task);
    [[nodiscard]] Verdict pattern(const Task &task);
    [[nodiscard]] Verdict count(const Task &task);
    [[nodiscard]] Verdict required(const Task &task);
    [[nodiscard]] Verdict dependentRequired(const Task &task);
    [[nodiscard]] Verdict members(const Task &task);
    [[nodiscard]] Verdict items(const Task &task);
    [[nodiscard]] Verdict contains(const Task &task);
    [[nodiscard]] Verdict uniqueItems(const Task &task);
    [[nodiscard]] Verdict dependentSchemas(const Task &task);
    [[nodiscard]] Verdict allOf(const Task &task);
    [[nodiscard]] Verdict anyOf(const Task &task);
    [[nodiscard]] Verdict negation(const Task &task);
    [[nodiscard]] Verdict condition(const Task &task);
    [[nodiscard]] Verdict unevaluated(const Task &task);

    [[nodiscard]] static Verdict worse(Verdict a, Verdict b);
    /// Invalid, and says why.
    [[nodiscard]] Verdict violated(const Task &task, const QString &message);
    void add(const Task &task, const Place &place, const QString &message);
    [[nodiscard]] static QString pathOf(const Place &place);
    void mark(const Task &task, size_t index) const;
    /// Fails the whole check; the verdict is to be returned.
    Verdict giveUp(const ApiError &error);
    [[nodiscard]] bool mayGoOn();

    const JsonSchema::Compiled &m_schema;
    const SchemaLimits m_limits;
    std::function<bool()> m_isStopped;
    std::chrono::steady_clock::time_point m_deadline;
    qint64 m_steps = 0;
    std::vector<const SchemaResource *> m_scope; ///< entered, outermost first
    std::optional<ApiError> m_failure;
    SchemaReport m_report;
};

} // namespace Lorikeet
