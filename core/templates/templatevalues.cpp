// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templatevalues.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>
#include <QVariant>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString printedNumber(const QJsonValue &value)
{
    if (isWholeNumber(value)) {
        return QString::number(value.toInteger());
    }
    const QString text = QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    const bool isMarked = std::ranges::any_of(text, [](QChar c) { return u".en"_s.contains(c); });
    return isMarked ? text : text + u".0"_s;
}

/// As Python writes a value within a list.
QString quoted(const QJsonValue &value)
{
    if (!value.isString()) {
        return printed(value);
    }
    QString text = value.toString();
    const QChar quote = text.contains(u'\'') && !text.contains(u'"') ? u'"' : u'\'';
    text.replace(u'\\', u"\\\\"_s).replace(u'\n', u"\\n"_s).replace(u'\t', u"\\t"_s);
    text.replace(u'\r', u"\\r"_s);
    if (quote == u'\'') {
        text.replace(u'\'', u"\\'"_s);
    }
    return quote + text + quote;
}

} // namespace

bool isWholeNumber(const QJsonValue &value)
{
    return value.isDouble() && value.toVariant().typeId() == QMetaType::LongLong;
}

bool isTrue(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool();
    case QJsonValue::Double:
        return value.toDouble() != 0;
    case QJsonValue::String:
        return !value.toString().isEmpty();
    case QJsonValue::Array:
        return !value.toArray().isEmpty();
    case QJsonValue::Object:
        return !value.toObject().isEmpty();
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return false;
}

bool isEqual(const QJsonValue &a, const QJsonValue &b)
{
    return a.isDouble() && b.isDouble() ? a.toDouble() == b.toDouble() : a == b;
}

std::optional<int> compareValues(const QJsonValue &a, const QJsonValue &b)
{
    const auto sign = [](auto left, auto right) { return int(left > right) - int(left < right); };
    if (isWholeNumber(a) && isWholeNumber(b)) {
        return sign(a.toInteger(), b.toInteger());
    }
    if (a.isDouble() && b.isDouble()) {
        return sign(a.toDouble(), b.toDouble());
    }
    if (a.isString() && b.isString()) {
        return sign(a.toString().compare(b.toString()), 0);
    }
    return std::nullopt;
}

QString printed(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? u"True"_s : u"False"_s;
    case QJsonValue::Double:
        return printedNumber(value);
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Array: {
        QStringList items;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array) {
            items.append(quoted(item));
        }
        return u'[' + items.join(u", "_s) + u']';
    }
    case QJsonValue::Object: {
        QStringList items;
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            items.append(quoted(it.key()) + u": "_s + quoted(it.value()));
        }
        return u'{' + items.join(u", "_s) + u'}';
    }
    case QJsonValue::Null:
        return u"None"_s;
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

QString kindOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return u"a truth value"_s;
    case QJsonValue::Double:
        return u"a number"_s;
    case QJsonValue::String:
        return u"a text"_s;
    case QJsonValue::Array:
        return u"a list"_s;
    case QJsonValue::Object:
        return u"a map"_s;
    case QJsonValue::Null:
        return u"none"_s;
    case QJsonValue::Undefined:
        break;
    }
    return u"not set"_s;
}

} // namespace Lorikeet
