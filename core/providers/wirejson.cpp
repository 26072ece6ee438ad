// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/wirejson.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace Lorikeet {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// The code unit of the \\uXXXX that begins at `at`; -1 if there is none.
int escapedUnit(QByteArrayView text, qsizetype at)
{
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') {
        return -1;
    }
    bool ok = false;
    const int unit = text.sliced(at + 2, 4).toInt(&ok, 16);
    return ok ? unit : -1;
}

/// Copies the text from `at` (behind its opening quote) to its closing quote, with U+FFFD for
/// halves of surrogate pairs. Returns the place behind it.
qsizetype copyText(QByteArrayView text, qsizetype at, QByteArray &out)
{
    while (at < text.size() && text[at] != '"') {
        const int unit = escapedUnit(text, at);
        if (unit >= 0xd800 && unit < 0xe000) {
            const int next = escapedUnit(text, at + 6);
            const bool isPair = unit < 0xdc00 && next >= 0xdc00 && next < 0xe000;
            out += isPair ? text.sliced(at, 12) : QByteArrayView("\\ufffd");
            at += isPair ? 12 : 6;
            continue;
        }
        const qsizetype size = text[at] == '\\' && at + 1 < text.size() ? 2 : 1;
        out += text.sliced(at, size);
        at += size;
    }
    return at;
}

/// Copies a number or word that begins at `at`: NaN and the infinities as null, a whole number
/// beyond 64 bits with a fraction, so that it may lose digits.
qsizetype copyWord(QByteArrayView text, qsizetype at, QByteArray &out)
{
    qsizetype end = at;
    while (end < text.size() && !QByteArrayView(" \t\r\n,:]}[{\"").contains(text[end])) {
        ++end;
    }
    const QByteArrayView word = text.sliced(at, end - at);
    const QByteArrayView plain = word.startsWith('-') ? word.sliced(1) : word;
    const bool isWhole = !plain.isEmpty() && std::all_of(plain.begin(), plain.end(), isDigit);
    bool fits = true;
    if (isWhole && plain.size() == word.size()) {
        std::ignore = word.toULongLong(&fits);
    } else if (isWhole) {
        std::ignore = word.toLongLong(&fits);
    }
    out += plain == "NaN" || plain == "Infinity" ? QByteArrayView("null") : word;
    if (!fits) {
        out += ".0";
    }
    return end;
}

/// The same JSON without what Python and JavaScript servers let slip into it.
QByteArray repaired(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size() + 16);
    for (qsizetype at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"') {
            out += c;
            at = copyText(text, at + 1, out);
            if (at < text.size()) {
                out += text[at++];
            }
        } else if (isDigit(c) || c == '-' || c == 'N' || c == 'I') {
            at = copyWord(text, at, out);
        } else {
            out += c;
            ++at;
        }
    }
    return out;
}

} // namespace

std::optional<WireJson::Element> WireJson::parse(QByteArrayView text)
{
    Element element;
    // The parser copies into a padded buffer of its own, which it keeps for the next record.
    const auto error
        = m_parser.parse(text.data(), static_cast<std::size_t>(text.size()), true).get(element);
    if (error == simdjson::SUCCESS) {
        return element;
    }
    const QByteArray better = repaired(text);
    return m_parser.parse(better.data(), static_cast<std::size_t>(better.size()), true).get(element)
            == simdjson::SUCCESS
        ? std::optional(element)
        : std::nullopt;
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

std::optional<qint64> countMember(const WireJson::Object &object, std::string_view name)
{
    const std::optional<qint64> count = integerMember(object, name);
    return count && *count >= 0 && *count < (qint64(1) << 62) ? count : std::nullopt;
}

std::optional<double> numberMember(const WireJson::Object &object, std::string_view name)
{
    double number = 0;
    // get_double() converts whole numbers too.
    return object.at_key(name).get_double().get(number) == simdjson::SUCCESS ? std::optional(number)
                                                                             : std::nullopt;
}

} // namespace Lorikeet
