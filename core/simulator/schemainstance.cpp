// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/schemainstance.h"

#include "simulator/patterntext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

constexpr int deepest = 12; ///< levels; below, only what is required
constexpr int mostValues = 20'000; ///< in all; some schemas ask for a thousand items thousandfold

/// What a well-known property name suggests, whatever the schema.
struct Suggestion
{
    QLatin1StringView name;
    QJsonValue value;
};

class Builder final
{
public:
    Builder(const QJsonObject &root, const QString &subject, const QString &adapter)
        : m_root(root)
        , m_subject(subject)
        , m_adapter(adapter)
    { }

    [[nodiscard]] QJsonValue make(const QJsonValue &schema, const QString &name, int depth)
    {
        if (--m_left < 0) {
            return QJsonValue();
        }
        if (!schema.isObject()) {
            return schema.toBool(true) ? QJsonValue(u"any"_s) : QJsonValue();
        }
        const QJsonObject object = resolved(schema.toObject(), depth);
        if (object.contains("const"_L1)) {
            return object["const"_L1];
        }
        if (const QJsonArray values = object["enum"_L1].toArray(); !values.isEmpty()) {
            const QJsonValue wish = suggestion(name);
            return values.contains(wish) ? wish : values.first();
        }
        const QString type = typeOf(object);
        if (type == "object"_L1) {
            return makeObject(object, depth);
        }
        if (type == "array"_L1) {
            return makeArray(object, name, depth);
        }
        if (type == "string"_L1) {
            return makeString(object, name);
        }
        if (type == "boolean"_L1) {
            return suggestion(name).toBool(true);
        }
        if (type == "null"_L1) {
            return QJsonValue();
        }
        return makeNumber(object, name, type == "integer"_L1);
    }

private:
    /// Follows $ref, takes the first of anyOf and oneOf, and joins allOf.
    [[nodiscard]] QJsonObject resolved(QJsonObject schema, int depth) const
    {
        for (int step = 0; step < 16; ++step) {
            if (const QString reference = schema["$ref"_L1].toString(); !reference.isEmpty()) {
                schema.remove("$ref"_L1);
                schema = joined(schema, lookUp(reference));
                continue;
            }
            bool found = false;
            for (const auto key : {"anyOf"_L1, "oneOf"_L1, "allOf"_L1}) {
                const QJsonArray parts = schema.take(key).toArray();
                if (parts.isEmpty()) {
                    continue;
                }
                found = true;
                if (key == "allOf"_L1) {
                    for (const QJsonValue &part : parts) {
                        schema = joined(schema, part.toObject());
                    }
                } else {
                    schema = joined(schema, alternative(parts, depth));
                }
            }
            if (!found) {
                break;
            }
        }
        return schema;
    }

    /// The first; deep down the simplest, so that recursive schemas come to an end.
    [[nodiscard]] static QJsonObject alternative(const QJsonArray &parts, int depth)
    {
        if (depth >= deepest / 2) {
            for (const QJsonValue &part : parts) {
                if (part["type"_L1] == "null"_L1
                    || (part.isObject() && !part["$ref"_L1].isString())) {
                    return part.toObject();
                }
            }
        }
        return parts.first().toObject();
    }

