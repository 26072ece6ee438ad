// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/errorsentence.h"

#include <algorithm>
#include <initializer_list>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Who, and with which status, for all the sentences of one error.
struct Where
{
    QString host; ///< with the port; "The server" where that is not known
    QString told; ///< " (HTTP 429)", or empty within a stream
    QString path;
    int status = 0;
};

bool namesModel(const ErrorBody &error)
{
    return error.code == u"model_not_found"_s || error.code == u"DeploymentNotFound"_s
        || error.param == u"model"_s || error.type == u"invalid_model"_s
        || error.message.contains(u"model"_s, Qt::CaseInsensitive)
        || error.message.contains(u"adapter"_s, Qt::CaseInsensitive);
}

QString unauthorized(const Where &where)
{
    return where.status == 403
        ? u"%1 does not allow this%2: the key is known but lacks the permission."_s.arg(
              where.host, where.told)
        : u"%1 did not accept the key%2: check the endpoint's API key."_s.arg(
              where.host, where.told);
}

QString notFound(const Where &where, const ErrorBody &error)
{
    if (where.status == 405) {
        return u"%1 does not answer this kind of request at %2%3: check the endpoint's address and "
               "dialect."_s.arg(where.host, where.path, where.told);
    }
    if (where.status == 0 || namesModel(error)) {
        return u"%1 does not know the model or adapter that was asked for%2: choose one it "
               "serves."_s.arg(where.host, where.told);
    }
    return u"%1 has nothing at %2%3: check the endpoint's address; the /v1 may be missing, or one "
           "too many."_s.arg(where.host, where.path, where.told);
}

QString tooLarge(const Where &where)
{
    return where.status == 413
        ? u"The request is larger than %1 accepts%2: send less text."_s.arg(where.host, where.told)
        : u"The conversation does not fit into the model's context%1: shorten it, or ask for fewer "
          "new tokens."_s.arg(where.told);
}

QString rateLimited(const Where &where, const ErrorBody &error)
{
    if (error.code == u"insufficient_quota"_s || error.type == u"insufficient_quota"_s) {
        return u"The account behind this key has no quota left%1: waiting does not help, check its "
               "plan and billing."_s.arg(where.told);
    }
    return error.type == u"overloaded"_s
        ? u"%1 has as many requests as it takes%2: try again in a moment."_s.arg(
              where.host, where.told)
        : u"%1 limits how often it may be asked%2: wait and try again."_s.arg(
              where.host, where.told);
}

QString unavailable(const Where &where, const ErrorBody &error)
{
    if (error.message.contains(u"loading model"_s, Qt::CaseInsensitive)) {
        return u"%1 is still loading the model%2: try again in a moment."_s.arg(
            where.host, where.told);
    }
    if (error.type == u"generation"_s) { // LoRAX and TGI, for whatever their engine raises
        return u"%1 could not generate%2: often an adapter that is missing, does not fit the base "
               "model or is too big."_s.arg(where.host, where.told);
    }
    return u"%1 is not ready to answer%2: it may be starting, overloaded or down."_s.arg(
        where.host, where.told);
}

QString badRequest(const Where &where, const ErrorBody &error)
{
    if (where.status == 402) {
        return u"%1 asks for payment%2: the account has no credit left."_s.arg(
            where.host, where.told);
    }
    if (!error.param.isEmpty()) {
        return u"%1 refused the request%2 because of “%3”: change or reset it."_s.arg(
            where.host, where.told, error.param);
    }
    return error.message.isEmpty()
        ? u"%1 refused the request%2 and did not say why: check the parameters."_s.arg(
              where.host, where.told)
        : u"%1 refused the request%2: its own words say what to change."_s.arg(
              where.host, where.told);
}

} // namespace

bool holdsCredentials(const Headers &headers)
{
    return std::ranges::any_of(std::initializer_list<QByteArrayView>{"Authorization", "api-key",
                                   "x-api-key", "x-goog-api-key", "Cookie"},
        [&headers](QByteArrayView name) { return !headerValue(headers, name).isEmpty(); });
}

QString missingKeySentence(const QString &who, int status)
{
    const QString told = status > 0 ? u" (HTTP %1)"_s.arg(status) : QString();
    return status == 403
        ? u"%1 does not allow this%2, and no key was sent: enter the endpoint's API key, if it "
          "wants one."_s.arg(who, told)
        : u"%1 wants a key, and none was sent%2: enter the endpoint's API key."_s.arg(who, told);
}

QString errorSentence(ApiError::Kind kind, const ErrorBody &error, int status, const QUrl &url)
{
    Where where{.host = url.host(),
        .told = status > 0 ? u" (HTTP %1)"_s.arg(status) : QString(),
        .path = url.path().isEmpty() ? u"/"_s : url.path(),
        .status = status};
    if (where.host.isEmpty()) {
        where.host = u"The server"_s;
    } else if (url.port() > 0) {
        where.host += u':' + QString::number(url.port());
    }
    switch (kind) {
    case ApiError::Kind::Unauthorized:
        return unauthorized(where);
    case ApiError::Kind::NotFound:
        return notFound(where, error);
    case ApiError::Kind::TooLarge:
        return tooLarge(where);
    case ApiError::Kind::RateLimited:
        return rateLimited(where, error);
    case ApiError::Kind::Unavailable:
        return unavailable(where, error);
    case ApiError::Kind::BadRequest:
        return badRequest(where, error);
    case ApiError::Kind::ContentFilter:
        return u"The server's content filter blocked this%1: rephrase it."_s.arg(where.told);
    case ApiError::Kind::Redirected:
        return u"%1 points to another address%2, which was not followed: enter the address it "
               "names."_s.arg(where.host, where.told);
    default:
        return status > 0
            ? u"%1 failed%2: try again, or look into its log."_s.arg(where.host, where.told)
            : u"The server failed in the middle of its answer: try again, or look into its log."_s;
    }
}

} // namespace Lorikeet
