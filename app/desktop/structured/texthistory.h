// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace Lorikeet {

/// What a text was before each of the changes that a form made of it.
class TextHistory final
{
public:
    [[nodiscard]] bool isEmpty() const { return m_before.isEmpty(); }

    /// The text is about to be changed. `what` tells changes apart that are undone at once, as
    /// letters typed into one field; empty: it is by itself.
    void add(const QString &before, const QString &what);
    /// What was last changed goes by another name from now on.
    void rename(const QString &from, const QString &to);
    /// The text before the last change, which is forgotten; there must be one.
    [[nodiscard]] QString takeLast();
    void clear();

private:
    QStringList m_before;
    QString m_what; ///< the last change
};

} // namespace Lorikeet
