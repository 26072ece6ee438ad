// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/httpexchange.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

QByteArray HttpReply::contentType() const
{
    return header("content-type").split(';').constFirst().trimmed().toLower();
}

ApiError withoutKey(ApiError error, const Secret &key)
{
    // Shorter ones would tear holes into any text; an empty one would fill it with stars.
    if (key.reveal().size() >= 4) {
        error.message.replace(key.reveal(), u"***"_s);
        error.serverMessage.replace(key.reveal(), u"***"_s);
        error.body.replace(key.reveal().toUtf8(), "***");
    }
    return error;
}

QString placeOf(const QUrl &url)
{
    if (url.scheme() == "unix"_L1) {
        return url.path();
    }
    const QString host = url.host();
    const int port = url.port(url.scheme() == "https"_L1 ? 443 : 80);
    return u"%1:%2"_s.arg(host.contains(u':') ? u"[%1]"_s.arg(host) : host).arg(port);
}

} // namespace Lorikeet
