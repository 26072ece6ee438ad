// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

#include <simdjson.h>

#include <optional>
#include <string_view>

namespace Lorikeet {

/// Reads the JSON of answers. simdjson's tree rather than QJsonDocument because this is done for
/// each token; a tenth of its cost. Elements stay valid until the next parse(). Members may be
/// missing, null or of another type than documented: each reader below says "nothing" then.
class WireJson final
{
public:
    using Element = simdjson::dom::element;
    using Array = simdjson::dom::array;
    using Object = simdjson::dom::object;

    /// Nothing if this is no JSON. What real servers write that strictly is none (NaN, a half
    /// surrogate pair, integers beyond 64 bits) is read all the same.
    [[nodiscard]] std::optional<Element> parse(QByteArrayView text);

private:
    simdjson::dom::parser m_parser;
};

[[nodiscard]] inline std::optional<WireJson::Element> member(
    const WireJson::Object &object, std::string_view name)
{
    WireJson::Element element;
    return object.at_key(name).get(element) == simdjson::SUCCESS && !element.is_null()
        ? std::optional(element)
        : std::nullopt;
}

/// The element as T; nothing if it is of another type.
template<typename T>
[[nodiscard]] std::optional<T> optionalOf(const WireJson::Element &element)
{
    T result;
    return element.get<T>().get(result) == simdjson::SUCCESS ? std::optional(result) : std::nullopt;
}

[[nodiscard]] inline std::optional<WireJson::Object> objectMember(
    const WireJson::Object &object, std::string_view name)
{
    WireJson::Object result;
    return object.at_key(name).get(result) == simdjson::SUCCESS ? std::optional(result)
                                                                : std::nullopt;
}

[[nodiscard]] inline std::optional<WireJson::Array> arrayMember(
    const WireJson::Object &object, std::string_view name)
{
    WireJson::Array result;
    return object.at_key(name).get(result) == simdjson::SUCCESS ? std::optional(result)
                                                                : std::nullopt;
}

/// Calls `visit` with each object in the array; anything else in it is passed over.
template<typename Visitor>
void forEachObject(const WireJson::Array &array, Visitor visit)
{
    for (const WireJson::Element element : array) {
        WireJson::Object item;
        if (element.get_object().get(item) == simdjson::SUCCESS) {
            visit(item);
        }
    }
}

template<typename Visitor>
void forEachObject(const WireJson::Object &object, std::string_view name, Visitor visit)
{
    if (const auto array = arrayMember(object, name)) {
        forEachObject(*array, visit);
    }
}

/// A view into the parsed text.
[[nodiscard]] inline std::optional<std::string_view> textMember(
    const WireJson::Object &object, std::string_view name)
{
    std::string_view result;
    return object.at_key(name).get(result) == simdjson::SUCCESS ? std::optional(result)
                                                                : std::nullopt;
}

[[nodiscard]] inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

[[nodiscard]] inline QString stringMember(const WireJson::Object &object, std::string_view name)
{
    const auto text = textMember(object, name);
    return text ? toQString(*text) : QString();
}

/// Also takes a whole number that was written with a fraction ("3.0").
[[nodiscard]] std::optional<qint64> integerMember(
    const WireJson::Object &object, std::string_view name);
/// A number of tokens or nanoseconds: not negative, and such that two of them can be added.
[[nodiscard]] std::optional<qint64> countMember(
    const WireJson::Object &object, std::string_view name);
[[nodiscard]] std::optional<double> numberMember(
    const WireJson::Object &object, std::string_view name);

} // namespace Lorikeet
