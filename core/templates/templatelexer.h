// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QJsonValue>
#include <QList>
#include <QString>

namespace Lorikeet {

/// A word or sign within `{{ … }}` or `{% … %}`.
struct TemplateToken
{
    enum class Kind { Name, Literal, Sign, End };

    Kind kind = Kind::End;
    QString text; ///< of a name or sign
    QJsonValue value; ///< of a literal
    int line = 0; ///< from 1
};

/// A stretch of a template: text, or what is between braces.
struct TemplatePart
{
    enum class Kind { Text, Output, Tag };

    Kind kind = Kind::Text;
    QString text; ///< of Text, with the blanks that a neighbouring `-` takes taken
    QList<TemplateToken> tokens; ///< of the others; the last is End
    int line = 0;
};

/// What is wrong in one line: "PLACE, line 3: CLAUSE."
[[nodiscard]] Failure templateFault(const QString &place, int line, const QString &clause);

/// Takes a template apart as Jinja does by default: one newline at the end is dropped, `{# … #}` is
/// left out, `{% raw %}` is text. `place` begins the sentence of an error.
[[nodiscard]] Result<QList<TemplatePart>> templateParts(
    const QString &source, const QString &place);

} // namespace Lorikeet
