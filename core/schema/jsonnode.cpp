// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/jsonnode.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Members to look through before an index pays.
constexpr qsizetype fewMembers = 12;

template<typename Text>
const JsonNode *memberOf(const JsonNode &node, Text key)
{
    for (qsizetype i = 0; i < node.keys.size(); ++i) {
        if (node.keys.at(i) == key) {
            return &node.items[size_t(i)];
        }
    }
    return nullptr;
}

bool sameObjects(const JsonNode &a, const JsonNode &b)
{
    if (a.keys.size() <= fewMembers) {
        return std::ranges::all_of(a.keys, [&, i = size_t(0)](const QString &key) mutable {
            const JsonNode *other = b.find(QStringView(key));
            return other && sameJson(a.items[i++], *other);
        });
    }
    QHash<QString, const JsonNode *> members;
    members.reserve(b.keys.size());
    for (qsizetype i = 0; i < b.keys.size(); ++i) {
        members.insert(b.keys.at(i), &b.items[size_t(i)]);
    }
    for (qsizetype i = 0; i < a.keys.size(); ++i) {
        const JsonNode *other = members.value(a.keys.at(i));
        if (!other || !sameJson(a.items[size_t(i)], *other)) {
            return false;
        }
    }
    return true;
}

void writeText(QString &out, const QString &text)
{
    out += u'"';
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'"':
            out += u"\\\""_s;
            break;
        case u'\\':
            out += u"\\\\"_s;
            break;
        case u'\n':
            out += u"\\n"_s;
            break;
        case u'\t':
            out += u"\\t"_s;
            break;
        case u'\r':
            out += u"\\r"_s;
            break;
        default:
            if (c.unicode() < 0x20) {
                out += u"\\u%1"_s.arg(int(c.unicode()), 4, 16, QChar(u'0'));
            } else {
                out += c;
            }
        }
    }
    out += u'"';
}

/// Stops soon after `most` characters, if that is not negative.
void write(QString &out, const JsonNode &node, qsizetype most)
{
    if (most >= 0 && out.size() > most) {
        return;
    }
    switch (node.kind) {
    case JsonNode::Kind::Null:
        out += u"null"_s;
        break;
    case JsonNode::Kind::Boolean:
        out += node.boolean ? u"true"_s : u"false"_s;
        break;
    case JsonNode::Kind::Number:
        out += node.text;
        break;
    case JsonNode::Kind::String:
        writeText(out, most < 0 ? node.text : node.text.left(most + 1));
        break;
    case JsonNode::Kind::Array:
    case JsonNode::Kind::Object:
        out += node.is(JsonNode::Kind::Array) ? u'[' : u'{';
        for (size_t i = 0; i < node.items.size() && (most < 0 || out.size() <= most); ++i) {
            if (i > 0) {
                out += u',';
            }
            if (node.is(JsonNode::Kind::Object)) {
                writeText(out, node.keys.at(qsizetype(i)));
                out += u':';
            }
            write(out, node.items[i], most);
        }
        out += node.is(JsonNode::Kind::Array) ? u']' : u'}';
        break;
    }
}

void writeIndented(QString &out, const JsonNode &node, int depth)
{
    const bool isObject = node.is(JsonNode::Kind::Object);
    const bool isFlat = !isObject
        && std::none_of(node.items.begin(), node.items.end(),
            [](const JsonNode &item) { return !item.items.empty(); });
    if (node.items.empty()) {
        write(out, node, -1);
        return;
    }
    const auto newLine = [&out](int level) { out += u'\n' + QString(2 * level, u' '); };
    out += isObject ? u'{' : u'[';
    for (size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0) {
            out += isFlat ? u", "_s : u","_s;
        }
        if (!isFlat) {
            newLine(depth + 1);
        }
        if (isObject) {
            writeText(out, node.keys.at(qsizetype(i)));
            out += u": "_s;
        }
        writeIndented(out, node.items[i], depth + 1);
    }
    if (!isFlat) {
        newLine(depth);
    }
    out += isObject ? u'}' : u']';
}

} // namespace

const JsonNode *JsonNode::find(QStringView key) const { return memberOf(*this, key); }

const JsonNode *JsonNode::find(QLatin1StringView key) const { return memberOf(*this, key); }

bool JsonNode::isInteger() const
{
    return kind == Kind::Number && (integer || std::trunc(number) == number);
}

int compareNumbers(const JsonNode &a, const JsonNode &b)
{
    if (a.integer && b.integer) {
        return *a.integer < *b.integer ? -1 : int(*a.integer > *b.integer);
    }
    return a.number < b.number ? -1 : int(a.number > b.number);
}

