// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templatefilters.h"

#include "templates/templatevalues.h"

#include <QJsonDocument>
#include <QMap>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Function = FilterResult (*)(const FilterCall &);

tl::unexpected<QString> wrong(const QString &clause) { return tl::unexpected(clause); }

QString textOf(const FilterCall &call) { return printed(call.subject); }

/// A list's items, a text's characters, a map's names: what Python walks.
tl::expected<QJsonArray, QString> itemsOf(const QJsonValue &value)
{
    if (value.isArray()) {
        return value.toArray();
    }
    if (value.isObject()) {
        return QJsonArray::fromStringList(value.toObject().keys());
    }
    if (value.isString()) {
        QJsonArray characters;
        const QList<uint> codes = value.toString().toUcs4();
        for (const uint code : codes) {
            const char32_t character = code;
            characters.append(QString::fromUcs4(&character, 1));
        }
        return characters;
    }
    return wrong(u"a list was expected, not %1"_s.arg(kindOf(value)));
}

FilterResult upper(const FilterCall &call) { return textOf(call).toUpper(); }

FilterResult lower(const FilterCall &call) { return textOf(call).toLower(); }

FilterResult trim(const FilterCall &call)
{
    const QString characters = call.argument(0, u"chars"_s, QString()).toString();
    QString text = textOf(call);
    const auto goes = [&characters](QChar c) {
        return characters.isEmpty() ? c.isSpace() : characters.contains(c);
    };
    while (!text.isEmpty() && goes(text.back())) {
        text.chop(1);
    }
    return text.sliced(std::ranges::find_if_not(text, goes) - text.cbegin());
}

FilterResult capitalize(const FilterCall &call)
{
    const QString text = textOf(call).toLower();
    return text.isEmpty() ? text : text.first(1).toUpper() + text.sliced(1);
}

FilterResult title(const FilterCall &call)
{
    static const QString borders = u"-([{<"_s;
    QString text = textOf(call).toLower();
    bool begins = true;
    for (QChar &c : text) {
        if (begins) {
            c = c.toUpper();
        }
        begins = c.isSpace() || borders.contains(c);
    }
    return text;
}

FilterResult length(const FilterCall &call)
{
    return itemsOf(call.subject).map([](const QJsonArray &items) {
        return QJsonValue(qint64(items.size()));
    });
}

FilterResult orDefault(const FilterCall &call)
{
    const bool takesFalse = isTrue(call.argument(1, u"boolean"_s, false));
    const bool isMissing = call.subject.isUndefined() || (takesFalse && !isTrue(call.subject));
    return isMissing ? call.argument(0, u"default_value"_s, QString()) : call.subject;
}

FilterResult join(const FilterCall &call)
{
    if (!call.argument(1, u"attribute"_s, QJsonValue::Null).isNull()) {
        return wrong(u"“join” takes no attribute here, as it does in Jinja"_s);
    }
    const QString between = printed(call.argument(0, u"d"_s, QString()));
    return itemsOf(call.subject).map([&between](const QJsonArray &items) {
        QStringList texts;
        for (const QJsonValue &item : items) {
            texts.append(printed(item));
        }
        return QJsonValue(texts.join(between));
    });
}

FilterResult replace(const FilterCall &call)
{
    const QString old = printed(call.argument(0, u"old"_s, QJsonValue()));
    const QString fresh = printed(call.argument(1, u"new"_s, QJsonValue()));
    const QJsonValue most = call.argument(2, u"count"_s, QJsonValue::Null);
    QString text = textOf(call);
    if (most.isNull()) {
        return text.replace(old, fresh);
    }
    qsizetype at = 0;
    for (qint64 left = most.toInteger(); left > 0; --left) {
        at = text.indexOf(old, at);
        if (at < 0 || old.isEmpty()) {
            break;
        }
        text.replace(at, old.size(), fresh);
        at += fresh.size();
    }
    return text;
}

FilterResult first(const FilterCall &call)
{
    return itemsOf(call.subject).and_then([](const QJsonArray &items) -> FilterResult {
        return items.isEmpty() ? FilterResult(wrong(u"the list has no first item, it is empty"_s))
                               : FilterResult(items.first());
    });
}

FilterResult last(const FilterCall &call)
{
    return itemsOf(call.subject).and_then([](const QJsonArray &items) -> FilterResult {
        return items.isEmpty() ? FilterResult(wrong(u"the list has no last item, it is empty"_s))
                               : FilterResult(items.last());
    });
}

