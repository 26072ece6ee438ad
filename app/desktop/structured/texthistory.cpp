// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structured/texthistory.h"

#include <algorithm>

namespace Lorikeet {

namespace {

constexpr qsizetype mostUndone = 200;

} // namespace

void TextHistory::add(const QString &before, const QString &what)
{
    if (m_what != what || what.isEmpty()) {
        m_before.append(before);
        m_before.remove(0, std::max(qsizetype(0), m_before.size() - mostUndone));
    }
    m_what = what;
}

void TextHistory::rename(const QString &from, const QString &to)
{
    m_what = m_what == from ? to : m_what;
}

QString TextHistory::takeLast()
{
    m_what.clear();
    return m_before.takeLast();
}

void TextHistory::clear()
{
    m_before.clear();
    m_what.clear();
}

} // namespace Lorikeet
