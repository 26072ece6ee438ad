// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QRegularExpression>
#include <QString>

namespace Lorikeet {

/// A regular expression as schemas have it (ECMA-262, with Unicode), whose search ends in bounded
/// time on any text. All const functions may be called from any thread.
class SchemaPattern final
{
public:
    enum class Match {
        Yes,
        No,
        TooMuch, ///< the search took too many steps and was given up
    };

    [[nodiscard]] static Result<SchemaPattern> from(const QString &pattern);

    [[nodiscard]] const QString &text() const { return m_text; }

    /// Whether it is found anywhere in `text`.
    [[nodiscard]] Match search(const QString &text) const;
    /// Whether `beginning`, followed by whatever, can still have it. No is certain, Yes is not.
    [[nodiscard]] Match mayStillMatch(const QString &beginning) const;

private:
    QString m_text;
    QRegularExpression m_expression;
    bool m_isAnchored = false; ///< can match at the beginning alone
};

} // namespace Lorikeet