bool sameJson(const JsonNode &a, const JsonNode &b)
{
    if (a.kind != b.kind || a.items.size() != b.items.size()) {
        return false;
    }
    switch (a.kind) {
    case JsonNode::Kind::Null:
        return true;
    case JsonNode::Kind::Boolean:
        return a.boolean == b.boolean;
    case JsonNode::Kind::Number:
        return compareNumbers(a, b) == 0;
    case JsonNode::Kind::String:
        return a.text == b.text;
    case JsonNode::Kind::Array:
        return std::ranges::equal(a.items, b.items, sameJson);
    case JsonNode::Kind::Object:
        return sameObjects(a, b);
    }
    Q_UNREACHABLE_RETURN(false);
}

size_t hashOfJson(const JsonNode &node)
{
    switch (node.kind) {
    case JsonNode::Kind::Null:
        return 1;
    case JsonNode::Kind::Boolean:
        return node.boolean ? 2 : 3;
    case JsonNode::Kind::Number:
        return qHash(node.number + 0.0); // -0 is 0
    case JsonNode::Kind::String:
        return qHash(node.text);
    case JsonNode::Kind::Array: {
        size_t hash = 5;
        for (const JsonNode &item : node.items) {
            hash = hash * 31 + hashOfJson(item);
        }
        return hash;
    }
    case JsonNode::Kind::Object: {
        size_t hash = 7; // a sum, since the order of members is nothing
        for (size_t i = 0; i < node.items.size(); ++i) {
            hash += qHash(node.keys.at(qsizetype(i))) ^ (hashOfJson(node.items[i]) * 131);
        }
        return hash;
    }
    }
    Q_UNREACHABLE_RETURN(0);
}

QJsonValue toQJson(const JsonNode &node)
{
    switch (node.kind) {
    case JsonNode::Kind::Null:
        return QJsonValue::Null;
    case JsonNode::Kind::Boolean:
        return node.boolean;
    case JsonNode::Kind::Number:
        return node.integer ? QJsonValue(*node.integer) : QJsonValue(node.number);
    case JsonNode::Kind::String:
        return node.text;
    case JsonNode::Kind::Array: {
        QJsonArray array;
        for (const JsonNode &item : node.items) {
            array.append(toQJson(item));
        }
        return array;
    }
    case JsonNode::Kind::Object: {
        QJsonObject object;
        for (size_t i = 0; i < node.items.size(); ++i) {
            object.insert(node.keys.at(qsizetype(i)), toQJson(node.items[i]));
        }
        return object;
    }
    }
    Q_UNREACHABLE_RETURN({});
}

JsonNode fromQJson(const QJsonValue &value)
{
    JsonNode node;
    switch (value.type()) {
    case QJsonValue::Bool:
        node.kind = JsonNode::Kind::Boolean;
        node.boolean = value.toBool();
        break;
    case QJsonValue::Double: {
        node.kind = JsonNode::Kind::Number;
        node.number = value.toDouble();
        const qint64 integer = value.toInteger();
        if (double(integer) == node.number) {
            node.integer = integer;
        }
        node.text = node.integer
            ? QString::number(*node.integer)
            : QString::number(node.number, 'g', QLocale::FloatingPointShortest);
        break;
    }
    case QJsonValue::String:
        node.kind = JsonNode::Kind::String;
        node.text = value.toString();
        break;
    case QJsonValue::Array: {
        node.kind = JsonNode::Kind::Array;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array) {
            node.items.push_back(fromQJson(item));
        }
        break;
    }
    case QJsonValue::Object: {
        node.kind = JsonNode::Kind::Object;
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            node.keys.append(it.key());
            node.items.push_back(fromQJson(it.value()));
        }
        break;
    }
    default:
        break;
    }
    return node;
}

QString compactJson(const JsonNode &node, qsizetype most)
{
    QString out;
    write(out, node, most);
    if (most < 0 || out.size() <= most) {
        return out;
    }
    // Never within a surrogate pair.
    return out.left(most > 0 && out[most - 1].isHighSurrogate() ? most - 1 : most) + u'…';
}

QString indentedJson(const JsonNode &node)
{
    QString out;
    writeIndented(out, node, 0);
    return out;
}

QString pointerPart(QStringView key)
{
    QString part = key.toString();
    return part.replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
}

const JsonNode *atPointer(const JsonNode &root, QStringView pointer)
{
    const JsonNode *node = &root;
    if (pointer.isEmpty()) {
        return node;
    }
    if (!pointer.startsWith(u'/')) {
        return nullptr;
    }
    for (const QStringView part : pointer.sliced(1).split(u'/')) {
        if (node->is(JsonNode::Kind::Object)) {
            QString key = part.toString();
            node = node->find(QStringView(key.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s)));
        } else {
            bool isIndex = false;
            const qsizetype index = part.toLongLong(&isIndex);
            node = node->is(JsonNode::Kind::Array) && isIndex && index >= 0
                    && size_t(index) < node->items.size()
                ? &node->items[size_t(index)]
                : nullptr;
        }
        if (!node) {
            return nullptr;
        }
    }
    return node;
}

} // namespace Lorikeet
