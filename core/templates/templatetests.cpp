// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templatefilters.h"
#include "templates/templatevalues.h"

#include <QMap>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Function = FilterResult (*)(const FilterCall &);

tl::unexpected<QString> wrong(const QString &clause) { return tl::unexpected(clause); }

template<QJsonValue::Type Wanted>
FilterResult hasType(const FilterCall &call)
{
    return call.subject.type() == Wanted;
}

FilterResult isDefined(const FilterCall &call) { return !call.subject.isUndefined(); }

FilterResult isWhole(const FilterCall &call) { return isWholeNumber(call.subject); }

FilterResult isFraction(const FilterCall &call)
{
    return call.subject.isDouble() && !isWholeNumber(call.subject);
}

FilterResult isSequence(const FilterCall &call)
{
    return call.subject.isArray() || call.subject.isString() || call.subject.isObject();
}

FilterResult isDivisible(const FilterCall &call)
{
    const qint64 by = call.argument(0, u"num"_s, qint64(0)).toInteger();
    if (!isWholeNumber(call.subject) || by == 0) {
        return wrong(u"“divisibleby” takes two whole numbers, the second not 0"_s);
    }
    return call.subject.toInteger() % by == 0;
}

template<qint64 Rest>
FilterResult isParity(const FilterCall &call)
{
    if (!isWholeNumber(call.subject)) {
        return wrong(u"only a whole number is odd or even, not %1"_s.arg(kindOf(call.subject)));
    }
    return std::abs(call.subject.toInteger() % 2) == Rest;
}

const QMap<QString, Function> &tests()
{
    static const QMap<QString, Function> all{{u"boolean"_s, hasType<QJsonValue::Bool>},
        {u"defined"_s, isDefined}, {u"divisibleby"_s, isDivisible}, {u"even"_s, isParity<0>},
        {u"float"_s, isFraction}, {u"integer"_s, isWhole}, {u"iterable"_s, isSequence},
        {u"mapping"_s, hasType<QJsonValue::Object>}, {u"none"_s, hasType<QJsonValue::Null>},
        {u"number"_s, hasType<QJsonValue::Double>}, {u"odd"_s, isParity<1>},
        {u"sequence"_s, isSequence}, {u"string"_s, hasType<QJsonValue::String>},
        {u"undefined"_s, hasType<QJsonValue::Undefined>}};
    return all;
}

} // namespace

QJsonValue FilterCall::argument(
    qsizetype place, const QString &name, const QJsonValue &byDefault) const
{
    if (place < arguments.size()) {
        return arguments.at(place);
    }
    const auto found = named.constFind(name);
    return found == named.constEnd() ? byDefault : found.value();
}

QString namingProblem(
    const QString &name, const QStringList &known, const QStringList &jinjas, const QString &what)
{
    if (known.contains(name)) {
        return {};
    }
    return jinjas.contains(name)
        ? u"the %1 “%2” of Jinja is not supported here"_s.arg(what, name)
        : u"there is no %1 “%2”; there are %3"_s.arg(what, name, known.join(u", "_s));
}

QString testProblem(const QString &name)
{
    static const QStringList jinjas{u"callable"_s, u"eq"_s, u"equalto"_s, u"escaped"_s, u"false"_s,
        u"filter"_s, u"ge"_s, u"greaterthan"_s, u"gt"_s, u"in"_s, u"le"_s, u"lessthan"_s,
        u"lower"_s, u"lt"_s, u"ne"_s, u"sameas"_s, u"test"_s, u"true"_s, u"upper"_s};
    return namingProblem(name, tests().keys(), jinjas, u"test"_s);
}

FilterResult applyTest(const QString &name, const FilterCall &call)
{
    return tests().value(name)(call);
}

} // namespace Lorikeet
