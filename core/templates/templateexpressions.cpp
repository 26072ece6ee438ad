// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templateexpressions.h"

#include "templates/templatefilters.h"

#include <QScopeGuard>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int mostDepth = 60;
constexpr qsizetype mostTokens = 2000; // each may be a level of the tree
using Kind = TemplateExpression::Kind;

} // namespace

Result<TemplateExpression> ExpressionReader::read(Scope scope)
{
    if (m_tokens.size() > mostTokens) {
        fault(u"an expression has more than %1 words and signs"_s.arg(mostTokens));
    }
    Expression made = scope == Scope::LoopSource ? readOr() : readCondition();
    if (scope == Scope::LoopSource && isName("if"_L1)) {
        fault(u"“for … if …” of Jinja is not supported here; put “{% if %}” into the loop"_s);
    } else if (token().kind != TemplateToken::Kind::End) {
        const QString &text = token().text;
        fault(token().kind == TemplateToken::Kind::Literal
                ? u"a value stands where an operator or the end was expected"_s
                : u"“%1” cannot stand here"_s.arg(text));
    }
    if (m_fault) {
        return Failure(*m_fault);
    }
    return made;
}

bool ExpressionReader::isName(QLatin1StringView word) const
{
    return token().kind == TemplateToken::Kind::Name && token().text == word;
}

bool ExpressionReader::isSign(QLatin1StringView sign) const
{
    return token().kind == TemplateToken::Kind::Sign && token().text == sign;
}

bool ExpressionReader::takeSign(QLatin1StringView sign)
{
    const bool is = isSign(sign);
    m_at += is ? 1 : 0;
    return is;
}

void ExpressionReader::expectSign(QLatin1StringView sign)
{
    if (!takeSign(sign)) {
        fault(u"“%1” is missing"_s.arg(sign));
    }
}

void ExpressionReader::fault(const QString &clause)
{
    if (!m_fault) {
        m_fault = templateFault(m_place, token().line, clause).value();
    }
    m_at = m_tokens.size() - 1; // nothing more is read
}

TemplateExpression ExpressionReader::binary(
    const QString &sign, int line, Expression left, Expression right)
{
    Expression made{.kind = Kind::Binary, .line = line, .text = sign};
    made.operands.push_back(std::move(left));
    made.operands.push_back(std::move(right));
    return made;
}

TemplateExpression ExpressionReader::readCondition()
{
    const QScopeGuard leave([this] { --m_depth; });
    if (++m_depth > mostDepth) {
        fault(u"an expression is nested more than %1 deep"_s.arg(mostDepth));
        return {};
    }
    Expression value = readOr();
    while (isName("if"_L1)) {
        Expression made{.kind = Kind::Condition, .line = token().line};
        ++m_at;
        made.operands.push_back(std::move(value));
        made.operands.push_back(readOr());
        if (isName("else"_L1)) {
            ++m_at;
            made.operands.push_back(readCondition());
        }
        value = std::move(made);
    }
    return value;
}

TemplateExpression ExpressionReader::readOr()
{
    Expression left = readAnd();
    while (isName("or"_L1)) {
        const int line = m_tokens.at(m_at++).line;
        left = binary(u"or"_s, line, std::move(left), readAnd());
    }
    return left;
}

TemplateExpression ExpressionReader::readAnd()
{
    Expression left = readNot();
    while (isName("and"_L1)) {
        const int line = m_tokens.at(m_at++).line;
        left = binary(u"and"_s, line, std::move(left), readNot());
    }
    return left;
}

TemplateExpression ExpressionReader::readNot()
{
    int count = 0;
    const int line = token().line;
    while (isName("not"_L1)) {
        ++m_at;
        ++count;
    }
    Expression made = readComparison();
    // Two of them make a truth value of what they are before.
    for (int i = 0; i < (count > 1 ? 2 - count % 2 : count); ++i) {
        Expression outer{.kind = Kind::Unary, .line = line, .text = u"not"_s};
        outer.operands.push_back(std::move(made));
        made = std::move(outer);
    }
    return made;
}

