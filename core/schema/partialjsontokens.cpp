// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Texts, numbers and words, character by character.

#include "schema/partialjson.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

} // namespace

/// False where the number ended before `c`, or must not be like that.
bool PartialJson::takeDigit(QChar c)
{
    const auto next = [this, c](Digits digits) {
        m_digits = digits;
        m_scalar->text += c;
        return true;
    };
    const bool isExponent = c == u'e' || c == u'E';
    switch (m_digits) {
    case Digits::Minus:
        if (isDigit(c)) {
            return next(c == u'0' ? Digits::Zero : Digits::Whole);
        }
        break;
    case Digits::Zero:
        if (isDigit(c)) {
            fail(u"a number must not begin with a 0 that means nothing"_s);
            return false;
        }
        [[fallthrough]];
    case Digits::Whole:
        if (isDigit(c)) {
            return next(Digits::Whole);
        }
        if (c == u'.') {
            return next(Digits::Point);
        }
        return isExponent && next(Digits::Exponent);
    case Digits::Fraction:
        if (isDigit(c)) {
            return next(Digits::Fraction);
        }
        return isExponent && next(Digits::Exponent);
    case Digits::Point:
        if (isDigit(c)) {
            return next(Digits::Fraction);
        }
        break;
    case Digits::Exponent:
        if (c == u'+' || c == u'-') {
            return next(Digits::Sign);
        }
        [[fallthrough]];
    case Digits::Sign:
        if (isDigit(c)) {
            return next(Digits::Power);
        }
        break;
    case Digits::Power:
        return isDigit(c) && next(Digits::Power);
    }
    unexpected(c, u"a digit"_s);
    return false;
}

void PartialJson::endNumber()
{
    JsonNode &node = *m_scalar;
    m_scalar = nullptr;
    node.isOpen = false;
    bool fits = false;
    const qint64 integer = node.text.toLongLong(&fits);
    if (fits) {
        node.integer = integer;
        node.number = double(integer);
    } else {
        node.number = node.text.toDouble();
        // 1.0 and 1e2 are whole too, where a double still knows each of them.
        if (std::abs(node.number) < 9e15 && double(qint64(node.number)) == node.number) {
            node.integer = qint64(node.number);
        }
    }
    endValue();
}

void PartialJson::takeWord(QChar c)
{
    if (c != m_word.front()) {
        unexpected(c, u"true, false or null"_s);
        return;
    }
    m_word = m_word.sliced(1);
    if (m_word.isEmpty()) {
        endValue();
    }
}

void PartialJson::takeEscape(QChar c)
{
    m_state = State::Text;
    switch (c.unicode()) {
    case u'"':
    case u'\\':
    case u'/':
        text() += c;
        return;
    case u'b':
        text() += u'\b';
        return;
    case u'f':
        text() += u'\f';
        return;
    case u'n':
        text() += u'\n';
        return;
    case u'r':
        text() += u'\r';
        return;
    case u't':
        text() += u'\t';
        return;
    case u'u':
        m_state = State::Unicode;
        m_hexLeft = 4;
        m_hex = 0;
        return;
    default:
        fail(u"there is no escape “\\%1”"_s.arg(c));
    }
}

void PartialJson::takeUnicode(QChar c)
{
    const char16_t u = c.unicode();
    const bool isLetter = (u >= u'a' && u <= u'f') || (u >= u'A' && u <= u'F');
    if (!isDigit(c) && !isLetter) {
        unexpected(c, u"four hexadecimal digits behind “\\u”"_s);
        return;
    }
    const int value = isDigit(c) ? u - u'0' : (u | 0x20) - u'a' + 10;
    m_hex = char16_t(m_hex << 4 | value);
    if (--m_hexLeft == 0) {
        text() += QChar(m_hex);
        m_state = State::Text;
    }
}

void PartialJson::beginText(bool isKey)
{
    m_isKey = isKey;
    if (isKey) {
        m_key.clear();
    } else {
        m_scalar = begin(JsonNode::Kind::String);
        m_scalar->isOpen = true;
    }
    m_state = State::Text;
}

void PartialJson::endText()
{
    if (m_isKey) {
        m_state = State::Colon;
        return;
    }
    m_scalar->isOpen = false;
    m_scalar = nullptr;
    endValue();
}

} // namespace Lorikeet
