// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

namespace Lorikeet {

/// Walks the start of one line in columns, with CommonMark's tab stops of four. A tab may be
/// consumed in part: the rest then counts as spaces.
class LineCursor final
{
public:
    explicit LineCursor(QStringView line)
        : m_line(line)
    { }

    /// Columns of white space from here to the next character that is none.
    [[nodiscard]] int indent() const
    {
        int column = m_column + m_tabRest;
        for (qsizetype i = m_position; i < m_line.size(); ++i) {
            if (m_line[i] == u' ') {
                ++column;
            } else if (m_line[i] == u'\t') {
                column += 4 - column % 4;
            } else {
                break;
            }
        }
        return column - m_column;
    }

    /// Passes at most `columns` of white space.
    void skipSpace(int columns)
    {
        while (columns > 0) {
            if (m_tabRest > 0) {
                const int step = std::min(columns, m_tabRest);
                m_tabRest -= step;
                m_column += step;
                columns -= step;
            } else if (m_position < m_line.size() && m_line[m_position] == u' ') {
                ++m_position;
                ++m_column;
                --columns;
            } else if (m_position < m_line.size() && m_line[m_position] == u'\t') {
                m_tabRest = 4 - m_column % 4;
                ++m_position;
            } else {
                return;
            }
        }
    }

    void skip(qsizetype characters)
    {
        m_position += characters;
        m_column += int(characters);
    }

    /// What follows the white space.
    [[nodiscard]] QStringView content() const
    {
        qsizetype i = m_position;
        while (i < m_line.size() && (m_line[i] == u' ' || m_line[i] == u'\t')) {
            ++i;
        }
        return m_line.sliced(i);
    }

    [[nodiscard]] bool blank() const { return content().isEmpty(); }

private:
    QStringView m_line;
    qsizetype m_position = 0;
    int m_column = 0;
    int m_tabRest = 0;
};

} // namespace Lorikeet
