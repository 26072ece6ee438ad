// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/heightindex.h"

#include <algorithm>
#include <bit>

namespace Lorikeet {

void HeightIndex::set(int row, qreal height, bool exact)
{
    Entry &entry = m_heights[std::size_t(row)];
    const qreal difference = height - entry.height;
    entry = {.height = height, .exact = exact};
    if (difference == 0 || m_stale) {
        return;
    }
    for (auto i = std::size_t(row) + 1; i < m_tree.size(); i += i & (~i + 1)) {
        m_tree[i] += difference;
    }
}

void HeightIndex::insert(int row, int count)
{
    m_heights.insert(m_heights.begin() + row, std::size_t(count), Entry{});
    m_stale = true;
}

void HeightIndex::remove(int row, int count)
{
    m_heights.erase(m_heights.begin() + row, m_heights.begin() + row + count);
    m_stale = true;
}

void HeightIndex::reset(int count)
{
    m_heights.assign(std::size_t(count), Entry{});
    m_stale = true;
}

void HeightIndex::build() const
{
    m_tree.assign(m_heights.size() + 1, 0);
    for (std::size_t i = 1; i < m_tree.size(); ++i) {
        m_tree[i] += m_heights[i - 1].height;
        const std::size_t parent = i + (i & (~i + 1));
        if (parent < m_tree.size()) {
            m_tree[parent] += m_tree[i];
        }
    }
    m_stale = false;
}

qreal HeightIndex::top(int row) const
{
    if (m_stale) {
        build();
    }
    qreal sum = 0;
    for (auto i = std::size_t(row); i > 0; i &= i - 1) {
        sum += m_tree[i];
    }
    return sum;
}

int HeightIndex::rowAt(qreal y) const
{
    if (m_heights.empty()) {
        return -1;
    }
    if (m_stale) {
        build();
    }
    std::size_t row = 0;
    for (std::size_t step = std::bit_floor(m_heights.size()); step > 0; step /= 2) {
        if (row + step < m_tree.size() && m_tree[row + step] <= y) {
            row += step;
            y -= m_tree[row];
        }
    }
    return int(std::min(row, m_heights.size() - 1));
}

} // namespace Lorikeet
