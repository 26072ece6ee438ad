// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

class QDebug;

namespace Lorikeet {

/// A key or token in memory. It never prints itself: the only way to the text is reveal(), so a
/// search for that word finds every place where a secret leaves this type.
class Secret final
{
public:
    Secret() = default;

    explicit Secret(QString text)
        : m_text(std::move(text))
    { }

    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }

    [[nodiscard]] const QString &reveal() const { return m_text; }

    friend bool operator==(const Secret &, const Secret &) = default;

private:
    QString m_text;
};

QDebug operator<<(QDebug debug, const Secret &secret);

} // namespace Lorikeet
