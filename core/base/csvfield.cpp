// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/csvfield.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

QString csvField(const QString &text)
{
    static const QString formulas = u"=+-@\t\r"_s;
    QString field = text;
    bool isNumber = false;
    text.toDouble(&isNumber);
    if (!field.isEmpty() && !isNumber && formulas.contains(field.front())) {
        field.prepend(u'\'');
    }
    const bool needsQuotes = field.contains(u',') || field.contains(u'"') || field.contains(u'\n')
        || field.contains(u'\r');
    return needsQuotes ? u'"' + field.replace(u'"', u"\"\""_s) + u'"' : field;
}

} // namespace Lorikeet
