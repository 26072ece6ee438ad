// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templaterenderer.h"

#include "templates/templatefilters.h"
#include "templates/templatelexer.h"
#include "templates/templateoperators.h"
#include "templates/templatevalues.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

// A template may come from anywhere; loops in loops must end within reach.
constexpr qint64 mostSteps = 200'000;

using Expression = TemplateExpression;

/// How an expression was written, as far as a sentence needs it.
QString spelled(const Expression &expression)
{
    switch (expression.kind) {
    case Expression::Kind::Name:
        return expression.text;
    case Expression::Kind::Attribute:
        return spelled(expression.operands.front()) + u'.' + expression.text;
    case Expression::Kind::Item:
        return spelled(expression.operands.front()) + u"[…]"_s;
    default:
        return u"…"_s;
    }
}

class Renderer final
{
public:
    Renderer(const QJsonObject &values, const QString &place)
        : m_place(place)
    {
        m_scopes.push_back({.values = values});
    }

    Result<QString> render(const TemplateBlock &block)
    {
        run(block);
        if (m_fault) {
            return Failure(*m_fault);
        }
        return m_text;
    }

private:
    /// Where names are set: the template itself, or one round of a loop.
    struct Scope
    {
        QJsonObject values;
        qsizetype index = 0;
        qsizetype count = 0; ///< of rounds; 0: no loop
    };

    /// What a template sees as `loop`.
    static QJsonObject loopOf(const Scope &scope)
    {
        const auto [values, index, count] = scope;
        return {{u"index"_s, index + 1}, {u"index0"_s, index}, {u"revindex"_s, count - index},
            {u"revindex0"_s, count - index - 1}, {u"first"_s, index == 0},
            {u"last"_s, index + 1 == count}, {u"length"_s, count}};
    }

    QJsonValue fault(int line, const QString &clause)
    {
        if (!m_fault) {
            m_fault = templateFault(m_place, line, clause).value();
        }
        return {};
    }

    void run(const TemplateBlock &block)
    {
        for (const TemplateStatement &statement : block) {
            if (m_fault) {
                return;
            }
            if (++m_steps > mostSteps || m_text.size() > mostTemplateText) {
                fault(statement.line, u"the template takes too long, or makes too much text"_s);
                return;
            }
            run(statement);
        }
    }

    void run(const TemplateStatement &statement)
    {
        switch (statement.kind) {
        case TemplateStatement::Kind::Text:
            m_text += statement.text;
            break;
        case TemplateStatement::Kind::Output:
            m_text += printed(value(statement.expression));
            break;
        case TemplateStatement::Kind::If:
            run(isTrue(value(statement.expression)) ? statement.body : statement.otherwise);
            break;
        case TemplateStatement::Kind::Set:
            m_scopes.back().values.insert(
                statement.targets.constFirst(), value(statement.expression));
            break;
        case TemplateStatement::Kind::For:
            runFor(statement);
            break;
        }
    }

    void runFor(const TemplateStatement &statement)
    {
        const FilterResult list = applyFilter(u"list"_s, {.subject = value(statement.expression)});
        if (m_fault || !list) {
            fault(statement.line, list ? QString() : u"in “for”, "_s + list.error());
            return;
        }
        const QJsonArray items = list->toArray();
        if (items.isEmpty()) {
            run(statement.otherwise);
            return;
        }
        for (qsizetype i = 0; i < items.size() && !m_fault; ++i) {
            Scope scope{.index = i, .count = items.size()};
            bind(statement, items.at(i), scope.values);
            m_scopes.push_back(std::move(scope));
            run(statement.body);
            m_scopes.pop_back();
        }
    }

    void bind(const TemplateStatement &statement, const QJsonValue &item, QJsonObject &scope)
    {
        const QStringList &targets = statement.targets;
        if (targets.size() == 1) {
            scope.insert(targets.constFirst(), item);
            return;
        }
        const QJsonArray parts = item.toArray();
        if (parts.size() != targets.size()) {
            fault(statement.line,
                u"“for %1” needs items that are lists of %2; for a map write “| items”"_s.arg(
                    targets.join(u", "_s), QString::number(targets.size())));
            return;
        }
        for (qsizetype i = 0; i < targets.size(); ++i) {
            scope.insert(targets.at(i), parts.at(i));
        }
    }

    /// A value that must be there.
    QJsonValue value(const Expression &expression)
    {
        const QJsonValue found = maybe(expression);
        return found.isUndefined() && !m_fault
            ? fault(expression.line, u"“%1” is not set"_s.arg(spelled(expression)))
            : found;
    }