    [[nodiscard]] QJsonObject lookUp(const QString &reference) const
    {
        QJsonValue at = m_root;
        for (const QString &step : reference.split(u'/').sliced(1)) {
            at = at[QString(step).replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1)];
        }
        return at.toObject();
    }

    [[nodiscard]] static QJsonObject joined(QJsonObject a, const QJsonObject &b)
    {
        for (auto it = b.begin(); it != b.end(); ++it) {
            if (it.key() == "properties"_L1) {
                QJsonObject properties = a["properties"_L1].toObject();
                const QJsonObject more = it.value().toObject();
                for (auto property = more.begin(); property != more.end(); ++property) {
                    properties.insert(property.key(), property.value());
                }
                a.insert(it.key(), properties);
            } else if (it.key() == "required"_L1) {
                QJsonArray required = a["required"_L1].toArray();
                const QJsonArray more = it.value().toArray();
                for (const QJsonValue &name : more) {
                    required.append(name);
                }
                a.insert(it.key(), required);
            } else {
                a.insert(it.key(), it.value());
            }
        }
        return a;
    }

    [[nodiscard]] static QString typeOf(const QJsonObject &schema)
    {
        const QJsonValue type = schema["type"_L1];
        if (type.isString()) {
            return type.toString();
        }
        const QJsonArray types = type.toArray();
        if (!types.isEmpty()) {
            return types.first().toString();
        }
        if (schema.contains("items"_L1) || schema.contains("prefixItems"_L1)) {
            return u"array"_s;
        }
        if (schema.contains("minimum"_L1) || schema.contains("maximum"_L1)) {
            return u"number"_s;
        }
        if (schema.contains("pattern"_L1) || schema.contains("format"_L1)
            || schema.contains("minLength"_L1) || schema.contains("maxLength"_L1)) {
            return u"string"_s;
        }
        return u"object"_s;
    }

    [[nodiscard]] QJsonValue makeObject(const QJsonObject &schema, int depth)
    {
        const QJsonObject properties = schema["properties"_L1].toObject();
        const QJsonArray required = schema["required"_L1].toArray();
        QJsonObject result;
        for (auto it = properties.begin(); it != properties.end(); ++it) {
            const bool needed = required.contains(it.key());
            if (needed ? depth < deepest * 2 : depth < deepest / 2) {
                result.insert(it.key(), make(it.value(), it.key(), depth + 1));
            }
        }
        for (const QJsonValue &name : required) {
            if (!result.contains(name.toString()) && depth < deepest * 2) {
                result.insert(name.toString(),
                    make(schema["additionalProperties"_L1], name.toString(), depth + 1));
            }
        }
        // Only where nothing is said about properties is there room for our own.
        if (!schema.contains("properties"_L1) && required.isEmpty() && depth == 0
            && !schema.contains("additionalProperties"_L1)) {
            for (const auto name : {"subject"_L1, "label"_L1, "priority"_L1, "confidence"_L1}) {
                result.insert(name, suggestion(QString(name)));
            }
        }
        return result;
    }

    [[nodiscard]] QJsonValue makeArray(const QJsonObject &schema, const QString &name, int depth)
    {
        QJsonArray result;
        const QJsonArray prefix = schema["prefixItems"_L1].toArray();
        for (const QJsonValue &item : prefix) {
            result.append(make(item, name, depth + 1));
        }
        const qsizetype least = schema["minItems"_L1].toInteger(0);
        const qsizetype most = schema["maxItems"_L1].toInteger(std::max<qsizetype>(least, 2));
        const qsizetype wanted
            = depth >= deepest / 2 ? least : std::clamp<qsizetype>(2, least, most);
        const bool unique = schema["uniqueItems"_L1].toBool();
        const QJsonArray choices = schema["items"_L1]["enum"_L1].toArray();
        while (result.size() < wanted && result.size() < 1000 && m_left > 0) {
            if (unique && !choices.isEmpty()) {
                if (result.size() >= choices.size()) {
                    break;
                }
                result.append(choices[result.size()]);
                continue;
            }
            QJsonValue item = make(schema["items"_L1], name, depth + 1);
            if (unique && result.contains(item)) {
                if (item.isString()) {
                    item = item.toString() + u' ' + QString::number(result.size() + 1);
                } else if (item.isDouble()) {
                    item = item.toDouble() + static_cast<double>(result.size());
                } else {
                    break;
                }
            }
            result.append(item);
        }
        return result;
    }

    [[nodiscard]] QJsonValue makeString(const QJsonObject &schema, const QString &name) const
    {
        const QString format = schema["format"_L1].toString();
        static const std::array<Suggestion, 10> formats = {{{"date"_L1, u"2026-03-14"_s},
            {"date-time"_L1, u"2026-03-14T09:26:53Z"_s}, {"time"_L1, u"09:26:53Z"_s},
            {"duration"_L1, u"PT2H"_s}, {"email"_L1, u"ada@example.org"_s},
            {"hostname"_L1, u"example.org"_s}, {"ipv4"_L1, u"192.0.2.7"_s},
            {"ipv6"_L1, u"2001:db8::7"_s}, {"uri"_L1, u"https://example.org/item/7"_s},
            {"uuid"_L1, u"3f2b8c1e-5a64-4d0f-9c3b-7e1a2d4f6b80"_s}}};
        for (const Suggestion &known : formats) {
            if (known.name == format) {
                return known.value;
            }
        }
        const auto least = schema["minLength"_L1].toInteger(0);
        const auto most = schema["maxLength"_L1].toInteger(std::numeric_limits<int>::max());
        if (const QString pattern = schema["pattern"_L1].toString(); !pattern.isEmpty()) {
            if (const auto text = patternText(pattern)) {
                return *text;
            }
        }
        const QJsonValue wish = suggestion(name);
        QString text = wish.isString() ? wish.toString() : m_subject;
        while (text.size() < least) {
            text += text.isEmpty() ? u"text"_s : u' ' + m_subject;
        }
        return text.left(most);
    }

    [[nodiscard]] QJsonValue makeNumber(
        const QJsonObject &schema, const QString &name, bool integer) const
    {
        const QJsonValue wish = suggestion(name);
        double value = wish.isDouble() ? wish.toDouble() : integer ? 3 : 0.5;
        double step = schema["multipleOf"_L1].toDouble(integer ? 1 : 0);
        if (integer && step < 1) {
            step = 1;
        }
        const double margin = step > 0 ? step : 1e-6;
        double least = schema["minimum"_L1].toDouble(-1e15);
        double most = schema["maximum"_L1].toDouble(1e15);
        if (schema["exclusiveMinimum"_L1].isDouble()) {
            least = std::max(least, schema["exclusiveMinimum"_L1].toDouble() + margin);
        }
        if (schema["exclusiveMaximum"_L1].isDouble()) {
            most = std::min(most, schema["exclusiveMaximum"_L1].toDouble() - margin);
        }
        value = std::min(std::max(value, least), most);
        if (step > 0) {
            value = std::ceil(value / step) * step;
            if (value > most) {
                value = std::floor(most / step) * step;
            }
        }
        return integer ? QJsonValue(static_cast<qint64>(value)) : QJsonValue(value);
    }

    [[nodiscard]] QJsonValue suggestion(QStringView name) const
    {
        const bool careful = m_adapter == "support-v4"_L1;
        const std::array<Suggestion, 14> known = {{{"label"_L1, u"billing.duplicate"_s},
            {"category"_L1, u"billing"_s}, {"priority"_L1, careful ? u"high"_s : u"normal"_s},
            {"confidence"_L1,
                careful                   ? 0.93
                    : m_adapter.isEmpty() ? 0.5
                                          : 0.71},
            {"sentiment"_L1, u"negative"_s}, {"language"_L1, u"en"_s}, {"name"_L1, u"Ada Byron"_s},
            {"city"_L1, u"Ulm"_s}, {"location"_L1, u"Ulm"_s}, {"country"_L1, u"Germany"_s},
            {"unit"_L1, u"celsius"_s}, {"currency"_L1, u"EUR"_s}, {"amount"_L1, 42.5},
            {"subject"_L1, m_subject}}};
        for (const Suggestion &one : known) {
            if (name == one.name) {
                return one.value;
            }
        }
        return QJsonValue(QJsonValue::Undefined);
    }

    QJsonObject m_root;
    QString m_subject;
    QString m_adapter;
    int m_left = mostValues;
};

} // namespace

QJsonValue schemaInstance(const QJsonObject &schema, const QString &subject, const QString &adapter)
{
    return Builder(schema, subject, adapter).make(schema, {}, 0);
}

QByteArray toJsonText(const QJsonValue &value)
{
    const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return text.sliced(1, text.size() - 2);
}

} // namespace Lorikeet::Sim
