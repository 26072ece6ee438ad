// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <span>
#include <utility>

namespace Lorikeet {

/// Reads an object that a person may have written, and says what is wrong with it: the first member
/// of the wrong kind, or one that nobody asked for. A member that is missing leaves what it would
/// be read into as it is.
class JsonMembers final
{
public:
    template<typename E>
    using Word = std::pair<E, QLatin1StringView>;

    /// `place` begins the sentences: "The workload".
    JsonMembers(QJsonObject object, QString place);

    /// Nothing: it is missing, or null.
    [[nodiscard]] std::optional<QJsonValue> value(const QString &name);
    /// Refuses the object if it lacks this member.
    void require(const QString &name);

    void read(const QString &name, bool &value);
    void read(const QString &name, double &value);
    void read(const QString &name, int &value);
    void read(const QString &name, qint64 &value);
    void read(const QString &name, QString &value);
    void read(const QString &name, QJsonObject &value);
    /// A number of seconds, at most 1e9 either way.
    void readSeconds(const QString &name, Nanoseconds &time);
    /// A whole number of nanoseconds.
    void readNanoseconds(const QString &name, Nanoseconds &time);

    /// One of some words, each of which stands for a value.
    template<typename E>
    void read(const QString &name, E &value, std::span<const Word<E>> words)
    {
        QString text;
        read(name, text);
        if (text.isNull()) {
            return;
        }
        QStringList known;
        for (const Word<E> &word : words) {
            if (text == word.second) {
                value = word.first;
                return;
            }
            known.append(word.second);
        }
        refuse(name, QStringLiteral("must be %1, not “%2”").arg(oneOf(known), text));
    }

    /// An inner object, by a function that takes it and its place; missing leaves the value as it
    /// is.
    template<typename T, typename From>
    void readObject(const QString &name, T &value, From from)
    {
        if (this->value(name)) {
            QJsonObject object;
            read(name, object);
            take(from(object, placeOf(name)), value);
        }
    }

    /// Likewise any inner value.
    template<typename T, typename From>
    void readValue(const QString &name, T &result, From from)
    {
        if (const auto found = value(name)) {
            take(from(*found, placeOf(name)), result);
        }
    }

    /// Likewise a list of objects, which takes the place of what `list` held.
    template<typename T, typename From>
    void readList(const QString &name, QList<T> &list, From from)
    {
        if (const auto found = objects(name)) {
            list.clear();
            for (const QJsonObject &object : *found) {
                T item;
                take(from(object, placeOf(name, list.size())), item);
                list.append(item);
            }
        }
    }

    /// What an inner object became; its sentence counts as this one's.
    template<typename T, typename V>
    void take(Result<T> &&result, V &value)
    {
        if (result) {
            value = *std::move(result);
        } else if (!m_problem) {
            m_problem = result.error();
        }
    }

    /// Where this member is, for the sentences of what is inside of it.
    [[nodiscard]] QString placeOf(const QString &name) const;
    /// Likewise an entry of a list, from 0.
    [[nodiscard]] QString placeOf(const QString &name, qsizetype entry) const;
    /// "… “name” must be a number."
    void refuse(const QString &name, const QString &what);

    /// The first thing that was wrong; also where a member was not asked for.
    [[nodiscard]] Result<> end();

    /// Likewise, or what was read.
    template<typename T>
    [[nodiscard]] Result<T> end(const T &value)
    {
        const Result<> outcome = end();
        return outcome ? Result<T>(value) : Failure(outcome.error());
    }

private:
    /// The objects of a list. Nothing: the member is missing.
    [[nodiscard]] std::optional<QList<QJsonObject>> objects(const QString &name);
    [[nodiscard]] static QString oneOf(const QStringList &words);

    QJsonObject m_object;
    QString m_place;
    QStringList m_asked;
    std::optional<ApiError> m_problem;
};

} // namespace Lorikeet
