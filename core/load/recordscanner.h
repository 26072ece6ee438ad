// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <functional>

namespace Lorikeet {

/// Finds where the records of a file begin and end, of which the pieces come one after the other.
/// Looks at bytes only: what a record says is not its matter.
class RecordScanner final
{
public:
    enum class Layout {
        Lines, ///< each that is not blank
        List, ///< a JSON list: its entries
        Rows, ///< CSV: lines, but for those within quotes
    };

    /// The bytes from `begin` up to but not `end`, the first of which is in this line, from 1.
    using Found = std::function<void(qint64 begin, qint64 end, qint64 line)>;

    /// The first byte is at `from` of the file.
    RecordScanner(Layout layout, qint64 from, Found found);

    void feed(QByteArrayView piece);
    /// That was the last piece. False: it ended amid a record, or the list has no end.
    [[nodiscard]] bool end();

    /// Lines so far.
    [[nodiscard]] qint64 line() const { return m_line; }

private:
    void takeLines(QByteArrayView piece);
    void takeListByte(char c);
    void takeRowByte(char c);
    void begin();
    void finish(qint64 end);

    Layout m_layout;
    Found m_found;
    qint64 m_at; ///< of the byte that is looked at
    qint64 m_line = 1;
    qint64 m_begin = -1; ///< of the record; -1: there is none yet
    qint64 m_beginLine = 1;
    qint64 m_last = 0; ///< behind its last byte that is no blank
    int m_depth = 0; ///< of brackets; the list itself is 1
    bool m_isQuoted = false;
    bool m_isEscaped = false; ///< List: by a backslash
    bool m_isBehindQuotes = false; ///< Rows
    bool m_isFieldBegun = false; ///< Rows
    bool m_isDone = false; ///< the list ended
};

} // namespace Lorikeet
