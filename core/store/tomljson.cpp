// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/tomljson.h"

#include "base/invalidrequest.h"

#include <QJsonArray>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <toml++/toml.hpp>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QJsonValue toJson(const toml::node &node);

QJsonObject toJson(const toml::table &table)
{
    QJsonObject object;
    for (const auto &[name, value] : table) {
        object.insert(toText(name.str()), toJson(value));
    }
    return object;
}

QJsonValue toJson(const toml::node &node)
{
    switch (node.type()) {
    case toml::node_type::table:
        return toJson(*node.as_table());
    case toml::node_type::array: {
        QJsonArray array;
        for (const toml::node &item : *node.as_array()) {
            array.append(toJson(item));
        }
        return array;
    }
    case toml::node_type::string:
        return toText(node.as_string()->get());
    case toml::node_type::integer:
        return qint64(node.as_integer()->get());
    case toml::node_type::floating_point:
        return node.as_floating_point()->get();
    case toml::node_type::boolean:
        return node.as_boolean()->get();
    default: {
        std::ostringstream text; // dates and times
        node.visit([&text](const auto &value) { text << value; });
        return toText(text.str());
    }
    }
}

toml::table toToml(const QJsonObject &object);

toml::array toToml(const QJsonArray &items);

/// Gives a value in TOML's own type to `add`; of what TOML does not have nothing.
template<typename Add>
void addToml(const QJsonValue &value, const Add &add)
{
    switch (value.type()) {
    case QJsonValue::Object:
        add(toToml(value.toObject()));
        break;
    case QJsonValue::Array:
        add(toToml(value.toArray()));
        break;
    case QJsonValue::String:
        add(value.toString().toStdString());
        break;
    case QJsonValue::Bool:
        add(value.toBool());
        break;
    case QJsonValue::Double:
        if (const QVariant number = value.toVariant(); number.typeId() == QMetaType::LongLong) {
            add(int64_t(number.toLongLong()));
        } else {
            add(value.toDouble());
        }
        break;
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
}

toml::array toToml(const QJsonArray &items)
{
    toml::array array;
    for (const QJsonValue &item : items) {
        addToml(item,
            [&array]<typename T>(T made) { array.push_back(std::forward<decltype(made)>(made)); });
    }
    return array;
}

toml::table toToml(const QJsonObject &object)
{
    toml::table table;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const std::string name = it.key().toStdString();
        addToml(it.value(), [&table, &name]<typename T>(T made) {
            table.insert_or_assign(name, std::forward<decltype(made)>(made));
        });
    }
    return table;
}

/// `is` of any value in `node`.
bool hasAny(const toml::node &node, bool (*is)(const toml::node &))
{
    if (const auto *items = node.as_array()) {
        return std::ranges::any_of(*items, [is](const auto &item) { return hasAny(item, is); });
    }
    if (const auto *members = node.as_table()) {
        return std::ranges::any_of(
            *members, [is](const auto &member) { return hasAny(member.second, is); });
    }
    return is(node);
}

bool beginsWithBreak(const toml::node &node)
{
    const auto *text = node.as_string();
    return text && (text->get().starts_with('\n') || text->get().starts_with('\r'));
}

bool needsManyDigits(const toml::node &node)
{
    const auto *number = node.as_floating_point();
    return number && QByteArray::number(number->get(), 'g', 6).toDouble() != number->get();
}

} // namespace

Result<QJsonObject> jsonFromToml(const QByteArray &toml, const QString &file)
{
    try {
        return toJson(toml::parse(std::string_view(toml.constData(), size_t(toml.size()))));
    } catch (const toml::parse_error &error) {
        return invalidRequest(u"%1 is not TOML: %2 in line %3."_s.arg(
            file, toText(error.description()), QString::number(error.source().begin.line)));
    }
}

QByteArray tomlFromJson(const QJsonObject &object)
{
    const toml::table table = toToml(object);
    auto flags = toml::toml_formatter::default_flags;
    // Texts of several lines are written as such, which drops a newline at the beginning of one.
    if (hasAny(table, beginsWithBreak)) {
        flags &= ~toml::format_flags::allow_multi_line_strings;
    }
    // Otherwise 0.2 is written with all of its 17 digits.
    if (!hasAny(table, needsManyDigits)) {
        flags |= toml::format_flags::relaxed_float_precision;
    }
    std::ostringstream text;
    text << toml::toml_formatter(table, flags) << '\n';
    return QByteArray::fromStdString(text.str());
}

} // namespace Lorikeet
