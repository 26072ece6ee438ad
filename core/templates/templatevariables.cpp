// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templatevariables.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

class Collector final
{
public:
    void walk(const TemplateBlock &block)
    {
        for (const TemplateStatement &statement : block) {
            walk(statement.expression);
            const qsizetype outer = m_own.size();
            if (statement.kind == TemplateStatement::Kind::For) {
                m_own += statement.targets;
                m_own.append(u"loop"_s);
            }
            walk(statement.body);
            if (statement.kind == TemplateStatement::Kind::For) {
                m_own.resize(outer);
            }
            walk(statement.otherwise);
            if (statement.kind == TemplateStatement::Kind::Set) {
                m_own += statement.targets;
            }
        }
    }

    [[nodiscard]] const QList<UsedVariable> &found() const { return m_found; }

private:
    void walk(const TemplateExpression &expression)
    {
        if (expression.kind == TemplateExpression::Kind::Name) {
            add(expression, false);
        }
        const bool isFilter = expression.kind == TemplateExpression::Kind::Filter;
        const bool isTest = expression.kind == TemplateExpression::Kind::Test;
        const QString &name = expression.text;
        const bool guards = (isFilter && (name == "default"_L1 || name == "d"_L1))
            || (isTest && (name == "defined"_L1 || name == "undefined"_L1));
        for (const TemplateExpression &operand : expression.operands) {
            const bool isGuarded = guards && &operand == &expression.operands.front()
                && operand.kind == TemplateExpression::Kind::Name;
            if (isGuarded) {
                add(operand, true);
            } else {
                walk(operand);
            }
        }
    }

    void add(const TemplateExpression &use, bool isOptional)
    {
        if (m_own.contains(use.text)) {
            return;
        }
        const auto known = std::ranges::find(m_found, use.text, &UsedVariable::name);
        if (known == m_found.end()) {
            m_found.append({.name = use.text, .line = use.line, .isOptional = isOptional});
        } else {
            known->isOptional = known->isOptional || isOptional;
        }
    }

    QStringList m_own;
    QList<UsedVariable> m_found;
};

} // namespace

QList<UsedVariable> variablesOf(const TemplateBlock &block)
{
    Collector collector;
    collector.walk(block);
    return collector.found();
}

} // namespace Lorikeet
