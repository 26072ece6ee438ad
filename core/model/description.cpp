// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/description.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

QString toWord(AdapterStyle style)
{
    switch (style) {
    case AdapterStyle::None:
        return u"none"_s;
    case AdapterStyle::Listed:
        return u"listed"_s;
    case AdapterStyle::FreeText:
        return u"free_text"_s;
    case AdapterStyle::Scales:
        return u"scales"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace Lorikeet
