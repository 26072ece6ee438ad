// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QString>

namespace Lorikeet {

/// The link reference definitions of an answer ("[label]: address"), by label. Blocks are parsed
/// one by one, and each is given those it speaks of.
class LinkDefinitions final
{
public:
    /// Takes the definitions of a paragraph that begins with some. The first of a label counts.
    void collect(QStringView paragraph);

    /// The definitions whose labels stand in `markdown`, as Markdown.
    [[nodiscard]] QString neededBy(QStringView markdown) const;

    [[nodiscard]] bool isEmpty() const { return m_sources.isEmpty(); }

private:
    QHash<QString, QString> m_sources;
};

} // namespace Lorikeet
