// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templateoperators.h"

#include "templates/templatevalues.h"

#include <QtNumeric>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qsizetype mostItems = 100'000;

tl::unexpected<QString> wrong(const QString &clause) { return tl::unexpected(clause); }

// Two as one; neither texts nor lists may double without end.

FilterResult joined(const QString &first, const QString &second)
{
    if (first.size() + second.size() > mostTemplateText) {
        return wrong(u"the template makes too much text"_s);
    }
    return first + second;
}

FilterResult joined(QJsonArray first, const QJsonArray &second)
{
    if (first.size() + second.size() > mostItems) {
        return wrong(u"the template makes too long a list"_s);
    }
    for (const QJsonValue &item : second) {
        first.append(item);
    }
    return first;
}

tl::expected<bool, QString> isIn(const QJsonValue &what, const QJsonValue &where)
{
    if (where.isString()) {
        return where.toString().contains(printed(what));
    }
    if (where.isObject()) {
        return where.toObject().contains(printed(what));
    }
    if (!where.isArray()) {
        return wrong(u"“in” looks into a list, a map or a text, not %1"_s.arg(kindOf(where)));
    }
    const QJsonArray items = where.toArray();
    return std::ranges::any_of(
        items, [&what](const QJsonValue &item) { return isEqual(what, item); });
}

FilterResult ordered(const QString &sign, const QJsonValue &left, const QJsonValue &right)
{
    const std::optional<int> order = compareValues(left, right);
    if (!order) {
        return wrong(u"“%1” compares numbers or texts, not %2 with %3"_s.arg(
            sign, kindOf(left), kindOf(right)));
    }
    if (*order == 0) {
        return sign.endsWith(u'=');
    }
    return (*order < 0) == sign.startsWith(u'<');
}

/// Nothing where the result does not fit.
std::optional<qint64> wholes(const QString &sign, qint64 a, qint64 b)
{
    qint64 result = 0;
    bool isTooLarge = false;
    if (sign == "+"_L1) {
        isTooLarge = qAddOverflow(a, b, &result);
    } else if (sign == "-"_L1) {
        isTooLarge = qSubOverflow(a, b, &result);
    } else if (sign == "*"_L1) {
        isTooLarge = qMulOverflow(a, b, &result);
    } else if (b == -1) {
        isTooLarge = sign == "//"_L1 && qSubOverflow(qint64(0), a, &result);
    } else {
        qint64 rest = a % b;
        rest += rest != 0 && (rest < 0) != (b < 0) ? b : 0; // has the sign of b, as in Python
        result = sign == "%"_L1 ? rest : (a - rest) / b;
    }
    return isTooLarge ? std::nullopt : std::optional(result);
}

double fractions(const QString &sign, double a, double b)
{
    if (sign == "+"_L1) {
        return a + b;
    }
    if (sign == "-"_L1) {
        return a - b;
    }
    if (sign == "*"_L1) {
        return a * b;
    }
    if (sign == "/"_L1) {
        return a / b;
    }
    const double floored = std::floor(a / b);
    return sign == "//"_L1 ? floored : a - (floored * b);
}

FilterResult calculated(const QString &sign, const QJsonValue &left, const QJsonValue &right)
{
    if (sign == "+"_L1 && left.isString() && right.isString()) {
        return joined(left.toString(), right.toString());
    }
    if (sign == "+"_L1 && left.isArray() && right.isArray()) {
        return joined(left.toArray(), right.toArray());
    }
    if (!left.isDouble() || !right.isDouble()) {
        return wrong(u"“%1” does not go with %2 and %3; texts are joined by “~”"_s.arg(
            sign, kindOf(left), kindOf(right)));
    }
    const bool divides = sign.startsWith(u'/') || sign == "%"_L1;
    if (divides && right.toDouble() == 0) {
        return wrong(u"“%1” divides by 0"_s.arg(sign));
    }
    if (isWholeNumber(left) && isWholeNumber(right) && sign != "/"_L1) {
        if (const auto whole = wholes(sign, left.toInteger(), right.toInteger())) {
            return *whole;
        }
    }
    return fractions(sign, left.toDouble(), right.toDouble());
}

} // namespace

FilterResult applyOperator(const QString &sign, const QJsonValue &left, const QJsonValue &right)
{
    if (sign == "~"_L1) {
        return joined(printed(left), printed(right));
    }
    if (sign == "=="_L1 || sign == "!="_L1) {
        return isEqual(left, right) == (sign == "=="_L1);
    }
    if (sign == "in"_L1 || sign == "not in"_L1) {
        return isIn(left, right).map([&sign](bool is) {
            return QJsonValue(is == (sign == "in"_L1));
        });
    }
    if (sign.startsWith(u'<') || sign.startsWith(u'>')) {
        return ordered(sign, left, right);
    }
    return calculated(sign, left, right);
}

FilterResult applySign(const QString &sign, const QJsonValue &operand)
{
    if (!operand.isDouble()) {
        return wrong(u"“%1” takes a number, not %2"_s.arg(sign, kindOf(operand)));
    }
    return sign == "+"_L1 ? operand : calculated(sign, qint64(0), operand);
}

} // namespace Lorikeet
