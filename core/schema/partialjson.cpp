// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/partialjson.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool isBlank(QChar c) { return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r'; }

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

QString shown(QChar c)
{
    return c.isPrint() && !c.isSurrogate()
        ? u"“%1”"_s.arg(c)
        : u"U+%1"_s.arg(QString::number(c.unicode(), 16).toUpper(), 4, u'0');
}

} // namespace

void PartialJson::append(QStringView piece)
{
    for (qsizetype i = 0; i < piece.size() && !m_fault; ++i) {
        const QChar c = piece.at(i);
        if (m_state == State::Text && c != u'"' && c != u'\\' && c.unicode() >= 0x20) {
            // What is between needs no look at each.
            const auto end = std::find_if(piece.begin() + i, piece.end(), [](QChar other) {
                return other == u'"' || other == u'\\' || other.unicode() < 0x20;
            });
            const qsizetype length = end - piece.begin() - i;
            text() += piece.sliced(i, length);
            m_offset += length;
            i += length - 1;
            if (m_offset > mostCharacters) {
                fail(u"the text is too long to be read"_s);
            }
            continue;
        }
        take(c);
        if (m_fault) {
            return;
        }
        ++m_offset;
        if (c == u'\n') {
            ++m_line;
            m_lineStart = m_offset;
        }
        if (m_offset > mostCharacters) {
            fail(u"the text is too long to be read"_s);
        }
    }
}

void PartialJson::finish()
{
    if (m_fault) {
        return;
    }
    if (m_state == State::Number) {
        if (m_digits == Digits::Minus || m_digits == Digits::Point || m_digits == Digits::Exponent
            || m_digits == Digits::Sign) {
            fail(u"the text ends within a number"_s);
            return;
        }
        endNumber();
    }
    if (m_state == State::End) {
        return;
    }
    if (!m_hasRoot) {
        fail(u"there is nothing"_s);
    } else if (m_state == State::Text || m_state == State::Escape || m_state == State::Unicode) {
        fail(u"the text ends within a string"_s);
    } else if (m_state == State::Word) {
        fail(u"the text ends within true, false or null"_s);
    } else {
        fail(u"the text ends before %1 %2 is closed"_s.arg(
            m_levels.back().node->is(JsonNode::Kind::Array) ? u"the list"_s : u"the object"_s,
            m_levels.size() == 1 ? u"that began it all"_s : u"that was begun last"_s));
    }
}

void PartialJson::take(QChar c)
{
    switch (m_state) {
    case State::Text:
        if (c == u'"') {
            endText();
        } else if (c == u'\\') {
            m_state = State::Escape;
        } else {
            fail(u"%1 must be written as an escape within a string"_s.arg(
                c == u'\n' ? u"a line's end"_s : shown(c)));
        }
        return;
    case State::Escape:
        takeEscape(c);
        return;
    case State::Unicode:
        takeUnicode(c);
        return;
    case State::Word:
        takeWord(c);
        return;
    case State::Number:
        if (takeDigit(c)) {
            return;
        }
        if (m_fault) {
            return;
        }
        endNumber();
        break;
    default:
        break;
    }
    if (isBlank(c)) {
        return;
    }
    switch (m_state) {
    case State::FirstItem:
        if (c == u']') {
            pop();
            return;
        }
        [[fallthrough]];
    case State::Value:
        takeValue(c);
        return;
    case State::FirstKey:
        if (c == u'}') {
            pop();
            return;
        }
        [[fallthrough]];
    case State::Key:
        if (c == u'"') {
            beginText(true);
        } else {
            unexpected(c, u"a key in quotes"_s);
        }
        return;
    case State::Colon:
        if (c == u':') {
            m_state = State::Value;
        } else {
            unexpected(c, u"a colon"_s);
        }
        return;
    case State::AfterValue:
        takeAfterValue(c);
        return;
    default:
        fail(u"the value has ended, and %1 comes after it"_s.arg(shown(c)));
    }
}

