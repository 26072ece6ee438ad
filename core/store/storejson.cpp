// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storejson.h"

#include "store/storedmembers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

#include <type_traits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

template<typename E>
void enumFromWord(const QString &word, E &value)
{
    for (int i = 0; i <= static_cast<int>(lastOf(E())); ++i) {
        if (toWord(static_cast<E>(i)) == word) {
            value = static_cast<E>(i);
        }
    }
}

template<typename T>
QJsonObject toObject(const T &value);
template<typename T>
void fromObject(const QJsonObject &object, T &value);

template<typename T>
constexpr bool isList = false;
template<typename T>
constexpr bool isList<QList<T>> = true;
template<typename T>
constexpr bool isOptional = false;
template<typename T>
constexpr bool isOptional<std::optional<T>> = true;
template<typename T>
constexpr bool isDuration = false;
template<typename R, typename P>
constexpr bool isDuration<std::chrono::duration<R, P>> = true;

/// What every member that can be so has by default, and is therefore left out.
bool isEmpty(const QJsonValue &json)
{
    return json.isNull() || (json.isString() && json.toString().isEmpty())
        || (json.isArray() && json.toArray().isEmpty())
        || (json.isObject() && json.toObject().isEmpty());
}

template<typename T>
QJsonValue toJson(const T &value)
{
    if constexpr (isOptional<T>) {
        return value ? toJson(*value) : QJsonValue();
    } else if constexpr (isList<T>) {
        QJsonArray array;
        for (const auto &item : value) {
            array.append(toJson(item));
        }
        return array;
    } else if constexpr (isDuration<T>) {
        return QJsonValue(qint64(value.count()));
    } else if constexpr (std::is_same_v<T, ParameterSet>) {
        QJsonObject object;
        for (const auto &[name, item] : value.asKeyValueRange()) {
            object.insert(name, item);
        }
        return object;
    } else if constexpr (std::is_same_v<T, QUrl>) {
        return value.toString(QUrl::FullyEncoded);
    } else if constexpr (std::is_same_v<T, QUuid>) {
        return value.toString(QUuid::WithoutBraces);
    } else if constexpr (std::is_same_v<T, QDateTime>) {
        return value.isValid() ? QJsonValue(value.toMSecsSinceEpoch()) : QJsonValue();
    } else if constexpr (std::is_same_v<T, QByteArray>) {
        return QString::fromLatin1(value); // keeps every byte
    } else if constexpr (std::is_enum_v<T>) {
        return toWord(value);
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
        return QJsonValue(static_cast<qint64>(value)); // and back: every bit is kept
    } else if constexpr (std::is_constructible_v<QJsonValue, T>) {
        return QJsonValue(value);
    } else {
        return toObject(value);
    }
}

template<typename T>
void fromJson(const QJsonValue &json, T &value)
{
    if constexpr (isOptional<T>) {
        if (!json.isNull()) {
            fromJson(json, value.emplace());
        }
    } else if constexpr (isList<T>) {
        const QJsonArray array = json.toArray();
        for (const QJsonValue &item : array) {
            fromJson(item, value.emplaceBack());
        }
    } else if constexpr (isDuration<T>) {
        value = T(json.toInteger(value.count()));
    } else if constexpr (std::is_same_v<T, ParameterSet>) {
        const QJsonObject object = json.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            value.insert(it.key(), it.value());
        }
    } else if constexpr (std::is_same_v<T, QUrl>) {
        value = QUrl(json.toString());
    } else if constexpr (std::is_same_v<T, QUuid>) {
        value = QUuid::fromString(json.toString());
    } else if constexpr (std::is_same_v<T, QDateTime>) {
        value = QDateTime::fromMSecsSinceEpoch(json.toInteger(), QTimeZone::UTC);
    } else if constexpr (std::is_same_v<T, QByteArray>) {
        value = json.toString().toLatin1();
    } else if constexpr (std::is_same_v<T, QJsonObject>) {
        value = json.toObject();
    } else if constexpr (std::is_same_v<T, QString>) {
        value = json.toString(value);
    } else if constexpr (std::is_same_v<T, bool>) {
        value = json.toBool(value);
    } else if constexpr (std::is_same_v<T, double>) {
        value = json.toDouble(value);
    } else if constexpr (std::is_integral_v<T>) {
        value = static_cast<T>(json.toInteger(static_cast<qint64>(value)));
    } else if constexpr (std::is_enum_v<T>) {
        enumFromWord(json.toString(), value);
    } else {
        fromObject(json.toObject(), value);
    }
}

