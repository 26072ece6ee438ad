// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace Lorikeet {

/// Cuts a stream of bytes into lines, however it was cut on its way. A line that lies whole in
/// one read is handed out as a view into that read; only what crosses reads is copied. Each byte
/// is looked at once, whatever the lengths of lines and reads. A byte order mark at the very start
/// of the stream is dropped.
///
/// For each read: feed(), next() until it returns nothing, keepRest().
class LineReader final
{
public:
    enum class Ends {
        Any, ///< LF, CR or CRLF
        LineFeed, ///< LF alone
    };

    /// A line of more than `limit` bytes stops the reading.
    LineReader(Ends ends, qsizetype limit);

    /// `bytes` must stay where they are until keepRest().
    void feed(QByteArrayView bytes);
    /// The next line without its end; it stays valid until keepRest().
    [[nodiscard]] std::optional<QByteArrayView> next();
    /// Keeps the line begun for the next read. All views handed out are void after this.
    void keepRest();

    /// After keepRest(): the line begun, which had no end yet.
    [[nodiscard]] QByteArrayView rest() const { return m_kept; }

    /// A line exceeded the limit: next() returns nothing any more.
    [[nodiscard]] bool isOverLimit() const { return m_overLimit; }

private:
    void skipByteOrderMark();
    [[nodiscard]] qsizetype findEnd();

    Ends m_ends;
    qsizetype m_limit;
    QByteArrayView m_input;
    qsizetype m_position = 0;
    /// Where the next LF and CR are, at or after m_position; searched anew only once passed, or a
    /// stream of the one kind would be searched to its end for the other, line by line.
    qsizetype m_nextLineFeed = -1;
    qsizetype m_nextReturn = -1;
    QByteArray m_kept; ///< a line's beginning, from earlier reads
    bool m_joinKept = false; ///< m_kept belongs to the next line; else it was handed out
    bool m_skipLineFeed = false; ///< the last line ended in CR
    int m_markBytes = 0; ///< of a byte order mark matched so far; -1: past the start
    bool m_overLimit = false;
};

} // namespace Lorikeet