void PartialJson::takeValue(QChar c)
{
    switch (c.unicode()) {
    case u'{':
        push(JsonNode::Kind::Object);
        return;
    case u'[':
        push(JsonNode::Kind::Array);
        return;
    case u'"':
        beginText(false);
        return;
    case u't':
    case u'f': {
        JsonNode *node = begin(JsonNode::Kind::Boolean);
        node->boolean = c == u't';
        m_word = node->boolean ? "rue"_L1 : "alse"_L1;
        m_state = State::Word;
        return;
    }
    case u'n':
        begin(JsonNode::Kind::Null);
        m_word = "ull"_L1;
        m_state = State::Word;
        return;
    default:
        break;
    }
    if (c != u'-' && !isDigit(c)) {
        unexpected(c, u"a value"_s);
        return;
    }
    m_scalar = begin(JsonNode::Kind::Number);
    m_scalar->isOpen = true;
    m_scalar->text = c;
    m_digits = c == u'-' ? Digits::Minus : c == u'0' ? Digits::Zero : Digits::Whole;
    m_state = State::Number;
}

void PartialJson::takeAfterValue(QChar c)
{
    const bool isArray = m_levels.back().node->is(JsonNode::Kind::Array);
    if (c == u',') {
        m_state = isArray ? State::Value : State::Key;
    } else if (c == (isArray ? u']' : u'}')) {
        pop();
    } else {
        unexpected(c, isArray ? u"a comma or “]”"_s : u"a comma or “}”"_s);
    }
}

QString &PartialJson::text() { return m_isKey ? m_key : m_scalar->text; }

/// The node of a value that begins here.
JsonNode *PartialJson::begin(JsonNode::Kind kind)
{
    m_isKey = false;
    JsonNode *node = &m_root;
    if (m_levels.empty()) {
        m_hasRoot = true;
    } else {
        Level &level = m_levels.back();
        JsonNode &parent = *level.node;
        const qsizetype next = qsizetype(parent.items.size());
        level.at = next;
        if (parent.is(JsonNode::Kind::Object)) {
            level.at = level.members.value(m_key, next);
            if (level.at == next) {
                level.members.insert(m_key, next);
                parent.keys.append(m_key);
            }
        }
        if (level.at == next) {
            parent.items.emplace_back();
        } else {
            noteDuplicate();
            parent.items[size_t(level.at)] = JsonNode();
        }
        node = &parent.items[size_t(level.at)];
    }
    node->kind = kind;
    return node;
}

void PartialJson::noteDuplicate()
{
    if (m_duplicates.size() == mostDuplicates) {
        return;
    }
    QString pointer;
    for (const Level &level : m_levels) {
        pointer += u'/'
            + (level.node->is(JsonNode::Kind::Object) ? pointerPart(level.node->keys.at(level.at))
                                                      : QString::number(level.at));
    }
    m_duplicates.append(pointer);
}

void PartialJson::push(JsonNode::Kind kind)
{
    if (qsizetype(m_levels.size()) == mostDepth) {
        fail(u"it is nested deeper than %1 levels"_s.arg(mostDepth));
        return;
    }
    JsonNode *node = begin(kind);
    node->isOpen = true;
    m_levels.push_back({.node = node});
    m_state = kind == JsonNode::Kind::Array ? State::FirstItem : State::FirstKey;
}

void PartialJson::pop()
{
    m_levels.back().node->isOpen = false;
    m_levels.pop_back();
    endValue();
}

void PartialJson::endValue() { m_state = m_levels.empty() ? State::End : State::AfterValue; }

void PartialJson::fail(const QString &message)
{
    m_fault = JsonFault{.offset = m_offset,
        .line = m_line,
        .column = int(m_offset - m_lineStart) + 1,
        .message = message};
}

void PartialJson::unexpected(QChar c, const QString &awaited)
{
    fail(u"%1 is expected, not %2"_s.arg(awaited, shown(c)));
}

Result<JsonNode> parseJson(QStringView text)
{
    PartialJson parser;
    parser.append(text);
    parser.finish();
    if (const auto &fault = parser.fault()) {
        return Lorikeet::fail(ApiError::Kind::Protocol,
            u"Line %1, column %2: %3."_s.arg(fault->line).arg(fault->column).arg(fault->message));
    }
    return *parser.root();
}

Result<JsonNode> parseJson(const QByteArray &utf8)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(utf8);
    if (decoder.hasError()) {
        return fail(ApiError::Kind::Protocol, u"It is no UTF-8, which JSON must be."_s);
    }
    return parseJson(QStringView(text));
}

} // namespace Lorikeet
