// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtTypes>

#include <vector>

namespace Lorikeet {

/// The heights of all rows of a timeline, in a Fenwick tree: a row's position and the row at a
/// position take logarithmic time however long the session is.
class HeightIndex final
{
public:
    [[nodiscard]] int size() const { return int(m_heights.size()); }

    [[nodiscard]] qreal height(int row) const { return m_heights[std::size_t(row)].height; }

    /// The height was measured or laid out, not guessed.
    [[nodiscard]] bool isExact(int row) const { return m_heights[std::size_t(row)].exact; }

    void set(int row, qreal height, bool exact);

    /// The row's text changed: its height is only a guess now.
    void invalidate(int row) { m_heights[std::size_t(row)].exact = false; }

    /// New rows have no height yet.
    void insert(int row, int count);
    void remove(int row, int count);
    void reset(int count);

    /// The sum of the heights before `row`, which may be size().
    [[nodiscard]] qreal top(int row) const;

    [[nodiscard]] qreal total() const { return top(size()); }

    /// The row at `y`; the last one beyond the end, -1 where there are no rows.
    [[nodiscard]] int rowAt(qreal y) const;

private:
    struct Entry
    {
        qreal height = 0;
        bool exact = false;
    };

    void build() const;

    std::vector<Entry> m_heights;
    mutable std::vector<qreal> m_tree; ///< 1-based
    mutable bool m_stale = false; ///< rows came or went since the tree was built
};

} // namespace Lorikeet
