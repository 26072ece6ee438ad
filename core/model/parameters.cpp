// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/parameters.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// With all its digits, where it is whole and has no more than a double can hold.
QString written(double value)
{
    constexpr double exact = 9007199254740992.0; // 2^53
    return value == std::floor(value) && std::abs(value) <= exact
        ? QString::number(static_cast<qint64>(value))
        : QString::number(value);
}

std::optional<QString> checkRange(const ParameterSpec &spec, double value)
{
    if (!std::isfinite(value)) {
        return u"%1 must be a finite number."_s.arg(spec.name);
    }
    if (spec.minimum
        && (value < *spec.minimum || (spec.minimumExcluded && value == *spec.minimum))) {
        return u"%1 must be %2 %3, not %4."_s.arg(spec.name,
            spec.minimumExcluded ? u"greater than"_s : u"at least"_s, written(*spec.minimum),
            written(value));
    }
    if (spec.maximum
        && (value > *spec.maximum || (spec.maximumExcluded && value == *spec.maximum))) {
        return u"%1 must be %2 %3, not %4."_s.arg(spec.name,
            spec.maximumExcluded ? u"less than"_s : u"at most"_s, written(*spec.maximum),
            written(value));
    }
    return std::nullopt;
}

/// Digits of a number that fits into 64 bits and not into 63 (see ParameterSet).
bool isWideInteger(const QString &text)
{
    bool ok = false;
    const qulonglong value = text.toULongLong(&ok);
    return ok && value > qulonglong(std::numeric_limits<qint64>::max())
        && text == QString::number(value);
}

bool isListOfText(const QJsonValue &value)
{
    const QJsonArray items = value.toArray();
    return value.isArray() && std::all_of(items.begin(), items.end(), [](const QJsonValue &v) {
        return v.isString();
    });
}

} // namespace

std::optional<QString> ParameterSpec::check(const QJsonValue &value) const
{
    switch (type) {
    case Type::Number:
        if (!value.isDouble()) {
            return u"%1 must be a number."_s.arg(name);
        }
        return checkRange(*this, value.toDouble());
    case Type::Integer:
        if (value.isString() && isWideInteger(value.toString())) {
            return checkRange(*this, value.toString().toDouble());
        }
        if (!value.isDouble() || value.toDouble() != std::floor(value.toDouble())) {
            return u"%1 must be a whole number."_s.arg(name);
        }
        return checkRange(*this, value.toDouble());
    case Type::Boolean:
        if (!value.isBool()) {
            return u"%1 must be true or false."_s.arg(name);
        }
        return std::nullopt;
    case Type::Text:
        if (!value.isString()) {
            return u"%1 must be text."_s.arg(name);
        }
        return std::nullopt;
    case Type::TextList:
        if (!isListOfText(value)) {
            return u"%1 must be a list of texts."_s.arg(name);
        }
        return std::nullopt;
    case Type::Choice:
        if (!value.isString() || !choices.contains(value.toString())) {
            return u"%1 must be one of %2."_s.arg(name, choices.join(u", "_s));
        }
        return std::nullopt;
    case Type::Json:
        return std::nullopt;
    }
    Q_UNREACHABLE_RETURN(std::nullopt);
}

std::optional<QJsonValue> ParameterSpec::parse(const QString &text) const
{
    switch (type) {
    case Type::Number: {
        bool ok = false;
        const double value = text.toDouble(&ok);
        return ok ? std::optional(QJsonValue(value)) : std::nullopt;
    }
    case Type::Integer: {
        bool ok = false;
        const qint64 value = text.toLongLong(&ok);
        if (ok) {
            return QJsonValue(value);
        }
        return isWideInteger(text) ? std::optional(QJsonValue(text)) : std::nullopt;
    }
    case Type::Boolean:
        if (text == u"true"_s || text == u"1"_s) {
            return QJsonValue(true);
        }
        if (text == u"false"_s || text == u"0"_s) {
            return QJsonValue(false);
        }
        return std::nullopt;
    case Type::Text:
    case Type::Choice:
        return QJsonValue(text);
    case Type::TextList: {
        // A list may be given as JSON, since a stop text can hold a comma; else it is one text.
        const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
        if (document.isArray()) {
            return QJsonValue(document.array());
        }
        return QJsonValue(QJsonArray{text});
    }
    case Type::Json: {
        // QJsonDocument takes objects and arrays only; the wrapping admits any value.
        const QJsonDocument document = QJsonDocument::fromJson("[" + text.toUtf8() + "]");
        if (!document.isArray() || document.array().size() != 1) {
            return std::nullopt;
        }
        return document.array().first();
    }
    }
    Q_UNREACHABLE_RETURN(std::nullopt);
}

const ParameterSpec *findParameter(const ParameterSpecs &specs, QStringView name)
{
    const auto found = std::find_if(
        specs.begin(), specs.end(), [name](const ParameterSpec &s) { return s.name == name; });
    return found == specs.end() ? nullptr : &*found;
}

const QStringList &outputLimitNames()
{
    static const QStringList names{u"max_tokens"_s, u"max_completion_tokens"_s, u"max_new_tokens"_s,
        u"max_output_tokens"_s, u"n_predict"_s, u"num_predict"_s, u"maxOutputTokens"_s,
        u"max_length"_s};
    return names;
}

QString outputLimitName(const ParameterSpecs &specs)
{
    for (const QString &name : outputLimitNames()) {
        if (findParameter(specs, name)) {
            return name;
        }
    }
    return {};
}

const QStringList &seedNames()
{
    static const QStringList names{u"seed"_s, u"random_seed"_s};
    return names;
}

std::optional<quint64> seedIn(const QJsonValue &value)
{
    bool isNumber = value.isDouble() && value.toInteger(-1) >= 0;
    const quint64 seed
        = value.isString() ? value.toString().toULongLong(&isNumber) : quint64(value.toInteger());
    return isNumber ? std::optional(seed) : std::nullopt;
}

QJsonValue seedValue(quint64 seed)
{
    return seed > quint64(std::numeric_limits<qint64>::max()) ? QJsonValue(QString::number(seed))
                                                              : QJsonValue(qint64(seed));
}

ParameterSet withSeedAfter(ParameterSet parameters, qint64 count)
{
    for (const QString &name : seedNames()) {
        const std::optional<quint64> seed = seedIn(parameters.value(name));
        if (seed) {
            parameters[name] = seedValue(*seed + quint64(count));
        }
    }
    return parameters;
}

} // namespace Lorikeet
