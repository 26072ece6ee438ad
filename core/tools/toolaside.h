// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace Lorikeet {

/// Collects what a command writes on stderr, of much its end.
class ToolAside final
{
public:
    void append(const QByteArray &bytes);

    [[nodiscard]] bool isCut() const { return m_isCut; }

    /// As text to be read: without colours and what else is meant for a terminal; of a line that
    /// was written over, as bars of progress are, what stood there last. Begins with a whole line
    /// where it was cut, and ends without an empty one.
    [[nodiscard]] QString text() const;

private:
    QByteArray m_bytes;
    bool m_isCut = false;
};

} // namespace Lorikeet
