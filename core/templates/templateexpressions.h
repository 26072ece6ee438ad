// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "templates/templatelexer.h"
#include "templates/templatesyntax.h"

#include <optional>

namespace Lorikeet {

/// Reads one expression, by Jinja's order of precedence.
class ExpressionReader final
{
public:
    enum class Scope {
        Whole,
        LoopSource, ///< "if" behind it would be Jinja's filtered loop, which is refused
    };

    /// From the token `from` on. All are used by reference.
    ExpressionReader(const QList<TemplateToken> &tokens, qsizetype from, const QString &place)
        : m_tokens(tokens)
        , m_place(place)
        , m_at(from)
    { }

    [[nodiscard]] Result<TemplateExpression> read(Scope scope);

private:
    using Expression = TemplateExpression;

    [[nodiscard]] const TemplateToken &token() const { return m_tokens.at(m_at); }

    [[nodiscard]] bool isName(QLatin1StringView word) const;
    [[nodiscard]] bool isSign(QLatin1StringView sign) const;
    bool takeSign(QLatin1StringView sign);
    void expectSign(QLatin1StringView sign);
    void fault(const QString &clause);

    Expression readCondition();
    Expression readOr();
    Expression readAnd();
    Expression readNot();
    Expression readComparison();
    [[nodiscard]] QString takeComparison();
    Expression readSum();
    Expression readJoin();
    Expression readProduct();
    Expression readUnary(bool withFilters);
    Expression readPrimary();
    Expression readName();
    Expression readList(QLatin1StringView closing);
    Expression readMap();
    Expression readPostfix(Expression subject);
    Expression readItem(Expression subject);
    Expression readFilters(Expression subject);
    Expression readFilter(Expression subject);
    Expression readTest(Expression subject);
    void readArguments(Expression &call);

    [[nodiscard]] static Expression binary(
        const QString &sign, int line, Expression left, Expression right);

    const QList<TemplateToken> &m_tokens;
    const QString &m_place;
    qsizetype m_at;
    int m_depth = 0;
    std::optional<ApiError> m_fault;
};

} // namespace Lorikeet