/// The operator that comes next, if it compares.
QString ExpressionReader::takeComparison()
{
    static const QStringList signs{u"=="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s};
    if (token().kind == TemplateToken::Kind::Sign && signs.contains(token().text)) {
        return m_tokens.at(m_at++).text;
    }
    if (isName("in"_L1)) {
        ++m_at;
        return u"in"_s;
    }
    if (isName("not"_L1) && m_tokens.at(m_at + 1).text == "in"_L1) {
        m_at += 2;
        return u"not in"_s;
    }
    return {};
}

TemplateExpression ExpressionReader::readComparison()
{
    Expression left = readSum();
    const int line = token().line;
    const QString sign = takeComparison();
    if (sign.isEmpty()) {
        return left;
    }
    left = binary(sign, line, std::move(left), readSum());
    if (!takeComparison().isEmpty()) {
        fault(u"comparisons in a row (a < b < c) are not supported here; join them by “and”"_s);
    }
    return left;
}

TemplateExpression ExpressionReader::readSum()
{
    Expression left = readJoin();
    while (isSign("+"_L1) || isSign("-"_L1)) {
        const TemplateToken &sign = m_tokens.at(m_at++);
        left = binary(sign.text, sign.line, std::move(left), readJoin());
    }
    return left;
}

TemplateExpression ExpressionReader::readJoin()
{
    Expression left = readProduct();
    while (isSign("~"_L1)) {
        const int line = m_tokens.at(m_at++).line;
        left = binary(u"~"_s, line, std::move(left), readProduct());
    }
    return left;
}

TemplateExpression ExpressionReader::readProduct()
{
    Expression left = readUnary(true);
    while (isSign("*"_L1) || isSign("/"_L1) || isSign("//"_L1) || isSign("%"_L1)) {
        const TemplateToken &sign = m_tokens.at(m_at++);
        left = binary(sign.text, sign.line, std::move(left), readUnary(true));
    }
    return left;
}

TemplateExpression ExpressionReader::readUnary(bool withFilters)
{
    Expression made;
    if (isSign("-"_L1) || isSign("+"_L1)) {
        const QScopeGuard leave([this] { --m_depth; });
        if (++m_depth > mostDepth) {
            fault(u"an expression is nested more than %1 deep"_s.arg(mostDepth));
            return {};
        }
        const TemplateToken &sign = m_tokens.at(m_at++);
        made = {.kind = Kind::Unary, .line = sign.line, .text = sign.text};
        made.operands.push_back(readUnary(false));
    } else {
        made = readPostfix(readPrimary());
    }
    if (isSign("**"_L1)) {
        fault(u"the power “**” of Jinja is not supported here"_s);
    }
    return withFilters ? readFilters(std::move(made)) : made;
}

TemplateExpression ExpressionReader::readPrimary()
{
    const TemplateToken &first = token();
    switch (first.kind) {
    case TemplateToken::Kind::Name:
        return readName();
    case TemplateToken::Kind::Literal:
        ++m_at;
        return {.kind = Kind::Literal, .line = first.line, .value = first.value};
    case TemplateToken::Kind::End:
        fault(u"a value is missing"_s);
        return {};
    case TemplateToken::Kind::Sign:
        break;
    }
    if (takeSign("("_L1)) {
        Expression inner = readCondition();
        if (isSign(","_L1)) {
            fault(u"tuples of Jinja are not supported here; write a list, in […]"_s);
        } else {
            expectSign(")"_L1);
        }
        return inner;
    }
    if (takeSign("["_L1)) {
        return readList("]"_L1);
    }
    if (takeSign("{"_L1)) {
        return readMap();
    }
    fault(u"“%1” stands where a value was expected"_s.arg(first.text));
    return {};
}

TemplateExpression ExpressionReader::readName()
{
    static const QStringList words{
        u"and"_s, u"or"_s, u"not"_s, u"in"_s, u"is"_s, u"if"_s, u"else"_s};
    const TemplateToken &first = m_tokens.at(m_at);
    const QString word = first.text;
    if (words.contains(word)) {
        fault(u"“%1” stands where a value was expected"_s.arg(word));
        return {};
    }
    ++m_at;
    Expression made{.kind = Kind::Literal, .line = first.line, .text = word};
    if (word == "true"_L1 || word == "True"_L1) {
        made.value = true;
    } else if (word == "false"_L1 || word == "False"_L1) {
        made.value = false;
    } else if (word != "none"_L1 && word != "None"_L1) {
        made.kind = Kind::Name;
    }
    return made;
}

