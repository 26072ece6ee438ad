// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/outlinevalues.h"

#include "base/invalidrequest.h"
#include "schema/partialjson.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = JsonNode::Kind;

bool isScalar(const JsonNode &node) { return !node.is(Kind::Array) && !node.is(Kind::Object); }

/// What is between the commas that are outside quotes.
QStringList partsOf(const QString &typed)
{
    QStringList parts;
    qsizetype begin = 0;
    bool isQuoted = false;
    for (qsizetype at = 0; at < typed.size(); ++at) {
        const QChar c = typed[at];
        if (isQuoted && c == u'\\') {
            ++at;
        } else if (c == u'"') {
            isQuoted
                = !isQuoted && QStringView(typed).sliced(begin, at - begin).trimmed().isEmpty();
        } else if (c == u',' && !isQuoted) {
            parts.append(typed.sliced(begin, at - begin).trimmed());
            begin = at + 1;
        }
    }
    parts.append(typed.sliced(begin).trimmed());
    return parts;
}

JsonNode bareValue(const QString &part, const QString &type, bool isNullable)
{
    const bool isText = type == "string"_L1 && !(isNullable && part == "null"_L1);
    const Result<JsonNode> value = isText ? Result<JsonNode>() : parseJson(part);
    if (!isText && value && isScalar(*value)) {
        return *value;
    }
    JsonNode text;
    text.kind = Kind::String;
    text.text = part;
    return text;
}

} // namespace

bool areScalars(const JsonNode &list)
{
    return list.is(Kind::Array) && !list.items.empty() && std::ranges::all_of(list.items, isScalar);
}

std::optional<QString> typedValues(const JsonNode &list, const QString &type, bool isNullable)
{
    QStringList parts;
    for (const JsonNode &value : list.items) {
        const QString bare = value.is(Kind::String) ? value.text : compactJson(value);
        const bool isPlain = !bare.isEmpty() && bare == bare.trimmed() && !bare.startsWith(u'"')
            && !bare.contains(u',');
        if (isPlain && sameJson(bareValue(bare, type, isNullable), value)) {
            parts.append(bare);
        } else if (value.is(Kind::String)) {
            parts.append(compactJson(value));
        } else {
            return std::nullopt;
        }
    }
    return parts.join(", "_L1);
}

Result<std::vector<JsonNode>> valuesTyped(
    const QString &typed, const QString &type, bool isNullable)
{
    std::vector<JsonNode> values;
    for (const QString &part : partsOf(typed)) {
        if (part.isEmpty()) {
            continue;
        }
        JsonNode value = bareValue(part, type, isNullable);
        if (part.startsWith(u'"')) {
            const Result<JsonNode> quoted = parseJson(part);
            if (!quoted) {
                return invalidRequest(
                    u"%1 is no text in quotes: write \\\" for a quotation mark in it."_s.arg(part));
            }
            value = *quoted;
        }
        if (std::ranges::none_of(
                values, [&](const JsonNode &other) { return sameJson(other, value); })) {
            values.push_back(value);
        }
    }
    return values;
}

} // namespace Lorikeet
