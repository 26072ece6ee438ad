// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jsondifference.h"

#include "schema/answerjson.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qsizetype longestShown = 2000; // characters of a value

struct AnswerValue
{
    QJsonValue value;
    bool hasWords = false; ///< it says something besides
};

/// What stands before it ends with the opening of a code fence.
bool isInFence(QStringView before)
{
    const QStringView lastLine = before.trimmed().sliced(before.trimmed().lastIndexOf(u'\n') + 1);
    return lastLine.trimmed().startsWith(u"```");
}

std::optional<AnswerValue> valueIn(const QString &answer)
{
    const auto found = findJson(answer);
    if (!found
        || !(found->value.is(JsonNode::Kind::Object) || found->value.is(JsonNode::Kind::Array))) {
        return std::nullopt;
    }
    const bool hasWords = found->around == AnswerJson::Around::Words;
    if (hasWords && !isInFence(QStringView(answer).first(found->begin))) {
        return std::nullopt;
    }
    return AnswerValue{.value = toQJson(found->value), .hasWords = hasWords};
}

QString shown(const QJsonValue &value)
{
    return value.isUndefined() ? QString() : compactJson(fromQJson(value), longestShown);
}

} // namespace

std::optional<JsonDifference> JsonDifference::of(const QString &base, const QString &other)
{
    const std::optional<AnswerValue> left = valueIn(base);
    const std::optional<AnswerValue> right = left ? valueIn(other) : std::nullopt;
    if (!right) {
        return std::nullopt;
    }
    const QList<JsonChange> changes = diffJson(left->value, right->value);
    JsonDifference difference{.rows = {},
        .similarity = jsonSimilarity(left->value, right->value, changes),
        .hasWords = left->hasWords || right->hasWords};
    for (const JsonChange &change : changes) {
        difference.rows.append({.path = change.path.isEmpty() ? tr("the whole") : change.path,
            .base = shown(change.base),
            .other = shown(change.other)});
    }
    return difference;
}

} // namespace Lorikeet
