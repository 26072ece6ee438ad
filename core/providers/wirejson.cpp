// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/wirejson.h"

#include <cmath>

namespace Lorikeet {

std::optional<WireJson::Element> WireJson::parse(QByteArrayView text)
{
    Element element;
    // The parser copies into a padded buffer of its own, which it keeps for the next record.
    const auto error
        = m_parser.parse(text.data(), static_cast<std::size_t>(text.size()), true).get(element);
    return error == simdjson::SUCCESS ? std::optional(element) : std::nullopt;
}

std::optional<qint64> integerMember(const WireJson::Object &object, std::string_view name)
{
    WireJson::Element element;
    if (object.at_key(name).get(element) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    if (element.is_int64()) {
        return element.get_int64().value_unsafe();
    }
    if (element.is_double()) {
        const double number = element.get_double().value_unsafe();
        if (number == std::floor(number) && std::abs(number) < 9.0e18) {
            return static_cast<qint64>(number);
        }
    }
    return std::nullopt;
}

std::optional<double> numberMember(const WireJson::Object &object, std::string_view name)
{
    double number = 0;
    // get_double() converts whole numbers too.
    return object.at_key(name).get_double().get(number) == simdjson::SUCCESS ? std::optional(number)
                                                                             : std::nullopt;
}

} // namespace Lorikeet