FilterResult toInteger(const FilterCall &call)
{
    if (call.subject.isDouble()) {
        return isWholeNumber(call.subject) ? call.subject
                                           : QJsonValue(qint64(call.subject.toDouble()));
    }
    if (call.subject.isBool()) {
        return qint64(call.subject.toBool());
    }
    const QString text = call.subject.toString().trimmed();
    bool isNumber = false;
    const qint64 whole = text.toLongLong(&isNumber);
    if (isNumber) {
        return whole;
    }
    const double number = text.toDouble(&isNumber);
    return isNumber ? QJsonValue(qint64(number)) : call.argument(0, u"default"_s, qint64(0));
}

FilterResult toFloat(const FilterCall &call)
{
    if (call.subject.isDouble() && !isWholeNumber(call.subject)) {
        return call.subject;
    }
    bool isNumber = true;
    const double number = call.subject.isDouble()
        ? call.subject.toDouble()
        : printed(call.subject).trimmed().toDouble(&isNumber);
    return isNumber ? QJsonValue(number) : call.argument(0, u"default"_s, 0.0);
}

FilterResult toString(const FilterCall &call) { return textOf(call); }

FilterResult list(const FilterCall &call)
{
    return itemsOf(call.subject).map([](const QJsonArray &items) { return QJsonValue(items); });
}

FilterResult sorted(const FilterCall &call)
{
    if (!call.argument(2, u"attribute"_s, QJsonValue::Null).isNull()) {
        return wrong(u"“sort” takes no attribute here, as it does in Jinja"_s);
    }
    const bool isReversed = isTrue(call.argument(0, u"reverse"_s, false));
    const bool heedsCase = isTrue(call.argument(1, u"case_sensitive"_s, false));
    const auto items = itemsOf(call.subject);
    if (!items) {
        return wrong(items.error());
    }
    const auto keyOf = [heedsCase](const QJsonValue &item) {
        return item.isString() && !heedsCase ? QJsonValue(item.toString().toLower()) : item;
    };
    std::vector<QJsonValue> values(items->begin(), items->end());
    for (const QJsonValue &value : values) {
        if (!compareValues(value, values.front())) {
            return wrong(
                u"%1 and %2 cannot be put in order"_s.arg(kindOf(values.front()), kindOf(value)));
        }
    }
    std::ranges::stable_sort(values, [&](const QJsonValue &a, const QJsonValue &b) {
        const int order = compareValues(keyOf(a), keyOf(b)).value_or(0);
        return isReversed ? order > 0 : order < 0;
    });
    QJsonArray result;
    for (const QJsonValue &value : values) {
        result.append(value);
    }
    return result;
}

FilterResult reversed(const FilterCall &call)
{
    return itemsOf(call.subject).map([&call](const QJsonArray &items) {
        QJsonArray result;
        QString text;
        for (const QJsonValue &item : items) {
            result.prepend(item);
            text.prepend(item.toString());
        }
        return call.subject.isString() ? QJsonValue(text) : QJsonValue(result);
    });
}

FilterResult unique(const FilterCall &call)
{
    return itemsOf(call.subject).map([](const QJsonArray &items) {
        QJsonArray result;
        QJsonArray seen;
        for (const QJsonValue &item : items) {
            const QJsonValue key = item.isString() ? QJsonValue(item.toString().toLower()) : item;
            if (!seen.contains(key)) {
                seen.append(key);
                result.append(item);
            }
        }
        return QJsonValue(result);
    });
}

/// As Python writes JSON, with a blank behind commas and colons; `margin` of null: in one line.
QString jsonText(const QJsonValue &value, const QString &step, const QString &margin)
{
    const bool isList = value.isArray();
    if (!isList && !value.isObject()) {
        const QByteArray bytes = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        return QString::fromUtf8(bytes.sliced(1, bytes.size() - 2));
    }
    const QString inner = margin + step;
    QStringList parts;
    const QJsonArray list = value.toArray();
    for (const QJsonValue &item : list) {
        parts.append(jsonText(item, step, inner));
    }
    const QJsonObject map = value.toObject();
    for (auto it = map.begin(); it != map.end(); ++it) {
        parts.append(jsonText(it.key(), step, inner) + u": "_s + jsonText(it.value(), step, inner));
    }
    const QString open = isList ? u"["_s : u"{"_s;
    const QString close = isList ? u"]"_s : u"}"_s;
    if (parts.isEmpty() || step.isEmpty()) {
        return open + parts.join(u", "_s) + close;
    }
    return open + u'\n' + inner + parts.join(u",\n"_s + inner) + u'\n' + margin + close;
}

FilterResult toJson(const FilterCall &call)
{
    const qint64 width = call.argument(0, u"indent"_s, qint64(0)).toInteger();
    return jsonText(call.subject, QString(std::clamp<qint64>(width, 0, 40), u' '), QString());
}