template<typename T>
QJsonObject toObject(const T &value)
{
    QJsonObject object;
    T source = value; // members() serves reading too, and so takes no const
    members(source, [&object](QLatin1StringView name, auto &member) {
        if (const QJsonValue json = toJson(member); !isEmpty(json)) {
            object.insert(name, json);
        }
    });
    return object;
}

template<typename T>
void fromObject(const QJsonObject &object, T &value)
{
    members(value, [&object](QLatin1StringView name, auto &member) {
        if (const auto found = object.constFind(name); found != object.constEnd()) {
            fromJson(found.value(), member);
        }
    });
}

QString text(const QJsonDocument &document)
{
    return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
}

QJsonDocument parse(const QString &json) { return QJsonDocument::fromJson(json.toUtf8()); }

} // namespace

QString toStoredJson(const Endpoint &endpoint) { return text(QJsonDocument(toObject(endpoint))); }

Endpoint endpointFromStoredJson(const QString &json)
{
    Endpoint endpoint;
    fromObject(parse(json).object(), endpoint);
    return endpoint;
}

QString toStoredJson(const QList<LearntName> &names)
{
    return text(QJsonDocument(toJson(names).toArray()));
}

QString toStoredJson(const EndpointFinding &finding)
{
    return text(QJsonDocument(toObject(finding)));
}

EndpointFinding findingFromStoredJson(const QString &json)
{
    EndpointFinding finding;
    fromObject(parse(json).object(), finding);
    return finding;
}

QString toStoredJson(const ChatSetup &setup) { return text(QJsonDocument(toObject(setup))); }

ChatSetup setupFromStoredJson(const QString &json)
{
    ChatSetup setup;
    fromObject(parse(json).object(), setup);
    return setup;
}

QString toStoredJson(const QList<WaitingPrompt> &waiting)
{
    return text(QJsonDocument(toJson(waiting).toArray()));
}

QList<WaitingPrompt> waitingFromStoredJson(const QString &json)
{
    QList<WaitingPrompt> waiting;
    fromJson(QJsonValue(parse(json).array()), waiting);
    return waiting;
}

QString toStoredJson(const ComparisonRecord &record)
{
    return text(QJsonDocument(toObject(record)));
}

ComparisonRecord comparisonFromStoredJson(const QString &json)
{
    ComparisonRecord record;
    fromObject(parse(json).object(), record);
    return record;
}

QString toStoredJson(const LaneSet &set) { return text(QJsonDocument(toObject(set))); }

LaneSet laneSetFromStoredJson(const QString &json)
{
    LaneSet set;
    fromObject(parse(json).object(), set);
    return set;
}

QString toStoredJson(const JudgeSetup &setup) { return text(QJsonDocument(toObject(setup))); }

JudgeSetup judgeSetupFromStoredJson(const QString &json)
{
    JudgeSetup setup;
    fromObject(parse(json).object(), setup);
    return setup;
}

QString toStoredJson(const Verdict &verdict) { return text(QJsonDocument(toObject(verdict))); }

Verdict verdictFromStoredJson(const QString &json)
{
    Verdict verdict;
    fromObject(parse(json).object(), verdict);
    return verdict;
}

QString detailsToStoredJson(const ChatNode &node) { return text(QJsonDocument(toObject(node))); }

void detailsFromStoredJson(const QString &json, ChatNode &node)
{
    fromObject(parse(json).object(), node);
}

} // namespace Lorikeet