TemplateExpression ExpressionReader::readList(QLatin1StringView closing)
{
    Expression made{.kind = Kind::List, .line = token().line};
    while (!isSign(closing) && !m_fault) {
        made.operands.push_back(readCondition());
        if (!takeSign(","_L1)) {
            break;
        }
    }
    expectSign(closing);
    return made;
}

TemplateExpression ExpressionReader::readMap()
{
    Expression made{.kind = Kind::Map, .line = token().line};
    while (!isSign("}"_L1) && !m_fault) {
        made.operands.push_back(readCondition());
        expectSign(":"_L1);
        made.operands.push_back(readCondition());
        if (!takeSign(","_L1)) {
            break;
        }
    }
    expectSign("}"_L1);
    return made;
}

TemplateExpression ExpressionReader::readPostfix(Expression subject)
{
    while (!m_fault) {
        const int line = token().line;
        if (takeSign("."_L1)) {
            Expression made{.kind = Kind::Attribute, .line = line, .text = token().text};
            made.operands.push_back(std::move(subject));
            if (token().kind == TemplateToken::Kind::Name) {
                ++m_at;
            } else {
                fault(u"a name is missing behind “.”"_s);
            }
            subject = std::move(made);
        } else if (takeSign("["_L1)) {
            subject = readItem(std::move(subject));
        } else if (isSign("("_L1)) {
            fault(subject.kind == Kind::Attribute
                    ? u"the call “.%1()” of Jinja is not supported here; use a filter such as "
                      "“| items” or “| upper”"_s.arg(subject.text)
                    : u"the call “%1()” of Jinja is not supported here"_s.arg(subject.text));
        } else {
            break;
        }
    }
    return subject;
}

TemplateExpression ExpressionReader::readItem(Expression subject)
{
    Expression made{.kind = Kind::Item, .line = token().line};
    made.operands.push_back(std::move(subject));
    if (!isSign(":"_L1)) {
        made.operands.push_back(readCondition());
    }
    if (isSign(":"_L1)) {
        fault(u"slices of Jinja ([a:b]) are not supported here"_s);
    } else {
        expectSign("]"_L1);
    }
    return made;
}

TemplateExpression ExpressionReader::readFilters(Expression subject)
{
    while (!m_fault) {
        if (takeSign("|"_L1)) {
            subject = readFilter(std::move(subject));
        } else if (isName("is"_L1)) {
            ++m_at;
            subject = readTest(std::move(subject));
        } else {
            break;
        }
    }
    return subject;
}

TemplateExpression ExpressionReader::readFilter(Expression subject)
{
    Expression made{.kind = Kind::Filter, .line = token().line, .text = token().text};
    made.operands.push_back(std::move(subject));
    if (const QString problem = filterProblem(made.text); !problem.isEmpty()) {
        fault(problem);
        return made;
    }
    ++m_at;
    if (takeSign("("_L1)) {
        readArguments(made);
    }
    return made;
}

TemplateExpression ExpressionReader::readTest(Expression subject)
{
    Expression made{.kind = Kind::Test, .line = token().line};
    if (isName("not"_L1)) {
        ++m_at;
        made.isNegated = true;
    }
    made.text = token().text;
    made.operands.push_back(std::move(subject));
    if (const QString problem = testProblem(made.text); !problem.isEmpty()) {
        fault(problem);
        return made;
    }
    ++m_at;
    if (takeSign("("_L1)) {
        readArguments(made);
    } else if (token().kind == TemplateToken::Kind::Literal) {
        made.operands.push_back(readPrimary());
        made.argumentNames.append(QString());
    }
    return made;
}

void ExpressionReader::readArguments(Expression &call)
{
    while (!isSign(")"_L1) && !m_fault) {
        QString name;
        if (token().kind == TemplateToken::Kind::Name
            && m_tokens.at(m_at + 1).kind == TemplateToken::Kind::Sign
            && m_tokens.at(m_at + 1).text == "="_L1) {
            name = token().text;
            m_at += 2;
        }
        call.operands.push_back(readCondition());
        call.argumentNames.append(name);
        if (!takeSign(","_L1)) {
            break;
        }
    }
    expectSign(")"_L1);
}

} // namespace Lorikeet