    /// A value, or Undefined.
    QJsonValue maybe(const Expression &expression)
    {
        if (m_fault) {
            return {};
        }
        const std::vector<Expression> &operands = expression.operands;
        switch (expression.kind) {
        case Expression::Kind::Literal:
            return expression.value;
        case Expression::Kind::Name:
            return lookUp(expression.text);
        case Expression::Kind::List: {
            QJsonArray list;
            for (const Expression &operand : operands) {
                list.append(value(operand));
            }
            return list;
        }
        case Expression::Kind::Map: {
            QJsonObject map;
            for (size_t i = 0; i + 1 < operands.size(); i += 2) {
                map.insert(printed(value(operands[i])), value(operands[i + 1]));
            }
            return map;
        }
        case Expression::Kind::Attribute:
            return member(expression, value(operands[0]), expression.text);
        case Expression::Kind::Item:
            return item(expression, value(operands[0]), value(operands[1]));
        case Expression::Kind::Unary:
            if (expression.text == "not"_L1) {
                return !isTrue(value(operands[0]));
            }
            return taken(expression, applySign(expression.text, value(operands[0])));
        case Expression::Kind::Binary:
            return binary(expression);
        case Expression::Kind::Condition:
            if (isTrue(value(operands[1]))) {
                return value(operands[0]);
            }
            return operands.size() > 2 ? value(operands[2]) : QJsonValue(QString());
        case Expression::Kind::Filter:
        case Expression::Kind::Test:
            return call(expression);
        }
        return {};
    }

    [[nodiscard]] QJsonValue lookUp(const QString &name) const
    {
        for (auto scope = m_scopes.crbegin(); scope != m_scopes.crend(); ++scope) {
            const auto found = scope->values.constFind(name);
            if (found != scope->values.constEnd()) {
                return found.value();
            }
            if (scope->count > 0 && name == "loop"_L1) {
                return loopOf(*scope);
            }
        }
        return QJsonValue::Undefined;
    }

    QJsonValue member(const Expression &at, const QJsonValue &subject, const QString &name)
    {
        if (!subject.isObject()) {
            return fault(at.line,
                u"“%1” is %2, which has no “%3”"_s.arg(
                    spelled(at.operands.front()), kindOf(subject), name));
        }
        return subject.toObject().value(name);
    }

    QJsonValue item(const Expression &at, const QJsonValue &subject, const QJsonValue &index)
    {
        if (subject.isObject()) {
            return member(at, subject, printed(index));
        }
        const FilterResult list = applyFilter(u"list"_s, {.subject = subject});
        if (!list || !isWholeNumber(index)) {
            return fault(at.line,
                u"“%1” is %2, and has no item “%3”"_s.arg(
                    spelled(at.operands.front()), kindOf(subject), printed(index)));
        }
        const QJsonArray items = list->toArray();
        const qint64 place = index.toInteger() + (index.toInteger() < 0 ? items.size() : 0);
        return place >= 0 && place < items.size() ? items.at(place) : QJsonValue::Undefined;
    }

    QJsonValue binary(const Expression &at)
    {
        const QString &sign = at.text;
        const QJsonValue left = value(at.operands[0]);
        if (sign == "and"_L1 || sign == "or"_L1) {
            return isTrue(left) == (sign == "or"_L1) ? left : value(at.operands[1]);
        }
        return taken(at, applyOperator(sign, left, value(at.operands[1])));
    }

    /// The value, or the fault of it.
    QJsonValue taken(const Expression &at, const FilterResult &result)
    {
        return result || m_fault ? result.value_or(QJsonValue()) : fault(at.line, result.error());
    }

    QJsonValue call(const Expression &at)
    {
        const bool isTest = at.kind == Expression::Kind::Test;
        const bool mayMiss = isTest ? at.text == "defined"_L1 || at.text == "undefined"_L1
                                    : at.text == "default"_L1 || at.text == "d"_L1;
        FilterCall made{.subject = mayMiss ? maybe(at.operands[0]) : value(at.operands[0])};
        for (size_t i = 1; i < at.operands.size(); ++i) {
            const QJsonValue argument = value(at.operands[i]);
            const QString &name = at.argumentNames.at(qsizetype(i) - 1);
            if (name.isEmpty()) {
                made.arguments.append(argument);
            } else {
                made.named.insert(name, argument);
            }
        }
        if (m_fault) {
            return {};
        }
        const FilterResult result = isTest ? applyTest(at.text, made) : applyFilter(at.text, made);
        if (!result) {
            return fault(at.line, result.error());
        }
        return isTest ? QJsonValue(result->toBool() != at.isNegated) : *result;
    }

    const QString &m_place;
    std::vector<Scope> m_scopes; ///< the innermost last
    QString m_text;
    qint64 m_steps = 0;
    std::optional<ApiError> m_fault;
};

} // namespace

Result<QString> renderTemplate(
    const TemplateBlock &block, const QJsonObject &values, const QString &place)
{
    return Renderer(values, place).render(block);
}

} // namespace Lorikeet
