// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/probefailure.h"

#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/errorsentence.h"
#include "providers/serverevidence.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

ApiError connectionFailure(ApiError error, const QUrl &base, Milliseconds waited)
{
    if (base.scheme() == u"https"_s && error.kind == ApiError::Kind::TotalTimeout) {
        error.message = u"%1 did not answer over https within %2 s: if it speaks plain http, "
                        "begin the address with http://."_s.arg(placeOf(base))
                            .arg(toSeconds(waited));
    }
    return error;
}

QString missingKey(const QString &who, const QUrl &base, int status)
{
    return missingKeySentence(u"%1 at %2"_s.arg(who, placeOf(base)), status);
}

ApiError keyFailure(
    const QList<HttpReply> &replies, const QUrl &base, const QString &server, bool keyWasSent)
{
    const HttpReply *refusal = keyRefusal(replies, modelsUrl(base));
    ApiError error = refusal ? errorFromReply(*refusal) : ApiError();
    if (!keyWasSent) {
        error.message
            = missingKey(server.isEmpty() ? u"The server"_s : server, base, error.httpStatus);
    }
    return error;
}

ApiError noServerFailure(const Result<HttpReply> &models, const QUrl &base)
{
    if (!models) {
        return models.error();
    }
    if (models->status >= 300 && models->status != 404 && models->status != 405) {
        return errorFromReply(*models);
    }
    const QString place = placeOf(base);
    if (models->status == 200 && !readErrorBody(models->body)) {
        return protocolError(
            u"%1 answers, but not as a model server does (%2 at %3): check the address."_s.arg(
                place,
                models->contentType().isEmpty() ? u"something else"_s
                                                : QString::fromLatin1(models->contentType()),
                models->url.path()),
            models->body);
    }
    ApiError error = errorFromReply(*models);
    error.kind = ApiError::Kind::NotFound;
    error.message = u"%1 answers, but has no models at %2 and is no server that Lorikeet knows: "
                    "check the address."_s.arg(place, models->url.path());
    return error;
}

} // namespace Lorikeet
