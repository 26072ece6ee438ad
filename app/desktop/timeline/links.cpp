// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/links.h"

#include <QDesktopServices>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QUrl urlOf(const QString &address)
{
    QUrl url(
        address.startsWith("www."_L1, Qt::CaseInsensitive) ? u"https://"_s + address : address);
    if (url.scheme().isEmpty() && address.contains(u'@') && !address.contains(u'/')) {
        url = QUrl(u"mailto:"_s + address);
    }
    return url;
}

} // namespace

bool isSafeLink(const QString &address)
{
    const QUrl url = urlOf(address);
    const QString scheme = url.scheme();
    return url.isValid()
        && ((scheme == "mailto"_L1 && !url.path().isEmpty())
            || ((scheme == "http"_L1 || scheme == "https"_L1) && !url.host().isEmpty()));
}

bool openLink(const QString &address)
{
    return isSafeLink(address) && QDesktopServices::openUrl(urlOf(address));
}

} // namespace Lorikeet
