// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/jsondiff.h"

#include "compare/wordmatch.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

void compare(const QString &path, const QJsonValue &base, const QJsonValue &other,
    QList<JsonChange> &changes);

QString below(const QString &path, QString member)
{
    member.replace(u'~', "~0"_L1).replace(u'/', "~1"_L1);
    return path + u'/' + member;
}

void compareObjects(const QString &path, const QJsonObject &base, const QJsonObject &other,
    QList<JsonChange> &changes)
{
    for (auto member = base.begin(); member != base.end(); ++member) {
        if (!other.contains(member.key())) {
            changes.append({.kind = JsonChange::Kind::Removed,
                .path = below(path, member.key()),
                .base = member.value(),
                .other = QJsonValue(QJsonValue::Undefined)});
        }
    }
    for (auto member = other.begin(); member != other.end(); ++member) {
        const QString place = below(path, member.key());
        if (const auto old = base.find(member.key()); old != base.end()) {
            compare(place, old.value(), member.value(), changes);
        } else {
            changes.append({.kind = JsonChange::Kind::Added,
                .path = place,
                .base = QJsonValue(QJsonValue::Undefined),
                .other = member.value()});
        }
    }
}

/// Each element as a number, the same for those that are equal.
std::vector<int> numbered(const QJsonArray &list, QHash<QByteArray, int> &known)
{
    std::vector<int> numbers;
    for (const QJsonValue &element : list) {
        // Members are sorted and numbers written the shortest way, so equal values read the same.
        const QByteArray text = QJsonDocument(QJsonArray{element}).toJson(QJsonDocument::Compact);
        auto number = known.constFind(text);
        if (number == known.constEnd()) {
            number = QHash<QByteArray, int>::const_iterator(known.insert(text, int(known.size())));
        }
        numbers.push_back(*number);
    }
    return numbers;
}

void compareLists(const QString &path, const QJsonArray &base, const QJsonArray &other,
    QList<JsonChange> &changes)
{
    QHash<QByteArray, int> known;
    const std::vector<int> baseNumbers = numbered(base, known);
    const std::vector<int> otherNumbers = numbered(other, known);
    std::vector<WordMatch> matches = matchWords(baseNumbers, otherNumbers, int(known.size()));
    matches.push_back({int(base.size()), int(other.size())});
    int baseAt = 0;
    int otherAt = 0;
    for (const WordMatch &match : matches) {
        for (; baseAt < match.base && otherAt < match.other; ++baseAt, ++otherAt) {
            compare(
                below(path, QString::number(otherAt)), base.at(baseAt), other.at(otherAt), changes);
        }
        for (; baseAt < match.base; ++baseAt) {
            changes.append({.kind = JsonChange::Kind::Removed,
                .path = below(path, QString::number(baseAt)),
                .base = base.at(baseAt),
                .other = QJsonValue(QJsonValue::Undefined)});
        }
        for (; otherAt < match.other; ++otherAt) {
            changes.append({.kind = JsonChange::Kind::Added,
                .path = below(path, QString::number(otherAt)),
                .base = QJsonValue(QJsonValue::Undefined),
                .other = other.at(otherAt)});
        }
        ++baseAt;
        ++otherAt;
    }
}

void compare(const QString &path, const QJsonValue &base, const QJsonValue &other,
    QList<JsonChange> &changes)
{
    if (base == other) {
        return;
    }
    if (base.isObject() && other.isObject()) {
        compareObjects(path, base.toObject(), other.toObject(), changes);
    } else if (base.isArray() && other.isArray()) {
        compareLists(path, base.toArray(), other.toArray(), changes);
    } else {
        changes.append(
            {.kind = JsonChange::Kind::Changed, .path = path, .base = base, .other = other});
    }
}

/// What a value comes to, counted in those that hold no others.
qsizetype leaves(const QJsonValue &value)
{
    qsizetype count = 0;
    if (value.isArray()) {
        for (const QJsonValue &element : value.toArray()) {
            count += leaves(element);
        }
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const QJsonValue &member : object) {
            count += leaves(member);
        }
    }
    return value.isUndefined() ? 0 : std::max<qsizetype>(count, 1);
}

} // namespace

double jsonSimilarity(
    const QJsonValue &base, const QJsonValue &other, const QList<JsonChange> &changes)
{
    const qsizetype all = leaves(base) + leaves(other);
    qsizetype changed = 0;
    for (const JsonChange &change : changes) {
        changed += leaves(change.base) + leaves(change.other);
    }
    return all == 0 ? 1 : double(std::max<qsizetype>(0, all - changed)) / double(all);
}

QList<JsonChange> diffJson(const QJsonValue &base, const QJsonValue &other)
{
    QList<JsonChange> changes;
    compare(QString(), base, other, changes);
    return changes;
}

} // namespace Lorikeet
