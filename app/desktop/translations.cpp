// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "translations.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace Lorikeet {

void installTranslations(QCoreApplication &application)
{
    auto *translator = new QTranslator(&application);
    if (translator->load(QLocale(), u"lorikeet"_s, u"_"_s, u":/i18n"_s)
        || translator->load(u":/i18n/lorikeet_en.qm"_s)) {
        QCoreApplication::installTranslator(translator);
    }
}

} // namespace Lorikeet
