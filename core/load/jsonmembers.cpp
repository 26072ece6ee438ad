// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/jsonmembers.h"

#include "base/invalidrequest.h"

#include <QJsonArray>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

JsonMembers::JsonMembers(QJsonObject object, QString place)
    : m_object(std::move(object))
    , m_place(std::move(place))
{ }

void JsonMembers::require(const QString &name)
{
    if (!value(name)) {
        refuse(name, u"is missing"_s);
    }
}

std::optional<QJsonValue> JsonMembers::value(const QString &name)
{
    m_asked.append(name);
    const auto found = m_object.constFind(name);
    return found == m_object.constEnd() || found->isNull() ? std::nullopt
                                                           : std::optional(found.value());
}

void JsonMembers::refuse(const QString &name, const QString &what)
{
    if (!m_problem) {
        m_problem = invalidRequest(u"%1: “%2” %3."_s.arg(m_place, name, what)).value();
    }
}

QString JsonMembers::placeOf(const QString &name) const { return u"%1, “%2”"_s.arg(m_place, name); }

QString JsonMembers::placeOf(const QString &name, qsizetype entry) const
{
    return u"%1, “%2”, entry %3"_s.arg(m_place, name, QString::number(entry + 1));
}

QString JsonMembers::oneOf(const QStringList &words)
{
    QStringList quoted;
    for (const QString &word : words) {
        quoted.append(u'“' + word + u'”');
    }
    const QString last = quoted.takeLast();
    return quoted.isEmpty() ? last : quoted.join(u", "_s) + u" or "_s + last;
}

void JsonMembers::read(const QString &name, bool &value)
{
    if (const auto found = this->value(name)) {
        if (!found->isBool()) {
            refuse(name, u"must be true or false"_s);
        }
        value = found->toBool(value);
    }
}

void JsonMembers::read(const QString &name, double &value)
{
    if (const auto found = this->value(name)) {
        if (!found->isDouble() || !std::isfinite(found->toDouble())) {
            refuse(name, u"must be a number"_s);
        }
        value = found->toDouble(value);
    }
}

void JsonMembers::readSeconds(const QString &name, Nanoseconds &time)
{
    constexpr double most = 1e9; // thirty years, far from where nanoseconds end
    double seconds = toSeconds(time);
    read(name, seconds);
    if (!(std::abs(seconds) <= most)) {
        refuse(name, u"is no usable number of seconds"_s);
        return;
    }
    time = fromSeconds(seconds);
}

void JsonMembers::readNanoseconds(const QString &name, Nanoseconds &time)
{
    qint64 count = time.count();
    read(name, count);
    time = Nanoseconds(count);
}

void JsonMembers::read(const QString &name, qint64 &value)
{
    if (const auto found = this->value(name)) {
        constexpr qint64 least = std::numeric_limits<qint64>::min();
        const qint64 read = found->toInteger(least);
        if (read == least) { // the default, for whatever is no whole number
            refuse(name, u"must be a whole number"_s);
            return;
        }
        value = read;
    }
}

void JsonMembers::read(const QString &name, int &value)
{
    qint64 wide = value;
    read(name, wide);
    if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max()) {
        refuse(name, u"is too large"_s);
        return;
    }
    value = int(wide);
}

void JsonMembers::read(const QString &name, QString &value)
{
    if (const auto found = this->value(name)) {
        if (!found->isString()) {
            refuse(name, u"must be a text"_s);
        }
        value = found->toString(value);
    }
}

void JsonMembers::read(const QString &name, QJsonObject &value)
{
    if (const auto found = this->value(name)) {
        if (!found->isObject()) {
            refuse(name, u"must be an object"_s);
        }
        value = found->toObject(value);
    }
}

std::optional<QList<QJsonObject>> JsonMembers::objects(const QString &name)
{
    const auto found = this->value(name);
    if (!found) {
        return std::nullopt;
    }
    QList<QJsonObject> objects;
    const QJsonArray list = found->toArray();
    for (const QJsonValue &item : list) {
        if (item.isObject()) {
            objects.append(item.toObject());
        }
    }
    if (!found->isArray() || objects.size() != list.size()) {
        refuse(name, u"must be a list of objects"_s);
        return std::nullopt;
    }
    return objects;
}

Result<> JsonMembers::end()
{
    if (m_problem) {
        return Failure(*m_problem);
    }
    for (const QString &name : m_object.keys()) {
        if (!m_asked.contains(name)) {
            m_asked.sort();
            m_asked.removeDuplicates();
            return invalidRequest(u"%1: “%2” is not known here; there are %3."_s.arg(
                m_place, name, m_asked.join(u", "_s)));
        }
    }
    return {};
}

} // namespace Lorikeet