FilterResult indent(const FilterCall &call)
{
    const QJsonValue width = call.argument(0, u"width"_s, qint64(4));
    const QString margin = width.isString()
        ? width.toString()
        : QString(std::clamp<qint64>(width.toInteger(), 0, 400), u' ');
    const bool isFirst = isTrue(call.argument(1, u"first"_s, false));
    const bool isBlank = isTrue(call.argument(2, u"blank"_s, false));
    QStringList lines = textOf(call).split(u'\n');
    for (qsizetype i = isFirst ? 0 : 1; i < lines.size(); ++i) {
        if (i == 0 || isBlank || !lines.at(i).isEmpty()) {
            lines[i].prepend(margin);
        }
    }
    return lines.join(u'\n');
}

FilterResult wordCount(const FilterCall &call)
{
    static const QRegularExpression word(u"\\w+"_s, QRegularExpression::UseUnicodePropertiesOption);
    qint64 count = 0;
    for (auto words = word.globalMatch(textOf(call)); words.hasNext(); words.next()) {
        ++count;
    }
    return count;
}

FilterResult absolute(const FilterCall &call)
{
    if (!call.subject.isDouble()) {
        return wrong(u"“abs” takes a number, not %1"_s.arg(kindOf(call.subject)));
    }
    if (isWholeNumber(call.subject)
        && call.subject.toInteger() > std::numeric_limits<qint64>::min()) {
        return std::abs(call.subject.toInteger());
    }
    return std::abs(call.subject.toDouble());
}

FilterResult rounded(const FilterCall &call)
{
    if (!call.subject.isDouble()) {
        return wrong(u"“round” takes a number, not %1"_s.arg(kindOf(call.subject)));
    }
    const QString method = call.argument(1, u"method"_s, u"common"_s).toString();
    const double scale = std::pow(10.0, double(call.argument(0, u"precision"_s, 0).toInteger()));
    const double scaled = call.subject.toDouble() * scale;
    if (method == "ceil"_L1) {
        return std::ceil(scaled) / scale;
    }
    if (method == "floor"_L1) {
        return std::floor(scaled) / scale;
    }
    return std::nearbyint(scaled) / scale; // halves go to the even neighbour, as in Python
}

FilterResult items(const FilterCall &call)
{
    if (!call.subject.isObject()) {
        return wrong(u"“items” takes a map, not %1"_s.arg(kindOf(call.subject)));
    }
    QJsonArray pairs;
    const QJsonObject object = call.subject.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        pairs.append(QJsonArray{it.key(), it.value()});
    }
    return pairs;
}

const QMap<QString, Function> &filters()
{
    static const QMap<QString, Function> all{{u"abs"_s, absolute}, {u"capitalize"_s, capitalize},
        {u"count"_s, length}, {u"d"_s, orDefault}, {u"default"_s, orDefault}, {u"first"_s, first},
        {u"float"_s, toFloat}, {u"indent"_s, indent}, {u"int"_s, toInteger}, {u"items"_s, items},
        {u"join"_s, join}, {u"last"_s, last}, {u"length"_s, length}, {u"list"_s, list},
        {u"lower"_s, lower}, {u"replace"_s, replace}, {u"reverse"_s, reversed},
        {u"round"_s, rounded}, {u"sort"_s, sorted}, {u"string"_s, toString}, {u"title"_s, title},
        {u"tojson"_s, toJson}, {u"trim"_s, trim}, {u"unique"_s, unique}, {u"upper"_s, upper},
        {u"wordcount"_s, wordCount}};
    return all;
}

} // namespace

QString filterProblem(const QString &name)
{
    static const QStringList jinjas{u"attr"_s, u"batch"_s, u"center"_s, u"dictsort"_s, u"e"_s,
        u"escape"_s, u"filesizeformat"_s, u"forceescape"_s, u"format"_s, u"groupby"_s, u"map"_s,
        u"max"_s, u"min"_s, u"pprint"_s, u"random"_s, u"reject"_s, u"rejectattr"_s, u"safe"_s,
        u"select"_s, u"selectattr"_s, u"slice"_s, u"striptags"_s, u"sum"_s, u"truncate"_s,
        u"urlencode"_s, u"urlize"_s, u"wordwrap"_s, u"xmlattr"_s};
    return namingProblem(name, filters().keys(), jinjas, u"filter"_s);
}

FilterResult applyFilter(const QString &name, const FilterCall &call)
{
    return filters().value(name)(call);
}

} // namespace Lorikeet
