// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "schema/jsonnode.h"

#include <QHash>

#include <optional>
#include <vector>

namespace Lorikeet {

/// Where and why a text is no JSON.
struct JsonFault
{
    qsizetype offset = 0; ///< in UTF-16 units from the beginning of the text
    int line = 1; ///< from 1
    int column = 1; ///< from 1, in UTF-16 units
    QString message; ///< a clause without place or full stop: "a value is expected, not “}”"

    friend bool operator==(const JsonFault &, const JsonFault &) = default;
};

/// Reads JSON that comes in pieces, cut anywhere, in time linear in its length whatever the
/// pieces: the tree is there while it grows. A key is in it once its value has begun; a number is
/// its digits so far. Of members with one key the last counts, as most readers have it.
///
/// Reentrant. root() stays where it is, and changes with append() alone.
class PartialJson final
{
public:
    static constexpr qsizetype mostDepth = 256;
    static constexpr qsizetype mostDuplicates = 100; ///< that are told of
    static constexpr qsizetype mostCharacters = qsizetype(64) << 20;

    PartialJson() = default;
    // The levels point into the tree.
    PartialJson(const PartialJson &) = delete;
    PartialJson &operator=(const PartialJson &) = delete;

    /// Nothing more is read behind a fault.
    void append(QStringView piece);
    /// Nothing more comes: what is open now is a fault.
    void finish();

    /// Null before the first character of a value.
    [[nodiscard]] const JsonNode *root() const { return m_hasRoot ? &m_root : nullptr; }

    /// The value is whole (a number that is not inside another value, only after finish()).
    [[nodiscard]] bool isWhole() const { return m_hasRoot && !m_root.isOpen; }

    [[nodiscard]] const std::optional<JsonFault> &fault() const { return m_fault; }

    /// JSON Pointers of members that came again.
    [[nodiscard]] const QStringList &duplicates() const { return m_duplicates; }

private:
    enum class State {
        Value,
        FirstItem,
        FirstKey,
        Key,
        Colon,
        AfterValue,
        Text,
        Escape,
        Unicode,
        Number,
        Word,
        End,
    };
    enum class Digits { Minus, Zero, Whole, Point, Fraction, Exponent, Sign, Power };

    struct Level
    {
        JsonNode *node = nullptr;
        QHash<QString, qsizetype> members; ///< where each key is
        qsizetype at = 0; ///< the member or item that is being read
    };

    void take(QChar c);
    void takeValue(QChar c);
    void takeEscape(QChar c);
    void takeUnicode(QChar c);
    void takeWord(QChar c);
    [[nodiscard]] bool takeDigit(QChar c);
    void takeAfterValue(QChar c);
    void beginText(bool isKey);
    void endText();
    [[nodiscard]] QString &text();
    void noteDuplicate();
    JsonNode *begin(JsonNode::Kind kind);
    void push(JsonNode::Kind kind);
    void pop();
    void endValue();
    void endNumber();
    void fail(const QString &message);
    void unexpected(QChar c, const QString &awaited);

    JsonNode m_root;
    bool m_hasRoot = false;
    State m_state = State::Value;
    std::vector<Level> m_levels;
    JsonNode *m_scalar = nullptr; ///< the text or number that is being read
    bool m_isKey = false; ///< the text is a key
    QString m_key;
    Digits m_digits = Digits::Minus;
    QLatin1StringView m_word; ///< what is left of true, false or null
    int m_hexLeft = 0;
    char16_t m_hex = 0;
    qsizetype m_offset = 0;
    int m_line = 1;
    qsizetype m_lineStart = 0;
    std::optional<JsonFault> m_fault;
    QStringList m_duplicates;
};

/// A whole text. The error names line and column.
[[nodiscard]] Result<JsonNode> parseJson(QStringView text);
/// Of bytes, which must be UTF-8; a byte order mark before them is none of theirs.
[[nodiscard]] Result<JsonNode> parseJson(const QByteArray &utf8);

} // namespace Lorikeet
