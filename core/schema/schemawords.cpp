// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/schemawords.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::SchemaWords {

namespace {

constexpr qsizetype mostShown = 60;
constexpr size_t mostListed = 8;

QString typeName(QStringView type)
{
    if (type == u"null") {
        return u"null"_s;
    }
    if (type == u"boolean") {
        return u"true or false"_s;
    }
    if (type == u"array") {
        return u"a list"_s;
    }
    const bool hasVowel = type == u"integer" || type == u"object";
    return (hasVowel ? u"an "_s : u"a "_s) + type.toString();
}

QString kindOf(const JsonNode &node)
{
    switch (node.kind) {
    case JsonNode::Kind::Null:
        return u"null"_s;
    case JsonNode::Kind::Boolean:
        return node.boolean ? u"true"_s : u"false"_s;
    case JsonNode::Kind::Number:
        return u"the number %1"_s.arg(node.text);
    case JsonNode::Kind::String:
        return u"a string"_s;
    case JsonNode::Kind::Array:
        return u"a list"_s;
    case JsonNode::Kind::Object:
        return u"an object"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString shown(const JsonNode &node) { return compactJson(node, mostShown); }

/// How far into the value an alternative came before it failed.
qsizetype depthOf(const SchemaViolation &violation) { return violation.instancePath.count(u'/'); }

} // namespace

QString type(const QStringList &types, const JsonNode &node)
{
    QStringList names;
    for (const QString &each : types) {
        names.append(typeName(each));
    }
    return u"must be %1, and is %2"_s.arg(names.join(u" or "_s), kindOf(node));
}

QString values(const JsonNode &value, bool isConst, const JsonNode &node)
{
    if (isConst) {
        return u"must be %1, and is %2"_s.arg(shown(value), shown(node));
    }
    QStringList names;
    for (size_t i = 0; i < std::min(mostListed, value.items.size()); ++i) {
        names.append(shown(value.items[i]));
    }
    const QString more = value.items.size() > mostListed
        ? u" or one of %1 more"_s.arg(value.items.size() - mostListed)
        : QString();
    return u"must be one of %1%2, and is %3"_s.arg(names.join(u", "_s), more, shown(node));
}

QString count(const QString &verb, double limit, double size, const QString &unit)
{
    return u"%1 %2 %3%4, and has %5"_s.arg(verb)
        .arg(limit)
        .arg(unit, limit == 1 ? QString() : u"s"_s)
        .arg(size, 0, 'f', 0);
}

QString pattern(const QString &pattern, const JsonNode &node)
{
    return u"must match the pattern “%1”, and is %2"_s.arg(pattern.left(200), shown(node));
}

QString negation(const JsonNode &schema)
{
    return u"must not fit %1, and does"_s.arg(shown(schema));
}

QString noneOf(size_t alternatives, const QList<SchemaViolation> &nearest)
{
    const QString start = alternatives == 1 ? u"does not fit the one alternative there is"_s
                                            : u"fits none of %1 alternatives"_s.arg(alternatives);
    return nearest.isEmpty() ? start
                             : u"%1; of the nearest, %2"_s.arg(start, toText(nearest.constFirst()));
}

bool isNearer(const QList<SchemaViolation> &a, const QList<SchemaViolation> &b)
{
    if (a.isEmpty() || b.isEmpty()) {
        return b.isEmpty() && !a.isEmpty();
    }
    const qsizetype depthA = depthOf(a.constFirst());
    const qsizetype depthB = depthOf(b.constFirst());
    return depthA != depthB ? depthA > depthB : a.size() < b.size();
}

} // namespace Lorikeet::SchemaWords
